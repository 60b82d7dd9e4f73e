/// The tags of a template as a tree, read without rendering it.
struct TemplateOutline {
    indirect enum Node {
        case variable(String)
        case section(String, [Node])
        case partial(String)
        case inheriting(String, blocks: [Node])
        case block([Node])
    }

    struct Malformed: Error {
        let tag: String
    }

    private(set) var nodes: [Node] = []
    private(set) var unescapedTags: [String] = []

    init(_ text: String) throws {
        var tags = text.matches(of: /\{\{(\{?)([#^\/<>$!]?)\s*([^}]*?)\s*\}?\}\}/).map { match in
            (mark: match.output.1.isEmpty ? String(match.output.2) : "{", name: String(match.output.3))
        }[...]
        unescapedTags = tags.filter { $0.mark == "{" }.map(\.name)
        nodes = try Self.read(&tags, until: nil)
    }

    /// The templates that this one includes or inherits from.
    var partialNames: [String] { Self.partialNames(nodes) }

    private static func partialNames(_ nodes: [Node]) -> [String] {
        nodes.flatMap { node -> [String] in
            switch node {
            case .variable: []
            case .section(_, let inner), .block(let inner): partialNames(inner)
            case .partial(let name): [name]
            case .inheriting(let name, let blocks): [name] + partialNames(blocks)
            }
        }
    }

    private static func read(_ tags: inout ArraySlice<(mark: String, name: String)>, until end: String?) throws -> [Node] {
        var nodes: [Node] = []
        while let tag = tags.popFirst() {
            switch tag.mark {
            case "/":
                guard tag.name == end else { throw Malformed(tag: tag.name) }
                return nodes
            case "#", "^": nodes.append(.section(tag.name, try read(&tags, until: tag.name)))
            case "<": nodes.append(.inheriting(tag.name, blocks: try read(&tags, until: tag.name)))
            case "$": nodes.append(.block(try read(&tags, until: tag.name)))
            case ">": nodes.append(.partial(tag.name))
            case "!": break
            default: nodes.append(.variable(tag.name))
            }
        }
        guard end == nil else { throw Malformed(tag: end ?? "") }
        return nodes
    }

    /// What is left of a template for a reader once tags of Mustache and of HTML are gone.
    static func copy(in text: String) -> [String] {
        text.replacing(/\{\{\$(?:id|name|group|bodyClass|attributes)\}\}[^{]*/, with: "").replacing(/\{\{[^}]*\}?\}\}/, with: "")
            .replacing(/<[^>]*>/, with: "\n").split(separator: "\n")
            .map { $0.trimmingPrefix { !$0.isLetter } }.map(String.init)
            .filter { $0.contains(where: \.isLetter) && !$0.contains("&") && !$0.contains("=") && !$0.hasPrefix("doctype") }
    }
}

/// Walks a template beside the view model that it shows.
struct TagChecker {
    let templates: [String: TemplateOutline]
    /// What may stand after `chrome.`.
    let chromeNames: Set<String>

    /// Names that stand in no scope, each with the template where it stands.
    func problems(of model: Any, template: String) -> [String] {
        check(template: template, scopes: [model])
    }

    private func check(template name: String, scopes: [Any]) -> [String] {
        guard let outline = templates[name] else { return ["there is no template \(name)"] }
        return check(outline.nodes, in: name, scopes: scopes)
    }

    private func check(_ nodes: [TemplateOutline.Node], in name: String, scopes: [Any]) -> [String] {
        nodes.flatMap { node -> [String] in
            switch node {
            case .variable(let tag): isKnown(tag, scopes) ? [] : ["\(name): \(tag)"]
            case .partial(let partial): check(template: partial, scopes: scopes)
            case .inheriting(let parent, let blocks): check(template: parent, scopes: scopes) + check(blocks, in: name, scopes: scopes)
            case .block(let inner): check(inner, in: name, scopes: scopes)
            case .section(let tag, let inner): checkSection(tag, inner, in: name, scopes: scopes)
            }
        }
    }

    private func checkSection(_ tag: String, _ inner: [TemplateOutline.Node], in name: String, scopes: [Any]) -> [String] {
        guard isKnown(tag, scopes) else { return ["\(name): \(tag)"] }
        guard let value = value(tag, scopes) else { return [] }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .collection: return mirror.children.flatMap { check(inner, in: name, scopes: scopes + [$0.value]) }
        case .struct where !(value is Bool): return check(inner, in: name, scopes: scopes + [value])
        default: return check(inner, in: name, scopes: scopes)
        }
    }

    private func isKnown(_ tag: String, _ scopes: [Any]) -> Bool {
        if tag == "." || tag.hasPrefix("t.") { return true }
        let path = tag.split(separator: ".").map(String.init)
        if path[0] == "chrome" { return path.count == 2 && chromeNames.contains(path[1]) }
        return scopes.reversed().contains { Mirror(reflecting: $0).children.contains { $0.label == path[0] } }
    }

    /// The value under a tag, without its optional; nil when there is none.
    private func value(_ tag: String, _ scopes: [Any]) -> Any? {
        for scope in scopes.reversed() {
            guard let found = Mirror(reflecting: scope).children.first(where: { $0.label == tag })?.value else { continue }
            let mirror = Mirror(reflecting: found)
            return mirror.displayStyle == .optional ? mirror.children.first?.value : found
        }
        return nil
    }
}
