/// Parts a reply from its history and signature.
package enum ReplyTrimmer {
    /// Beyond so many lines a text is no reply by hand; what follows is left as it is.
    private static let longest = 20_000

    /// The parts of a plain text, whose lines end with LF.
    package static func parts(of text: String) -> ReplyText {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count <= longest else { return ReplyText(blocks: [ReplyText.Block(kind: .reply, text: text)]) }
        var parting = ReplyParting(lines)
        parting.part()
        return ReplyText(lines: lines, kinds: parting.kinds)
    }

    /// The parts of an HTML mail: what its program marks as quoted goes first, the rest is read as text.
    package static func parts(ofHTML html: String) -> ReplyText {
        guard let root = HTMLParser.tree(of: html) else { return parts(of: HTMLText.text(of: html)) }
        let (own, quoted) = HTMLQuotes.parted(root)
        let text = HTMLText.text(of: own)
        guard !quoted.isEmpty, !text.isEmpty else { return parts(of: HTMLText.text(of: root)) }
        let blocks = quoted.map { HTMLText.text(of: $0) }.filter { !$0.isEmpty }.map { ReplyText.Block(kind: .quoted, text: $0) }
        return ReplyText(blocks: parts(of: text).blocks + blocks)
    }

    /// The parts of a mail's text, or of its HTML if it has no other.
    package static func parts(of mail: Mail) -> ReplyText {
        if let text = mail.flowingText, !text.isBlank { return parts(of: text) }
        return mail.html.map { parts(ofHTML: $0) } ?? parts(of: mail.readableText)
    }
}
