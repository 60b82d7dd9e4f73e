import Foundation

/// Takes what somebody typed into a search field apart. Whatever is no letter and no digit only separates: nothing is syntax.
enum SearchWords {
    private static let maximumCount = 8
    private static let maximumLength = 64

    /// Words without accents, in lower case; at most eight.
    static func words(of query: String) -> [String] {
        let folded = folded(query)
        let words = folded.unicodeScalars.split { !isPartOfWord($0) }.map { String(String.UnicodeScalarView($0).prefix(maximumLength)) }
        return Array(words.prefix(maximumCount))
    }

    /// As much of a text as fits, beginning shortly before the first place where one of the words begins.
    static func excerpt(of text: String, around words: [String], length: Int) -> String {
        guard text.count > length else { return text }
        let place = words.compactMap { word in
            text.range(of: word, options: [.caseInsensitive, .diacriticInsensitive])?.lowerBound
        }.min() ?? text.startIndex
        let start = text.index(place, offsetBy: -length / 4, limitedBy: text.startIndex) ?? text.startIndex
        let excerpt = text[start...].prefix(length)
        return (start > text.startIndex ? "…" : "") + excerpt + (excerpt.endIndex < text.endIndex ? "…" : "")
    }

    private static func folded(_ text: String) -> String {
        let plain = text.decomposedStringWithCanonicalMapping.unicodeScalars.filter { !(0x300...0x36F).contains($0.value) }
        return String(String.UnicodeScalarView(plain)).precomposedStringWithCanonicalMapping.lowercased()
    }

    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber,
            .otherNumber: true
        default: false
        }
    }
}
