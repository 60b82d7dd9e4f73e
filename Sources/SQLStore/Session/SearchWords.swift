import Foundation

/// Takes what somebody typed into a search field apart. Whatever is no letter and no digit only separates: nothing is syntax.
package enum SearchWords {
    private static let maximumCount = 8
    private static let maximumLength = 64

    /// Words without accents, in lower case; at most eight.
    package static func words(of query: String) -> [String] {
        split(query).prefix(maximumCount).map { String(String.UnicodeScalarView($0.prefix(maximumLength))) }
    }

    /// Whether each of the beginnings, as `words(of:)` gives them, begins some word of a text.
    static func areFound(_ beginnings: [String], in text: String) -> Bool {
        let words = split(text)
        return beginnings.allSatisfy { beginning in words.contains { $0.starts(with: beginning.unicodeScalars) } }
    }

    /// Every word of a text, as words are looked for: without accents, in lower case.
    package static func allWords(in text: String) -> Set<String> {
        Set(split(text).map { String(String.UnicodeScalarView($0.prefix(maximumLength))) })
    }

    /// As much of a text as fits, beginning shortly before the first place where one of the words begins.
    static func excerpt(of text: String, around words: [String], length: Int) -> String {
        guard text.count > length else { return text }
        let place =
            words.compactMap { word in
                text.range(of: word, options: [.caseInsensitive, .diacriticInsensitive])?.lowerBound
            }.min() ?? text.startIndex
        let start = text.index(place, offsetBy: -length / 4, limitedBy: text.startIndex) ?? text.startIndex
        let excerpt = text[start...].prefix(length)
        return (start > text.startIndex ? "…" : "") + excerpt + (excerpt.endIndex < text.endIndex ? "…" : "")
    }

    private static func split(_ text: String) -> [String.UnicodeScalarView.SubSequence] {
        folded(text).unicodeScalars.split { !isPartOfWord($0) }
    }

    private static func folded(_ text: String) -> String {
        let decomposed = text.lowercased().decomposedStringWithCanonicalMapping
        let plain = decomposed.unicodeScalars.filter { !(0x300...0x36F).contains($0.value) }
        return String(String.UnicodeScalarView(plain)).precomposedStringWithCanonicalMapping
    }

    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber,
            .otherNumber:
            true
        default: false
        }
    }
}
