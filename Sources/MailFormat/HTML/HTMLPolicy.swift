/// What may be shown of a stranger's HTML. There is nothing here that loads, runs, submits or leaves its place.
enum HTMLPolicy {
    static let elements: Set<String> = [
        "a", "abbr", "acronym", "address", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
        "colgroup", "dd",
        "del", "dfn", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "ol", "p",
        "pre", "q",
        "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u",
        "ul", "var",
    ]

    /// Go with all that is in them: no words for readers, or words that a browser reads by rules of their own.
    static let dropped: Set<String> = [
        "applet", "audio", "base", "canvas", "embed", "frame", "frameset", "head", "iframe", "input", "link", "listing", "math", "meta",
        "noembed",
        "noframes", "noscript", "object", "param", "plaintext", "script", "select", "source", "style", "svg", "template", "textarea",
        "title", "track",
        "video", "xmp",
    ]

    private static let everywhere: Set<String> = ["dir", "lang", "align", "valign", "title"]

    private static let byElement: [String: Set<String>] = [
        "img": ["alt", "width", "height"],
        "table": ["width", "height", "border", "cellpadding", "cellspacing", "bgcolor"],
        "td": ["width", "height", "colspan", "rowspan", "bgcolor", "nowrap"],
        "th": ["width", "height", "colspan", "rowspan", "bgcolor", "nowrap", "scope"],
        "tr": ["bgcolor", "height"],
        "col": ["width", "span"], "colgroup": ["width", "span"],
        "font": ["color", "face", "size"],
        "ol": ["start", "type", "reversed"], "ul": ["type"], "li": ["value", "type"],
        "hr": ["width", "size", "color"],
    ]

    static func isAllowed(_ attribute: String, in element: String) -> Bool {
        everywhere.contains(attribute) || byElement[element]?.contains(attribute) == true
    }
}

/// The declarations of a `style` attribute that only change how words look.
enum StyleFilter {
    private static let properties: Set<String> = [
        "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left", "border-radius", "border-right",
        "border-spacing", "border-style", "border-top", "border-width", "color", "direction", "font", "font-family", "font-size",
        "font-style",
        "font-variant", "font-weight", "height", "letter-spacing", "line-height", "list-style-type", "margin", "margin-bottom",
        "margin-left",
        "margin-right", "margin-top", "max-width", "min-width", "padding", "padding-bottom", "padding-left", "padding-right", "padding-top",
        "text-align", "text-decoration", "text-indent", "text-transform", "vertical-align", "white-space", "width", "word-break",
        "word-wrap",
    ]

    private static let functions = ["rgb(", "rgba(", "hsl(", "hsla("]

    /// Nil if nothing is left.
    static func allowed(_ style: String) -> String? {
        let kept = style.prefix(8_000).split(separator: ";").compactMap { declaration -> String? in
            guard let colon = declaration.firstIndex(of: ":") else { return nil }
            let property = declaration[..<colon].trimmed.lowercased()
            let value = declaration[declaration.index(after: colon)...].trimmed
            return properties.contains(property) && isPlain(value) ? "\(property): \(value)" : nil
        }
        return kept.isEmpty ? nil : kept.joined(separator: "; ")
    }

    /// Numbers, words, quoted names and colours; nothing that a browser would look up or compute.
    private static func isPlain(_ value: Substring) -> Bool {
        let isPlain = value.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", " ", "#", "%", ".", ",", "(", ")", "'", "\"", "+", "-", "!": true
            default: false
            }
        }
        guard isPlain, !value.isEmpty, value.count <= 200 else { return false }
        guard value.contains("(") else { return !value.contains(")") }
        let lowered = value.lowercased()
        return functions.contains { lowered.hasPrefix($0) } && lowered.count { $0 == "(" } == 1 && lowered.hasSuffix(")")
    }
}

extension String {
    /// Without characters below the space, which browsers skip when they read an address.
    var withoutControls: String {
        guard utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    }
}
