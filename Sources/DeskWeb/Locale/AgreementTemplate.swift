import Foundation

/// The confidentiality text that a workspace starts with; the principal may change it.
package enum AgreementTemplate {
    /// - Throws: `ResourceError` when the text is missing.
    package static func text(in language: Language) throws(ResourceError) -> String {
        let folder = Resources.folder("Agreements")
        return String(decoding: try Resources.read(folder.appending(path: "\(language.rawValue).txt")), as: UTF8.self)
    }
}
