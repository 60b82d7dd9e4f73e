import DeskCore

/// Makes a mail's bytes (RFC 5322 and MIME): lines end with CR LF and are short, everything is ASCII, so that every server takes it.
package enum MailWriter {
    package static func bytes(of draft: MailDraft) -> [UInt8] {
        let body = body(of: draft)
        var fields = headers(of: draft)
        fields.append("MIME-Version: 1.0")
        return Array((fields + body.fields).joined(separator: "\r\n").utf8) + lineEnd + lineEnd + body.content
    }

    private static let lineEnd: [UInt8] = [0x0D, 0x0A]

    private static func headers(of draft: MailDraft) -> [String] {
        var fields = [
            HeaderWriter.field("Date", words: [MailDateWriter.text(of: draft.date)]),
            HeaderWriter.field("From", words: [HeaderWriter.address(draft.from)]),
        ]
        if !draft.to.isEmpty { fields.append(HeaderWriter.field("To", words: HeaderWriter.list(draft.to))) }
        if !draft.cc.isEmpty { fields.append(HeaderWriter.field("Cc", words: HeaderWriter.list(draft.cc))) }
        fields.append(HeaderWriter.field("Subject", text: draft.subject))
        fields.append(HeaderWriter.field("Message-ID", words: [HeaderWriter.identifier(draft.messageID)]))
        if !draft.inReplyTo.isEmpty {
            fields.append(HeaderWriter.field("In-Reply-To", words: draft.inReplyTo.map(HeaderWriter.identifier)))
        }
        if !draft.references.isEmpty {
            fields.append(HeaderWriter.field("References", words: draft.references.map(HeaderWriter.identifier)))
        }
        return fields + draft.marks.map { HeaderWriter.field($0.name, words: [HeaderWriter.plain($0.value)]) }
    }

    /// A part of a mail: what its header says of it, and what it holds.
    private struct Entity {
        let fields: [String]
        let content: [UInt8]
    }

    /// The text, with its HTML beside it, and with the files behind both.
    private static func body(of draft: MailDraft) -> Entity {
        var body = text(draft.text, as: "plain")
        if let html = draft.html { body = multipart("alternative", [body, text(html, as: "html")]) }
        return draft.files.isEmpty ? body : multipart("mixed", [body] + draft.files.map(file))
    }

    private static func text(_ text: String, as subtype: String) -> Entity {
        Entity(
            fields: ["Content-Type: text/\(subtype); charset=utf-8", "Content-Transfer-Encoding: quoted-printable"],
            content: QuotedPrintable.encoded(text))
    }

    private static func file(_ file: MailDraft.File) -> Entity {
        let names = HeaderWriter.parameter("filename", file.name)
        return Entity(
            fields: [
                "Content-Type: \(HeaderWriter.mediaType(file.mediaType))", "Content-Transfer-Encoding: base64",
                HeaderWriter.field("Content-Disposition", words: ["attachment;"] + names),
            ], content: Base64.lines(of: file.bytes))
    }

    /// Neither quoted-printable nor Base64 can hold `=_`, so that no content can be taken for this boundary (RFC 2045 section 6.7).
    private static func multipart(_ subtype: String, _ parts: [Entity]) -> Entity {
        let boundary = "=_\(subtype)"
        var content: [UInt8] = []
        for part in parts {
            content += Array("--\(boundary)\r\n\(part.fields.joined(separator: "\r\n"))\r\n\r\n".utf8) + part.content + lineEnd
        }
        return Entity(
            fields: ["Content-Type: multipart/\(subtype); boundary=\"\(boundary)\""], content: content + Array("--\(boundary)--\r\n".utf8))
    }
}

/// The date of a header (RFC 5322 section 3.3), in UTC.
enum MailDateWriter {
    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func text(of instant: Instant) -> String {
        let seconds = instant.unixSeconds
        let secondOfDay = (seconds % 86_400 + 86_400) % 86_400
        let date = CivilDate(dayNumber: (seconds - secondOfDay) / 86_400)
        let parts = date.text.split(separator: "-")
        let day = days[Weekday.allCases.firstIndex(of: date.weekday) ?? 0]
        let month = months[(Int(parts[1]) ?? 1) - 1]
        let clock = [secondOfDay / 3_600, secondOfDay / 60 % 60, secondOfDay % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(day), \(parts[2]) \(month) \(parts[0]) \(clock.joined(separator: ":")) +0000"
    }
}
