import DeskCore
import MailFormat
import MailTransport

/// A notice as the mail that leaves. It says that a machine wrote it (RFC 3834, section 5), so that nobody's absence answers it. Its files
/// are no text to mail programs: what is signed must arrive byte for byte.
struct NoticeLetter {
    private let notice: PrincipalNotice
    private let settings: MailboxSettings
    /// Without angle brackets.
    let messageID: String

    init(_ notice: PrincipalNotice, _ settings: MailboxSettings) {
        self.notice = notice
        self.settings = settings
        messageID = ReplyMark(settings).messageID(ofNotice: notice.id)
    }

    var mail: OutgoingMail {
        let draft = MailDraft(
            from: MailAddress(name: settings.senderName, address: settings.address),
            to: [MailAddress(name: notice.recipientName, address: notice.recipientAddress)], subject: notice.subject,
            date: notice.writtenAt, messageID: messageID, text: notice.text,
            files: notice.files.map { MailDraft.File(name: $0.name, mediaType: "application/octet-stream", bytes: Array($0.text.utf8)) },
            marks: [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")])
        return OutgoingMail(
            sender: settings.address, recipients: [notice.recipientAddress], bytes: MailWriter.bytes(of: draft), envelopeID: notice.id)
    }
}
