/// A mail as it came: headers and all, as text.
package struct MailSourcePage: PageModel {
    package static let template = "pages.mail-source"

    package let subject: String
    package let text: String
    package let filePath: String
    package let conversationPath: String
    /// "Aquí se lee el comienzo: 256 kB de 3,1 MB"; nil where all of it is shown.
    package let cutWords: String?
    package var section: NavigationSection? { .queue }

    /// - Parameters:
    ///   - text: the beginning of the mail, or all of it.
    ///   - shownBytes: of the mail, how many `text` was read from.
    ///   - byteCount: of the whole mail.
    package init(
        messageID: String, conversationID: String, subject: String, text: String, shownBytes: Int, byteCount: Int, wording: Wording
    ) {
        self.subject = subject.isEmpty ? wording.text("mail.noSubject") : subject
        self.text = text
        filePath = MailPaths.file(of: messageID)
        conversationPath = "/conversations/\(conversationID)#\(MessageBubble.elementID(of: messageID))"
        let sizes = ["shown": wording.byteCount(shownBytes), "size": wording.byteCount(byteCount)]
        cutWords = shownBytes < byteCount ? wording.text("mail.sourceCut", sizes) : nil
    }
}
