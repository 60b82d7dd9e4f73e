/// What a mail program does not show.
enum HTMLVisibility {
    private static let never: Set<String> = [
        "audio", "base", "canvas", "embed", "frame", "frameset", "head", "iframe", "link", "map", "math", "meta", "noembed", "noframes",
        "object", "param", "script", "style", "svg", "template", "title", "video",
    ]

    static func isHidden(_ element: HTMLElement) -> Bool {
        if never.contains(element.name) || element.attribute("hidden") != nil { return true }
        if element.name == "input" { return true }
        return hides(element.compactStyle) || isPixel(element)
    }

    /// The ways in which senders hide the words that only a list of mails is to show.
    private static func hides(_ style: String) -> Bool {
        guard !style.isEmpty else { return false }
        let declarations = Set(style.split(separator: ";").map { $0.replacingSuffix("!important") })
        if declarations.contains("display:none") || declarations.contains("visibility:hidden") || declarations.contains("mso-hide:all") {
            return true
        }
        let isSmall =
            declarations.contains("max-height:0") || declarations.contains("max-height:0px") || declarations.contains("height:0px")
        return isSmall && declarations.contains("overflow:hidden")
    }

    /// Pictures that only count readers.
    private static func isPixel(_ element: HTMLElement) -> Bool {
        guard element.name == "img" else { return false }
        let sizes: [String?] = [element.attribute("width"), element.attribute("height")]
        return sizes.allSatisfy { ["0", "1", "0px", "1px"].contains($0) }
    }
}

extension Substring {
    fileprivate func replacingSuffix(_ suffix: String) -> String { String(hasSuffix(suffix) ? dropLast(suffix.count) : self) }
}
