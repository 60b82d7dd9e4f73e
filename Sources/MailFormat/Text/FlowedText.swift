/// Text whose lines may be joined again (RFC 3676, `format=flowed`): a line that ends in a space goes on in the next one of the same
/// depth of quotation.
package enum FlowedText {
    /// - Parameter deletesSpace: Whether the space at the end goes as well (`DelSp=yes`).
    package static func joined(_ text: String, deletesSpace: Bool) -> String {
        var paragraphs: [(depth: Int, text: String)] = []
        var isOpen = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let depth = line.prefix { $0 == ">" }.count
            var content = line.dropFirst(depth)
            if content.first == " " { content = content.dropFirst() }
            let isSignature = content == "-- "
            let isSoft = content.last == " " && !isSignature
            if isSoft && deletesSpace { content = content.dropLast() }
            if isOpen, !isSignature, let last = paragraphs.last, last.depth == depth {
                paragraphs[paragraphs.count - 1].text += content
            } else {
                paragraphs.append((depth, String(content)))
            }
            isOpen = isSoft
        }
        return paragraphs.map { paragraph in
            paragraph.depth == 0 ? paragraph.text : String(repeating: ">", count: paragraph.depth) + " " + paragraph.text
        }.joined(separator: "\n")
    }
}

extension Mail {
    /// The text as its writer meant its lines: `text` with flowed lines joined; nil if the mail has no text.
    package var flowingText: String? {
        guard let text else { return nil }
        let own = parts.filter { $0.role == .text }
        guard own.count == 1, own[0].parameter("format")?.lowercased() == "flowed" else { return text }
        return FlowedText.joined(text, deletesSpace: own[0].parameter("delsp")?.lowercased() == "yes")
    }

    /// What a person reads: the text, or else what the HTML shows, or else what strays in it; empty if the mail has none of them.
    package var readableText: String {
        if let text = flowingText, !text.isBlank { return text }
        return html.map { HTMLText.text(of: $0) } ?? strayText ?? ""
    }
}
