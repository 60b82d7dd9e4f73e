import DeskCore
import MailFormat
import MetaGraph

/// What a raw mail says, in the words of `contesta inspect email`. What a mail always has is null or empty where it has none.
struct MailReport {
    let classifier: MailClassifier
    /// The server whose word about the sender counts; nil for whichever wrote last.
    let trustedServer: String?

    func describe(_ bytes: [UInt8]) -> ReportObject {
        let mail = MailReader.mail(in: bytes)
        var report = ReportObject()
        header(&report, mail)
        content(&report, mail)
        judgement(&report, mail)
        var object = ReportObject()
        object.add("mail", object: report)
        return object
    }

    private func header(_ report: inout ReportObject, _ mail: Mail) {
        report.add("subject", orNull: mail.subject)
        report.add("date", orNull: mail.date?.unixSeconds)
        report.add("message_id", orNull: mail.messageID)
        report.add("in_reply_to", all: mail.inReplyTo)
        report.add("references", all: mail.references)
        report.add("from", all: mail.from.map(\.key))
        report.add("from_names", all: mail.from.map(\.name))
        report.add("to", all: mail.to.map(\.key))
        report.add("cc", all: mail.cc.map(\.key))
        report.add("reply_to", all: mail.replyTo.map(\.key))
    }

    private func content(_ report: inout ReportObject, _ mail: Mail) {
        let attachments = mail.attachments
        report.add("text", orNull: mail.text)
        report.add("has_html", mail.html != nil)
        report.add("stray_text", mail.strayText)
        report.add("html_text", mail.html.map { HTMLText.text(of: $0) })
        report.add("attachments", .array(attachments.map { attachment($0).value }))
        report.add("attachment_count", Int64(attachments.count))
        report.add("files", .array(attachments.compactMap(file)))
        report.add("damage", texts: mail.damage.map(\.rawValue).sorted())
    }

    private func attachment(_ part: MailPart) -> ReportObject {
        var report = ReportObject()
        report.add("mime", part.mediaType)
        report.add("filename", part.fileName)
        report.add("content_id", part.contentID)
        report.add("inline", part.isInline ? true : nil)
        guard !part.isMessage else { return report }
        report.add("size", Int64(part.content.count))
        report.add("sha256", Digest.of(part.content))
        return report
    }

    private func file(_ part: MailPart) -> JSONValue? {
        part.fileName.map { .array([.string($0), .number(literal: String(part.content.count))]) }
    }

    private func judgement(_ report: inout ReportObject, _ mail: Mail) {
        let judgement = classifier.judge(mail)
        let results = AuthenticationResults(mail.headers, trustedServer: trustedServer)
        report.add("class", judgement.class.rawValue)
        report.add("class_reason", judgement.reason)
        report.add("may_auto_reply", judgement.mayAutoReply)
        report.add("own_address", judgement.isFromOwnAddress ? true : nil)
        report.add("bounce", objects: judgement.recipients.map(recipient))
        report.add("original_message_id", judgement.originalMessageID)
        report.add("dmarc", results?.dmarc)
        report.add("spf", results?.spf)
        report.add("dkim", results?.dkim)
        report.add("security", SenderWarning(mail, results)?.rawValue)
        report.add("protection", MailProtection(mail)?.rawValue)
    }

    private func recipient(_ recipient: DeliveryReport.Recipient) -> ReportObject {
        var report = ReportObject()
        report.add("recipient", recipient.address)
        report.add("action", recipient.action?.rawValue)
        report.add("status", recipient.status)
        report.add("diagnostic", recipient.diagnostic)
        return report
    }
}

/// What somebody wrote now, of a quoted reply: a mail, a page of HTML or a text, by the file's name.
enum TrimmedReport {
    static func describe(_ bytes: [UInt8], file: String) -> ReportObject {
        var report = ReportObject()
        let parts = parts(of: bytes, file: file.lowercased())
        report.add("reply_text", orNull: parts.reply)
        report.add("blocks", objects: parts.blocks.map(block))
        return report
    }

    private static func parts(of bytes: [UInt8], file: String) -> ReplyText {
        if file.hasSuffix(".html") || file.hasSuffix(".htm") { return ReplyTrimmer.parts(ofHTML: MailReader.text(in: bytes)) }
        if file.hasSuffix(".txt") { return ReplyTrimmer.parts(of: MailReader.text(in: bytes)) }
        return ReplyTrimmer.parts(of: MailReader.mail(in: bytes))
    }

    private static func block(_ block: ReplyText.Block) -> ReportObject {
        var report = ReportObject()
        report.add("kind", block.kind.rawValue)
        report.add("text", block.text)
        return report
    }
}

/// What a conversation shows of a mail's HTML.
enum MailDocumentReport {
    static func describe(_ bytes: [UInt8]) -> ReportObject {
        let document = MailDocument(MailReader.mail(in: bytes))
        var report = ReportObject()
        report.add("html", orNull: document?.html)
        report.add("policy", MailDocument.policy(showsRemoteImages: false))
        report.add("blocked_images", Int64(document?.blockedImages ?? 0))
        return report
    }
}
