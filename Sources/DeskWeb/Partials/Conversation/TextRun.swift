/// A stretch of a message's words with one look. Only what WhatsApp itself shows is recognised: *bold*, _italic_, ~struck~,
/// ```code```, and addresses that start with `https://` or `http://`.
package struct TextRun: Sendable, Equatable {
    package let text: String
    package let isBold: Bool
    package let isItalic: Bool
    package let isStruck: Bool
    package let isCode: Bool
    package let isMark: Bool
    package let isPlain: Bool
    /// Set for an address.
    package let url: String?

    enum Style {
        case plain, bold, italic, struck, code, mark
    }

    init(_ text: some StringProtocol, _ style: Style = .plain, url: String? = nil) {
        self.text = String(text)
        isBold = style == .bold
        isItalic = style == .italic
        isStruck = style == .struck
        isCode = style == .code
        isMark = style == .mark
        isPlain = style == .plain && url == nil
        self.url = url
    }

    /// The runs of a message's text, in order; joined, they hold every character but the marks of style.
    package static func runs(of text: String) -> [TextRun] {
        var scanner = TextRunScanner(text)
        return scanner.scan()
    }

    /// The same of a text in which no mark means a style, as in mails: only addresses are told apart.
    package static func addresses(in text: String) -> [TextRun] {
        var scanner = TextRunScanner(text, knowsStyles: false)
        return scanner.scan()
    }

    /// An excerpt with its found words marked.
    /// - Parameter marked: the words that were found lie between U+2068 and U+2069, as the search returns them.
    package static func excerpt(_ marked: String) -> [TextRun] {
        var runs: [TextRun] = []
        for (index, part) in marked.split(separator: "\u{2068}", omittingEmptySubsequences: false).enumerated() {
            let pieces = part.split(separator: "\u{2069}", maxSplits: 1, omittingEmptySubsequences: false)
            if index > 0, pieces.count == 2 {
                runs += [TextRun(pieces[0], .mark), TextRun(pieces[1])]
            } else {
                runs.append(TextRun(part))
            }
        }
        return runs.filter { !$0.text.isEmpty }
    }
}

/// Reads a message once from front to back.
private struct TextRunScanner {
    private let characters: [Character]
    private let knowsStyles: Bool
    private var position = 0
    private var plain = ""
    private var runs: [TextRun] = []
    /// Up to where each mark is known to have no closing one, so that a message full of marks is still read in one go.
    private var unclosed: [Character: Int] = [:]

    private struct StyledRange {
        let style: TextRun.Style
        let start: Int
        let end: Int
        let next: Int
    }

    init(_ text: String, knowsStyles: Bool = true) {
        characters = Array(text)
        self.knowsStyles = knowsStyles
    }

    mutating func scan() -> [TextRun] {
        while position < characters.count {
            if knowsStyles, let range = styledRange() {
                take(TextRun(String(characters[range.start..<range.end]), range.style), upTo: range.next)
            } else if let end = addressEnd() {
                let address = String(characters[position..<end])
                take(TextRun(address, url: address), upTo: end)
            } else {
                plain.append(characters[position])
                position += 1
            }
        }
        flush()
        return runs
    }

    private mutating func take(_ run: TextRun, upTo next: Int) {
        flush()
        runs.append(run)
        position = next
    }

    private mutating func flush() {
        if !plain.isEmpty { runs.append(TextRun(plain)) }
        plain = ""
    }

    /// Where a styled stretch starts here: its style, its inner range, and what follows its closing mark.
    private mutating func styledRange() -> StyledRange? {
        if hasFence(at: position) { return fencedRange() }
        let mark = characters[position]
        guard let style = Self.styles[mark], isBoundary(position - 1), position >= unclosed[mark, default: 0] else { return nil }
        let start = position + 1
        guard start < characters.count, !characters[start].isWhitespace, characters[start] != mark else { return nil }
        var end = start
        while end < characters.count, !characters[end].isNewline {
            if characters[end] == mark, !characters[end - 1].isWhitespace, isBoundary(end + 1) {
                return StyledRange(style: style, start: start, end: end, next: end + 1)
            }
            end += 1
        }
        unclosed[mark] = end
        return nil
    }

    private mutating func fencedRange() -> StyledRange? {
        guard position >= unclosed["`", default: 0] else { return nil }
        let start = position + 3
        var end = start + 1
        while end < characters.count {
            if hasFence(at: end) { return StyledRange(style: .code, start: start, end: end, next: end + 3) }
            end += 1
        }
        unclosed["`"] = characters.count
        return nil
    }

    private static let styles: [Character: TextRun.Style] = ["*": .bold, "_": .italic, "~": .struck]

    private func hasFence(at index: Int) -> Bool {
        index + 3 <= characters.count && characters[index..<index + 3].allSatisfy { $0 == "`" }
    }

    private func isBoundary(_ index: Int) -> Bool {
        !characters.indices.contains(index) || !(characters[index].isLetter || characters[index].isNumber)
    }

    /// The end of an address that starts here, without the punctuation that belongs to the sentence.
    private func addressEnd() -> Int? {
        guard characters[position] == "h", isBoundary(position - 1) else { return nil }
        let rest = characters[position...].prefix { !$0.isWhitespace && !"<>\"".contains($0) }
        guard let scheme = ["https://", "http://"].first(where: { rest.starts(with: $0) }) else { return nil }
        var end = rest.endIndex
        while end > position, ".,;:!?)»'".contains(characters[end - 1]) { end -= 1 }
        return end > position + scheme.count ? end : nil
    }
}
