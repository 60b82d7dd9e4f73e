import ChannelKit
import DeskCore
import MailFormat
import MailTransport

/// A reply as the mail that leaves: the same bytes whenever it is made, so that what was handed in and what lies among the sent mails are
/// one.
struct ReplyLetter {
    private let message: OutboundMessage
    private let settings: MailboxSettings
    /// Without angle brackets.
    let messageID: String

    init(_ message: OutboundMessage, _ settings: MailboxSettings) {
        self.message = message
        self.settings = settings
        messageID = ReplyMark(settings).messageID(of: message.attempt)
    }

    /// - Throws: what `files` throws.
    func mail(files: any BlobReading) async throws -> OutgoingMail {
        var draft = draft
        for file in message.attachments {
            draft.files.append(
                MailDraft.File(name: file.fileName, mediaType: file.mediaType, bytes: try await files.bytes(of: file.blob)))
        }
        let recipients = ([message.recipient.value] + draft.cc.map(\.address)).reduce(into: [String]()) { known, address in
            if !known.contains(where: { $0.lowercased() == address.lowercased() }) { known.append(address) }
        }
        return OutgoingMail(
            sender: settings.address, recipients: recipients, bytes: MailWriter.bytes(of: draft), envelopeID: message.attempt)
    }

    private var draft: MailDraft {
        let mail = message.mail
        let name = mail?.to.first { $0.key == message.recipient.value.lowercased() }?.name ?? ""
        return MailDraft(
            from: MailAddress(name: settings.senderName, address: settings.address),
            to: [MailAddress(name: name, address: message.recipient.value)],
            cc: mail?.cc.map { MailAddress(name: $0.name, address: $0.address) } ?? [], subject: mail?.subject ?? "",
            date: message.writtenAt ?? Instant(unixSeconds: 0), messageID: messageID,
            inReplyTo: [mail?.references.last].compactMap(\.self), references: mail?.references ?? [],
            text: LetterBody.text(message.text, settings.signature, quoted), html: LetterBody.html(message.text, settings.signature, quoted)
        )
    }

    private var quoted: String { message.mail?.blocks.filter { $0.kind == .quoted }.map(\.text).joined(separator: "\n") ?? "" }
}

/// The words of a reply as text and as HTML: what was written, the signature, and what is repeated below.
enum LetterBody {
    static func text(_ written: String, _ signature: String, _ quoted: String) -> String {
        var parts = [written]
        if !signature.isEmpty { parts.append("-- \n\(signature)") }
        if !quoted.isEmpty { parts.append(quoted) }
        return parts.joined(separator: "\n\n") + "\n"
    }

    static func html(_ written: String, _ signature: String, _ quoted: String) -> String {
        var parts = ["<div>\(lines(written))</div>"]
        if !signature.isEmpty { parts.append("<div><br>-- <br>\(lines(signature))</div>") }
        if !quoted.isEmpty { parts.append(quotation(quoted)) }
        return "<!DOCTYPE html>\n<html><body>\n\(parts.joined(separator: "\n"))\n</body></html>\n"
    }

    /// The introduction stays outside, as mail programs have it.
    private static func quotation(_ quoted: String) -> String {
        let all = quoted.split(separator: "\n", omittingEmptySubsequences: false)
        let introduction = all.prefix { !$0.hasPrefix(">") }.joined(separator: "\n")
        let repeated = all.dropFirst(all.prefix { !$0.hasPrefix(">") }.count).map { $0.dropFirst($0.hasPrefix("> ") ? 2 : 1) }
        return "<div><br>\(lines(introduction))</div>\n<blockquote type=\"cite\">\(lines(repeated.joined(separator: "\n")))</blockquote>"
    }

    private static func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped($0) }.joined(separator: "<br>\n")
    }

    private static func escaped(_ text: Substring) -> String {
        String(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
