/// What HTML shows to a reader, as text: blocks on lines of their own, lists with their marks, links with where they lead when their
/// words don't say it, and nothing of what is hidden.
package enum HTMLText {
    /// - Parameter html: As it came; its scripts, styles and hidden parts are left out.
    package static func text(of html: String) -> String {
        guard let root = HTMLParser.tree(of: html) else { return HTMLStripping.text(of: html) }
        return text(of: root)
    }

    static func text(of element: HTMLElement) -> String {
        var writer = HTMLTextWriter()
        writer.write(element)
        return writer.result
    }
}

/// Walks the tree and writes; white space is collapsed as a browser does.
struct HTMLTextWriter {
    private var lines: [String] = []
    private var line = ""
    private var wantsSpace = false
    private var emptyLines = 0
    private var preformatted = 0
    private var lists: [ListMark] = []

    private enum ListMark {
        case bullet
        case number(Int)
    }

    var result: String {
        var all = lines
        if !line.isEmpty { all.append(line) }
        return all.joined(separator: "\n").trimmed
    }

    mutating func write(_ node: HTMLNode) {
        switch node {
        case .text(let text): preformatted > 0 ? writeVerbatim(text) : writeWords(text)
        case .element(let element): write(element)
        }
    }

    mutating func write(_ element: HTMLElement) {
        guard !HTMLVisibility.isHidden(element) else { return }
        switch element.name {
        case "br": breakLine()
        case "hr": rule()
        case "img": writeImage(element)
        case "a": writeLink(element)
        case "pre", "textarea":
            preformatted += 1
            block(element, spaced: true)
            preformatted -= 1
        case "ul", "menu", "dir": list(element, .bullet)
        case "ol": list(element, .number(Int(element.attribute("start") ?? "") ?? 1))
        case "li": item(element)
        case "td", "th": cell(element)
        case "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dl", "fieldset", "table": block(element, spaced: true)
        case _ where Self.blocks.contains(element.name): block(element, spaced: false)
        default: children(of: element)
        }
    }

    private static let blocks: Set<String> = [
        "address", "article", "aside", "body", "caption", "center", "dd", "details", "dialog", "div", "dt", "figcaption", "figure",
        "footer",
        "form", "header", "legend", "main", "nav", "option", "section", "summary", "tbody", "tfoot", "thead", "tr",
    ]

    private mutating func children(of element: HTMLElement) {
        for child in element.children { write(child) }
    }
}

// MARK: - Elements

extension HTMLTextWriter {
    private mutating func block(_ element: HTMLElement, spaced: Bool) {
        endLine()
        if spaced { wantEmptyLine() }
        children(of: element)
        endLine()
        if spaced { wantEmptyLine() }
    }

    private mutating func list(_ element: HTMLElement, _ mark: ListMark) {
        endLine()
        if lists.isEmpty { wantEmptyLine() }
        lists.append(mark)
        children(of: element)
        lists.removeLast()
        endLine()
        if lists.isEmpty { wantEmptyLine() }
    }

    private mutating func item(_ element: HTMLElement) {
        endLine()
        let indentation = String(repeating: "  ", count: max(0, lists.count - 1))
        switch lists.last {
        case .number(let number):
            line = "\(indentation)\(number). "
            lists[lists.count - 1] = .number(number &+ 1)
        case .bullet, nil: line = "\(indentation)- "
        }
        children(of: element)
        endLine()
    }

    private mutating func cell(_ element: HTMLElement) {
        if !line.isEmpty { wantsSpace = true }
        children(of: element)
        if !line.isEmpty { wantsSpace = true }
    }

    private mutating func writeImage(_ element: HTMLElement) {
        guard let description = element.attribute("alt")?.collapsed, !description.isEmpty else { return }
        writeWords("[\(description)]")
    }

    private mutating func writeLink(_ element: HTMLElement) {
        children(of: element)
        guard let target = element.attribute("href")?.trimmed,
            target.lowercased().hasPrefix("http") || target.lowercased().hasPrefix("mailto:")
        else { return }
        let words = HTMLText.text(of: HTMLElement(name: "span", attributes: [], children: element.children)).collapsed
        let address = target.lowercased().hasPrefix("mailto:") ? String(target.dropFirst(7).prefix { $0 != "?" }) : target
        let saysAlready = words.isEmpty || Self.bare(address) == Self.bare(words) || words.contains(address)
        if !saysAlready { writeWords(" <\(address)>") }
    }

    /// What two ways to write one address have in common.
    private static func bare(_ address: String) -> String {
        var bare = Substring(address.lowercased())
        for prefix in ["https://", "http://", "www."] where bare.hasPrefix(prefix) { bare = bare.dropFirst(prefix.count) }
        return String(bare.hasSuffix("/") ? bare.dropLast() : bare)
    }

    private mutating func rule() {
        endLine()
        line = "---"
        endLine()
    }
}

// MARK: - Lines

extension HTMLTextWriter {
    private mutating func writeWords(_ text: String) {
        var word = ""
        for scalar in text.unicodeScalars {
            guard scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" || scalar == "\u{C}" else {
                // Only ever there to pad what a list of mails shows, or to break a line.
                if scalar != "\u{200B}" && scalar != "\u{FEFF}" && scalar != "\u{AD}" && scalar != "\u{34F}" {
                    word.unicodeScalars.append(scalar)
                }
                continue
            }
            append(word)
            word = ""
            wantsSpace = true
        }
        append(word)
    }

    private mutating func append(_ word: String) {
        guard !word.isEmpty else { return }
        if wantsSpace && !line.isEmpty && line.last != " " { line += " " }
        wantsSpace = false
        flushEmptyLine()
        line += word
    }

    private mutating func writeVerbatim(_ text: String) {
        for (index, part) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { breakLine() }
            if !part.isEmpty {
                flushEmptyLine()
                line += part
            }
        }
    }

    private mutating func breakLine() {
        lines.append(line)
        line = ""
        wantsSpace = false
    }

    private mutating func endLine() {
        wantsSpace = false
        guard !line.isEmpty else { return }
        lines.append(line)
        line = ""
    }

    private mutating func wantEmptyLine() { emptyLines = 1 }

    private mutating func flushEmptyLine() {
        if emptyLines > 0, line.isEmpty, let last = lines.last, !last.isEmpty { lines.append("") }
        emptyLines = 0
    }
}
