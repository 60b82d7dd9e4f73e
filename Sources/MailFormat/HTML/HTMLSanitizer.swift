/// HTML of strangers made safe to show in a frame without scripts: parsed as browsers do, rebuilt from what is allowed, written anew.
/// What is not known to be harmless is not there.
package struct SanitizedHTML: Sendable, Hashable {
    /// What may stand in the frame's body. Doing it twice gives the same.
    package let html: String
    /// How many pictures from elsewhere were left out, which would tell the sender who reads when and where.
    package let blockedImages: Int
}

/// Makes a mail's HTML safe.
package struct HTMLSanitizer: Sendable {
    private let showsRemoteImages: Bool
    private let inlineImages: [String: String]

    /// - Parameters:
    ///   - showsRemoteImages: Whether somebody asked to see pictures from elsewhere.
    ///   - inlineImages: Addresses of the mail's own pictures by their content id; pictures of other ids are left out.
    package init(showsRemoteImages: Bool = false, inlineImages: [String: String] = [:]) {
        self.showsRemoteImages = showsRemoteImages
        self.inlineImages = inlineImages
    }

    /// Some trees change when they are written and read again, which is how filters are outwitted. So it is repeated until nothing
    /// changes; what never settles is shown as text.
    package func sanitized(_ html: String) -> SanitizedHTML {
        guard var tree = HTMLParser.tree(of: html) else { return asText(html) }
        var cleaning = HTMLCleaning(showsRemoteImages: showsRemoteImages)
        var written = HTMLWriter.html(of: cleaning.clean(tree))
        let blocked = cleaning.blockedImages
        for _ in 0..<Self.mostRounds {
            guard let again = HTMLParser.tree(of: written) else { break }
            tree = again
            let settled = cleaning.clean(tree)
            let rewritten = HTMLWriter.html(of: settled)
            if rewritten == written {
                var inlining = InlineImageWriting(addresses: inlineImages)
                return SanitizedHTML(html: HTMLWriter.html(of: settled.map { inlining.filled($0) }), blockedImages: blocked)
            }
            written = rewritten
        }
        return asText(html)
    }

    private static let mostRounds = 6

    private func asText(_ html: String) -> SanitizedHTML {
        let text = HTMLNode.text(HTMLText.text(of: html))
        return SanitizedHTML(
            html: HTMLWriter.html(of: [.element(HTMLElement(name: "pre", attributes: [], children: [text]))]), blockedImages: 0)
    }
}

/// Puts the mail's own pictures where it names them, and no more of them than a browser can bear: one picture may be named very often.
private struct InlineImageWriting {
    let addresses: [String: String]
    private var left = 2 * InlineImages.mostBytes

    init(addresses: [String: String]) { self.addresses = addresses }

    mutating func filled(_ node: HTMLNode) -> HTMLNode {
        guard case .element(var element) = node else { return node }
        let attributes = element.attributes.compactMap { attribute -> (name: String, value: String)? in
            guard attribute.name == "src", attribute.value.lowercased().hasPrefix("cid:") else { return attribute }
            return address(String(attribute.value.dropFirst(4))).map { ("src", $0) }
        }
        for index in element.children.indices { element.children[index] = filled(element.children[index]) }
        return .element(HTMLElement(name: element.name, attributes: attributes, children: element.children))
    }

    /// - Parameter id: as an address writes it, perhaps with signs in hexadecimal (RFC 2392).
    private mutating func address(_ id: String) -> String? {
        guard let address = addresses[id] ?? addresses[id.withoutPercents], address.utf8.count <= left else { return nil }
        left -= address.utf8.count
        return address
    }
}

extension String {
    /// With the bytes that `%` and two digits stand for.
    fileprivate var withoutPercents: String {
        var bytes: [UInt8] = []
        var rest = Substring(self).utf8
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(rest.prefix(2)) ?? "", radix: 16), rest.count >= 2 {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Goes through a tree once and keeps what is allowed.
struct HTMLCleaning {
    let showsRemoteImages: Bool
    private(set) var blockedImages = 0

    init(showsRemoteImages: Bool) { self.showsRemoteImages = showsRemoteImages }

    /// The children that may stay, of an element that itself stays outside.
    mutating func clean(_ element: HTMLElement) -> [HTMLNode] {
        element.children.flatMap { child -> [HTMLNode] in
            switch child {
            case .text(let text): [.text(text)]
            case .element(let element): kept(element)
            }
        }
    }

    /// Elements that say nothing to anybody leave their words; those whose words were never meant to be read go whole.
    private mutating func kept(_ element: HTMLElement) -> [HTMLNode] {
        if HTMLPolicy.dropped.contains(element.name) || element.classes.contains(Self.label) { return [] }
        let children = clean(element)
        guard HTMLPolicy.elements.contains(element.name) else { return children }
        let kept = HTMLElement(name: element.name, attributes: attributes(of: element), children: children)
        return [.element(kept)] + [Self.label(beside: kept)].compactMap(\.self)
    }

    private static let label: Substring = "leads-to"

    /// Where a link leads, in words after it. No mail can write one itself, since it keeps no class of its own.
    private static func label(beside link: HTMLElement) -> HTMLNode? {
        guard link.name == "a", let address = link.attribute("href") else { return nil }
        let words = HTMLText.text(of: link.withoutAddress).collapsed
        guard !words.isEmpty, let (text, contradicts) = LinkTarget(address)?.label(beside: words) else { return nil }
        let style = contradicts ? "\(label) \(label)--elsewhere" : String(label)
        return .element(HTMLElement(name: "span", attributes: [("class", style)], children: [.text("(\(text))")]))
    }

    private mutating func attributes(of element: HTMLElement) -> [(name: String, value: String)] {
        var kept: [(name: String, value: String)] = []
        for (name, value) in element.attributes where !kept.contains(where: { $0.name == name }) {
            if let value = allowed(name, value, in: element.name) { kept.append((name, value)) }
        }
        guard element.name == "a", let target = kept.first(where: { $0.name == "href" })?.value else { return kept }
        let others = kept.filter { !["target", "rel", "title"].contains($0.name) }
        return others + [("title", target), ("target", "_blank"), ("rel", "noopener noreferrer nofollow")]
    }

    private mutating func allowed(_ name: String, _ value: String, in element: String) -> String? {
        switch (element, name) {
        case ("a", "href"): return LinkTarget(value)?.address
        case ("img", "src"): return image(value)
        case (_, "style"): return StyleFilter.allowed(value)
        case ("a", "title"), ("a", "target"), ("a", "rel"): return nil
        default: return HTMLPolicy.isAllowed(name, in: element) ? value.withoutControls : nil
        }
    }

    private mutating func image(_ value: String) -> String? {
        let address = value.withoutControls.trimmed
        let scheme = address.prefix { $0 != ":" }.lowercased()
        if scheme == "cid" { return address }
        guard scheme == "https" || scheme == "http", let target = LinkTarget(address), target.isPublic else { return nil }
        if !showsRemoteImages { blockedImages += 1 }
        // In the clear, everybody on the way would see who reads what.
        return showsRemoteImages ? "https" + target.address.dropFirst(scheme.count) : nil
    }
}

extension HTMLElement {
    /// The same words without where they lead.
    fileprivate var withoutAddress: HTMLElement { HTMLElement(name: "span", attributes: [], children: children) }
}
