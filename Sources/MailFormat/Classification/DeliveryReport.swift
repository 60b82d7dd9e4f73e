/// What a report says of mails of ours: RFC 3464, wherever its block stands, and what older systems write in words.
package struct DeliveryReport: Sendable {
    package struct Recipient: Sendable, Hashable {
        /// In lower case, as the report says it.
        package let address: String
        /// Nil if the report doesn't say.
        package let action: Action?
        /// `5.1.1` (RFC 3463); nil if the report doesn't say.
        package let status: String?
        /// What the server said, on one line; nil if the report doesn't say.
        package let diagnostic: String?

        /// What the report says was done, or else what its status means; a report without either tells of a failure.
        var effectiveAction: Action {
            if let action { return action }
            return status?.first == "2" ? .delivered : .failed
        }
    }

    package enum Action: String, Sendable {
        case failed, delayed, delivered, relayed, expanded
    }

    package let recipients: [Recipient]
    /// Of the mail that the report is about, without angle brackets.
    package let originalMessageID: String?
    let hasStatusPart: Bool

    init(_ mail: Mail) {
        let statusParts = mail.parts.filter { ["message/delivery-status", "message/global-delivery-status"].contains($0.mediaType) }
        hasStatusPart = !statusParts.isEmpty
        let stated = statusParts.flatMap { Self.recipients(in: $0.content) }
        recipients = stated.isEmpty ? FailureText.recipients(mail) : stated
        originalMessageID = Self.originalMessageID(mail)
    }

    /// Blocks between empty lines: the first is about the report, each other about a recipient. All are looked at, since some programs
    /// write one block for everything.
    private static func recipients(in content: [UInt8]) -> [Recipient] {
        blocks(in: content).prefix(1_000).compactMap { block in
            let fields = HeaderFields(parsing: block)
            guard let address = address(fields) else { return nil }
            return Recipient(
                address: address, action: action(fields), status: status(fields),
                diagnostic: fields.nonEmptyText("Diagnostic-Code").map { Self.afterType($0).collapsed })
        }
    }

    private static func blocks(in content: [UInt8]) -> [[UInt8]] {
        var blocks: [[UInt8]] = [[]]
        for line in content.lines {
            if line.trimmingWhitespace.isEmpty {
                if blocks.last?.isEmpty == false { blocks.append([]) }
            } else {
                blocks[blocks.count - 1] += line + [0x0A]
            }
        }
        return blocks
    }

    private static func address(_ fields: HeaderFields) -> String? {
        let value =
            fields.nonEmptyText("Final-Recipient") ?? fields.nonEmptyText("Original-Recipient") ?? fields.nonEmptyText("X-Actual-Recipient")
        guard let value else { return nil }
        let address = afterType(value).trimmed.filter { !"<>\"".contains($0) && !$0.isWhitespace }
        return address.isEmpty ? nil : address.lowercased()
    }

    private static func action(_ fields: HeaderFields) -> Action? {
        fields.first("Action").flatMap { Action(rawValue: String($0.bytes.keyword.prefix { $0.isLetter })) }
    }

    private static func status(_ fields: HeaderFields) -> String? {
        fields.nonEmptyText("Status").flatMap { EnhancedStatus.first(in: $0) }
    }

    /// `rfc822; somebody@example.org`
    private static func afterType(_ value: String) -> String {
        guard let semicolon = value.firstIndex(of: ";"), !value[..<semicolon].contains("@") else { return value.trimmed }
        return String(value[value.index(after: semicolon)...]).trimmed
    }

    private static func originalMessageID(_ mail: Mail) -> String? {
        for part in mail.parts {
            if let field = part.enclosedHeaders?.first("Message-ID") { return MessageIdentifiers.single(in: field.bytes) }
            if part.mediaType == "message/disposition-notification",
                let field = HeaderFields(parsing: part.content).first("Original-Message-ID")
            {
                return MessageIdentifiers.single(in: field.bytes)
            }
        }
        return FailureText.originalMessageID(mail.text ?? "")
    }
}

/// Codes like `5.1.1` (RFC 3463).
enum EnhancedStatus {
    static func first(in text: some StringProtocol) -> String? {
        for word in text.split(whereSeparator: { !$0.isASCII || !($0.isNumber || $0 == ".") }).prefix(2_000) {
            let parts = word.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, ["2", "4", "5"].contains(parts[0]), parts[1...].allSatisfy({ (1...3).contains($0.count) }) else {
                continue
            }
            return String(word)
        }
        return nil
    }
}
