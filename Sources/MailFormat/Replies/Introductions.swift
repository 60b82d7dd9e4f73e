/// The lines with which mail programs introduce what they quote, in one line or broken over several.
enum Introductions {
    /// Some programs break them in so many lines, empty ones among them.
    private static let mostLines = 6

    static func mark(_ looks: inout [ReplyLine], _ lines: [String]) {
        var index = 0
        while index < lines.count {
            guard looks[index] == .text, let end = end(of: index, lines, looks) else {
                index += 1
                continue
            }
            for line in index...end { looks[line] = .introduction }
            index = end + 1
        }
    }

    /// The last line of the introduction that begins at an index; nil if none does.
    private static func end(of start: Int, _ lines: [String], _ looks: [ReplyLine]) -> Int? {
        guard canBegin(lines[start]) else { return nil }
        var joined = ""
        for end in start..<min(start + mostLines, lines.count) {
            if end > start, breaksOff(lines[end - 1], before: lines[end]) { return nil }
            joined += (joined.isEmpty ? "" : " ") + lines[end]
            guard joined.count <= 400 else { return nil }
            guard endsLikeOne(lines[end]), isIntroduction(joined) else { continue }
            return beginsLater(than: start, through: end, lines) ? nil : end
        }
        return nil
    }

    /// Whether the lines are somebody's words with an introduction below them, which needs nothing of what stands above.
    private static func beginsLater(than start: Int, through end: Int, _ lines: [String]) -> Bool {
        guard start < end, !QuoteWords.starts(lines[start]) else { return false }
        return ((start + 1)...end).contains { later in
            (lines[later - 1].isEmpty || QuoteWords.starts(lines[later])) && !lines[later].isEmpty
                && isIntroduction(lines[later...end].joined(separator: " "))
        }
    }

    /// A date or an address is what tells an introduction from any other line; one of them stands in its first line.
    private static func canBegin(_ line: String) -> Bool {
        line.count <= 300 && (line.contains(where: \.isNumber) || line.contains("@")) || QuoteWords.starts(line)
    }

    private static func endsLikeOne(_ line: String) -> Bool { line.hasSuffix(":") || line.hasSuffix("：") || line.hasSuffix("：\"") }

    /// A sentence that ends, or a new one that begins with a mark of its own, is no part of an introduction.
    private static func breaksOff(_ line: String, before next: String) -> Bool {
        guard let last = line.last else { return false }
        if last == "!" || last == "?" { return true }
        if last == ".", let before = line.dropLast().last, !before.isNumber, line.split(separator: " ").last.map({ $0.count > 5 }) ?? false
        {
            return true
        }
        return next.hasPrefix(">") && !next.dropFirst().trimmed.isEmpty && !endsLikeOne(next)
    }

    private static func isIntroduction(_ text: String) -> Bool {
        let hasDate = text.filter(\.isNumber).count >= 2
        let hasAddress = text.contains("@")
        if QuoteWords.saysWrote(text) { return hasDate || hasAddress }
        let closesAddress = [">:", "> :", "):", "]:", ">："].contains(where: text.hasSuffix)
        guard closesAddress && hasAddress else { return false }
        return QuoteWords.quotes(text) || (DateHints.hasYear(text) && DateHints.hasTime(text))
    }
}
