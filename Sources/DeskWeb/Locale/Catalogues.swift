import Foundation

/// The catalogues of every language, read once at start.
package struct Catalogues: Sendable {
    private let byLanguage: [Language: Catalogue]

    /// Reads the catalogues that ship with the program.
    /// - Throws: `ResourceError` when one is missing or is not a flat JSON object of strings.
    package init() throws(ResourceError) {
        try self.init(folder: Resources.folder("Locales"))
    }

    init(folder: URL) throws(ResourceError) {
        var byLanguage: [Language: Catalogue] = [:]
        for language in Language.allCases {
            let file = folder.appending(path: "\(language.rawValue).json")
            let entries = try Resources.decode([String: String].self, from: file)
            byLanguage[language] = Catalogue(language: language, entries: entries)
        }
        self.byLanguage = byLanguage
    }

    package subscript(language: Language) -> Catalogue {
        byLanguage[language] ?? Catalogue(language: language, entries: [:])
    }
}
