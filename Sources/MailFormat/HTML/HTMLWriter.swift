/// Writes a tree as HTML that has one reading only: every attribute in quotes, and no sign of markup left in words.
enum HTMLWriter {
    static func html(of nodes: [HTMLNode]) -> String {
        var html = ""
        for node in nodes { write(node, to: &html) }
        return html
    }

    /// Words with no sign of markup left in them.
    static func text(_ words: String) -> String { escaped(words, isAttribute: false) }

    private static let void: Set<String> = ["br", "col", "hr", "img"]

    private static func write(_ node: HTMLNode, to html: inout String) {
        switch node {
        case .text(let text): html += escaped(text, isAttribute: false)
        case .element(let element): write(element, to: &html)
        }
    }

    private static func write(_ element: HTMLElement, to html: inout String) {
        html += "<" + element.name
        for (name, value) in element.attributes { html += " \(name)=\"\(escaped(value, isAttribute: true))\"" }
        html += ">"
        if void.contains(element.name) { return }
        // A browser skips the first line end in it; one more keeps the one that is meant.
        if element.name == "pre", case .text(let text)? = element.children.first, text.hasPrefix("\n") { html += "\n" }
        for child in element.children { write(child, to: &html) }
        html += "</\(element.name)>"
    }

    /// Whether a byte begins something that is written in another way: the last one is the first of U+00A0.
    private static let isSign = (0...255).map { ("&<>\"\0".utf8 + [0xC2]).contains(UInt8($0)) }

    private static func escaped(_ text: String, isAttribute: Bool) -> String {
        guard text.utf8.contains(where: { Self.isSign[Int($0)] }) else { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"" where isAttribute: escaped += "&quot;"
            case "\u{A0}": escaped += "&nbsp;"
            case "\0": break
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
