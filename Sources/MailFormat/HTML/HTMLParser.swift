import CGumbo

/// Parses HTML as browsers do (gumbo). Gumbo calls itself for each level, and repeats open formatting in each block; so what is
/// nested or repeated beyond any real mail is not given to it (`HTMLMeasure`).
enum HTMLParser {
    /// The root element's tree; nil if the source is beyond measure.
    static func tree(of html: String) -> HTMLElement? {
        var source = html
        return source.withUTF8 { bytes in
            guard HTMLMeasure(bytes).isBounded else { return nil }
            let output = bytes.withMemoryRebound(to: CChar.self) { cgumbo_parse($0.baseAddress, $0.count) }
            guard let output else { return nil }
            defer { cgumbo_release(output) }
            guard let root = output.pointee.root, case .element(let element)? = node(root, depth: 0) else { return nil }
            return element
        }
    }

    private static let deepest = 1_000

    private static func node(_ pointer: UnsafePointer<GumboNode>, depth: Int) -> HTMLNode? {
        switch pointer.pointee.type {
        case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE:
            return depth < deepest ? .element(element(pointer.pointee.v.element, depth: depth)) : nil
        case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA:
            return pointer.pointee.v.text.text.map { .text(String(cString: $0)) }
        default:
            return nil
        }
    }

    private static func element(_ element: GumboElement, depth: Int) -> HTMLElement {
        var children = element.children
        var attributes = element.attributes
        let nodes = (0..<children.length).compactMap { index in
            cgumbo_child(&children, index).flatMap { node($0, depth: depth + 1) }
        }
        let pairs = (0..<attributes.length).compactMap { index in
            cgumbo_attribute(&attributes, index).map { attribute in
                (name: String(cString: attribute.pointee.name).lowercased(), value: String(cString: attribute.pointee.value))
            }
        }
        return HTMLElement(name: name(of: element), attributes: pairs, children: nodes)
    }

    private static func name(of element: GumboElement) -> String {
        if element.tag != GUMBO_TAG_UNKNOWN { return String(cString: gumbo_normalized_tagname(element.tag)) }
        var original = element.original_tag
        gumbo_tag_from_original_text(&original)
        guard let data = original.data else { return "" }
        return data.withMemoryRebound(to: UInt8.self, capacity: original.length) { bytes in
            String(decoding: UnsafeBufferPointer(start: bytes, count: original.length), as: UTF8.self).lowercased()
        }
    }
}

/// Counts tags without building anything: how deep they can nest, and how often open formatting could be repeated.
struct HTMLMeasure {
    private static let formatting: Set<String> = [
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
    ]
    private static let void: Set<String> = ["br", "img", "hr", "meta", "link", "input", "col", "area", "base", "wbr", "embed", "source"]
    private static let selfClosing: Set<String> = ["p", "li", "tr", "td", "th", "dt", "dd", "option", "tbody", "thead"]

    private var open: [String: Int] = [:]
    private var depth = 0
    private var deepest = 0
    private var formattingDepth = 0
    private var deepestFormatting = 0
    private var tags = 0
    private let size: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        size = bytes.count
        var index = 0
        while index + 1 < bytes.count {
            defer { index += 1 }
            guard bytes[index] == UInt8(ascii: "<") else { continue }
            let isEnd = bytes[index + 1] == UInt8(ascii: "/")
            let start = index + (isEnd ? 2 : 1)
            var end = start
            while end < bytes.count, end - start < 16, bytes[end].isLetter || bytes[end].isDigit { end += 1 }
            guard end > start else { continue }
            count(String(decoding: bytes[start..<end], as: UTF8.self).lowercased(), isEnd: isEnd)
        }
    }

    /// Deeper than any mail program writes, and far from the end of the smallest stack.
    var isBounded: Bool { size <= 8 << 20 && tags <= 500_000 && deepest <= 800 && deepestFormatting * tags <= 4_000_000 }

    private mutating func count(_ name: String, isEnd: Bool) {
        tags += 1
        if Self.void.contains(name) { return }
        let change = isEnd ? -1 : 1
        let current = open[name, default: 0]
        if isEnd && current == 0 { return }
        if !isEnd && Self.selfClosing.contains(name) && current >= 60 { return }
        open[name] = current + change
        depth += change
        deepest = max(deepest, depth)
        if Self.formatting.contains(name) { formattingDepth += change }
        deepestFormatting = max(deepestFormatting, formattingDepth)
    }
}
