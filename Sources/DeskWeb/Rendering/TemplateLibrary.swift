import Foundation
import Mustache

/// The templates that ship with the program, parsed once for each language.
///
/// What never changes while the program runs is put in before parsing: the desk's own words (`{{t.queue.title}}`) and the
/// address of the drawings. A page then has half as many tags left to look up.
struct TemplateLibrary: Sendable {
    private let sources: [String: String]

    init() throws(ResourceError) {
        let folder = Resources.folder("Templates")
        var sources: [String: String] = [:]
        for path in try Resources.files(under: folder) where path.hasSuffix(".mustache") {
            let text = String(decoding: try Resources.read(folder.appending(path: path)), as: UTF8.self)
            sources[Self.name(of: path)] = Self.withoutIndentation(text)
        }
        self.sources = sources
    }

    /// - Parameter drawings: the address of the sheet of drawings, for `{{chrome.icons}}`.
    func parsed(in catalogue: Catalogue, drawings: String) throws(ResourceError) -> MustacheLibrary {
        var library = MustacheLibrary()
        for (name, source) in sources {
            let text = Self.withWords(of: catalogue, source).replacing("{{chrome.icons}}", with: drawings)
            do {
                try library.register(text, named: name)
            } catch {
                throw ResourceError(path: name, reason: "\(error)")
            }
        }
        return library
    }

    /// `partials/clock.mustache` is `partials.clock`: a closing tag cannot hold a slash.
    static func name(of path: String) -> String {
        String(path.dropLast(".mustache".count)).replacing("/", with: ".")
    }

    /// Indentation serves who reads the template. In the page it would cost bytes, and partials would indent a person's own words.
    static func withoutIndentation(_ text: String) -> String {
        text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// Puts the catalogue's words, escaped, in place of their tags.
    static func withWords(of catalogue: Catalogue, _ text: String) -> String {
        var filled = ""
        var rest = text[...]
        while let open = rest.firstRange(of: "{{t."), let close = rest[open.upperBound...].firstRange(of: "}}") {
            filled += rest[..<open.lowerBound]
            filled += escaped(catalogue.text(String(rest[open.upperBound..<close.lowerBound])))
            rest = rest[close.upperBound...]
        }
        return filled + rest
    }

    private static func escaped(_ words: String) -> String {
        let marks: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;", "{": "&#123;"]
        return words.map { marks[$0] ?? String($0) }.joined()
    }
}
