/// An error as Meta's Graph reports it: in the body of an answer (`{"error": {…}}`) or in the `errors` of a webhook.
///
/// Source: Graph API, "Handling errors"; WhatsApp Cloud API, "Error codes".
package struct GraphError: Hashable, Sendable {
    package var code: Int
    package var subcode: Int?
    /// The most telling of Meta's texts: the details, else the message, else the title. For operators.
    package var text: String
    /// Whether Meta itself says that trying again may help.
    package var isTransient: Bool

    package init(code: Int, subcode: Int? = nil, text: String = "", isTransient: Bool = false) {
        self.code = code
        self.subcode = subcode
        self.text = text
        self.isTransient = isTransient
    }

    /// The error that an answer's body reports; nil where it reports none with a code.
    package init?(answer body: JSONValue) {
        guard let error = body["error"] else { return nil }
        self.init(error)
    }

    /// An error object by itself, as webhooks list them.
    package init?(_ error: JSONValue) {
        guard let code = error["code"]?.integer.flatMap(Int.init(exactly:)) else { return nil }
        let texts = [error["error_data", "details"], error["details"], error["message"], error["title"]]
        self.init(
            code: code, subcode: error["error_subcode"]?.integer.flatMap(Int.init(exactly:)),
            text: texts.lazy.compactMap { $0?.nonEmptyText }.first ?? "", isTransient: error["is_transient"]?.bool ?? false)
    }
}
