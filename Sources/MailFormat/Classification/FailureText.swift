/// Failures that are told in words: qmail, Exim, Postfix's text, Exchange, Yahoo and their like. What they have in common is a line
/// with the address, alone or with the reason behind it, before the returned mail begins.
enum FailureText {
    static func recipients(_ mail: Mail) -> [DeliveryReport.Recipient] {
        let named = mail.headers.all("X-Failed-Recipients").flatMap { AddressList.addresses(in: $0.bytes) }.map(\.key)
        let text = notice(mail.readableText)
        let addresses = named.isEmpty ? Self.addresses(in: text, apartFrom: Set((mail.to + mail.from).map(\.key))) : named
        return addresses.unique.prefix(100).map { address in
            let reason = reason(for: address, in: text)
            return DeliveryReport.Recipient(
                address: address, action: nil, status: reason.flatMap { EnhancedStatus.first(in: $0) }, diagnostic: reason)
        }
    }

    /// The first Message-ID after the notice, where the returned mail is part of the text.
    static func originalMessageID(_ text: String) -> String? {
        let lines = text.split(separator: "\n", maxSplits: 5_000)
        guard let line = lines.first(where: { $0.lowercased().hasPrefix("message-id:") }) else { return nil }
        return MessageIdentifiers.single(in: Array(line.dropFirst("message-id:".count).utf8))
    }

    private static let endsOfNotice = [
        "--- below this line is a copy of the message", "------ this is a copy of", "--- original message", "----- original message",
        "--- returned message", "return-path:", "received:", "--- undelivered message", "-- this is a copy of the message",
        "----- message header",
    ]

    private static func notice(_ text: String) -> String {
        let lines = text.split(separator: "\n", maxSplits: 2_000, omittingEmptySubsequences: false)
        return lines.prefix { line in
            let start = line.trimmed.lowercased()
            return !endsOfNotice.contains { start.hasPrefix($0) }
        }.joined(separator: "\n")
    }

    /// Addresses that begin a line: `<a@b.example>:`, `  a@b.example`, `a@b.example (reason)`.
    private static func addresses(in notice: String, apartFrom known: Set<String>) -> [String] {
        notice.split(separator: "\n").compactMap { line in
            let start = line.trimmed.drop { "<*•\"'".contains($0) || $0.isWhitespace }
            let word = start.prefix { !" \t<>:,;()\"'".contains($0) }
            let parts = word.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), !word.hasSuffix(".") else { return nil }
            let address = word.lowercased()
            return known.contains(address) ? nil : address
        }
    }

    /// The line of the address and those after it until an empty one.
    private static func reason(for address: String, in notice: String) -> String? {
        let lines = notice.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(where: { $0.lowercased().contains(address) }) else { return nil }
        let own = lines[start].text(after: address).drop { " >:\t".contains($0) }
        let following = lines[(start + 1)...].prefix(8).prefix { !$0.isBlankLine }
        let reason = ([own] + following).joined(separator: " ").collapsed
        return reason.isEmpty ? nil : reason
    }
}

extension Substring {
    fileprivate var isBlankLine: Bool { allSatisfy(\.isWhitespace) }
}

extension Substring {
    /// What stands behind the first place of a text, which is given in lower case; all of it if there is no such place.
    fileprivate func text(after text: String) -> Substring {
        var rest = self
        while !rest.isEmpty {
            if rest.prefix(text.count).lowercased() == text { return rest.dropFirst(text.count) }
            rest = rest.dropFirst()
        }
        return self
    }
}

extension [String] {
    fileprivate var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
