/// Blocks of header lines that Outlook and others put above what they quote.
enum MailHeaderBlocks {
    static func mark(_ looks: inout [ReplyLine], _ lines: [String]) {
        var index = 0
        while index < lines.count {
            guard looks[index] == .text, key(of: lines[index]) != nil, let end = end(of: index, lines, looks) else {
                index += 1
                continue
            }
            for line in index...end where looks[line] != .empty { looks[line] = .header }
            index = end + 1
        }
    }

    /// The last line of the block that begins at an index; nil if too few of its lines are headers.
    private static func end(of start: Int, _ lines: [String], _ looks: [ReplyLine]) -> Int? {
        var found: Set<HeaderKey> = []
        var last = start
        var others = 0
        for index in start..<min(start + 60, lines.count) {
            if let key = key(of: lines[index]), looks[index] == .text {
                found.insert(key)
                last = index
                others = 0
            } else {
                others += lines[index].isEmpty ? 2 : 1
                if others > 3 { break }
            }
        }
        guard found.count >= 3, isByProgram(lines[start...last].joined(separator: "\n"), found) else { return nil }
        return withContinuation(last, lines, looks)
    }

    /// People write "From: Madrid, To: Lisbon, Date: 5 May" too; programs name an address, or the minute beside a subject.
    private static func isByProgram(_ block: String, _ found: Set<HeaderKey>) -> Bool {
        block.contains("@") || (found.contains(.subject) && DateHints.hasTime(block))
    }

    /// A last header that goes on in the next line does so until an empty one, if that comes soon.
    private static func withContinuation(_ last: Int, _ lines: [String], _ looks: [ReplyLine]) -> Int {
        guard let key = key(of: lines[last]), key == .to, last + 1 < lines.count, lines[last + 1].contains("@") else { return last }
        let rest = lines[(last + 1)...].prefix(5).prefix { !$0.isEmpty && $0.contains("@") }
        return last + rest.count
    }

    private static func key(of line: String) -> HeaderKey? {
        let bare = line.drop { $0 == "*" || $0 == "_" || $0 == "|" || $0 == " " }
        guard let colon = bare.prefix(30).firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        let word = bare[..<colon].lowercased().filter { $0 != "*" && $0 != "_" }.trimmed
        return QuoteWords.headerKeys[word]
    }
}

/// What a header line tells.
enum HeaderKey: Hashable {
    case from, to, sent, subject, other
}
