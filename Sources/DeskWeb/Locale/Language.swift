/// The languages that the desk speaks. The raw value is the BCP 47 tag that pages carry in `lang`.
package enum Language: String, Hashable, Sendable, CaseIterable {
    case spanish = "es"
    case english = "en"
    case portuguese = "pt"

    /// The tag for `<html lang>`: Portuguese is Brazil's.
    package var tag: String { self == .portuguese ? "pt-BR" : rawValue }

    /// What its speakers call it.
    package var nativeName: String {
        switch self {
        case .spanish: "Español"
        case .english: "English"
        case .portuguese: "Português"
        }
    }

    /// The language of a tag such as `es-AR` or `PT_br`; nil for one that the desk doesn't speak.
    package init?(tag: String) {
        let primary = tag.split(whereSeparator: { $0 == "-" || $0 == "_" }).first ?? ""
        self.init(rawValue: primary.lowercased())
    }

    /// Whose wish counts: the user's own setting, then the browser's `Accept-Language`, then the workspace's, then Spanish.
    package static func negotiate(user: String?, acceptLanguage: String?, workspace: String?) -> Language {
        if let user, let language = Language(tag: user) { return language }
        for tag in preferredTags(acceptLanguage ?? "") {
            if let language = Language(tag: tag) { return language }
        }
        return workspace.flatMap(Language.init(tag:)) ?? .spanish
    }

    /// The tags of an `Accept-Language` header, most wanted first (RFC 9110 section 12.5.4); those refused with `q=0` are left out.
    static func preferredTags(_ header: String) -> [String] {
        let ranges = header.split(separator: ",").enumerated().compactMap { position, range -> (String, Double, Int)? in
            let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard let tag = parts.first, !tag.isEmpty else { return nil }
            let quality = parts.dropFirst().first { $0.lowercased().hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            return quality > 0 ? (tag, quality, position) : nil
        }
        return ranges.sorted { ($0.1, -$0.2) > ($1.1, -$1.2) }.map(\.0)
    }
}
