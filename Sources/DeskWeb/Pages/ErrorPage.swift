/// Something went wrong: what happened, what was kept, what to do.
package struct ErrorPage: PageModel {
    package static let template = "pages.error"

    package let status: String
    package let title: String
    package let explanation: String
    /// What was kept; nil when there was nothing to lose.
    package let kept: String?
    package let actionPath: String
    package let actionLabel: String
    /// For whoever helps: finds the line in the log.
    package let requestID: String?

    /// The usual words for an HTTP status; others are told as 500 is.
    /// - Parameters:
    ///   - explanation: more exact words than the usual ones, safe for outsiders.
    ///   - kept: what was kept, in words.
    package init(
        status: Int, explanation: String? = nil, kept: String? = nil, actionPath: String = "/", requestID: String? = nil, wording: Wording
    ) {
        let kind = [400, 403, 404, 409, 413, 429, 503].contains(status) ? status : 500
        self.status = String(status)
        title = wording.text("error.\(kind).title")
        self.explanation = explanation ?? wording.text("error.\(kind).text")
        self.kept = kept ?? (kind >= 500 ? wording.text("error.kept") : nil)
        self.actionPath = actionPath
        actionLabel = wording.text(actionPath == "/" ? "error.toQueue" : "error.goBack")
        self.requestID = requestID
    }
}
