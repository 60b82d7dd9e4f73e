/// A text parted into what somebody wrote now, what they quote, and how they sign. Nothing is deleted: the screen folds what is no
/// reply, and when in doubt everything is one.
package struct ReplyText: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case reply, quoted, signature
    }

    /// Lines one after the other that belong together.
    package struct Block: Sendable, Hashable {
        package let kind: Kind
        package let text: String
    }

    package let blocks: [Block]

    /// What was written now, without what is folded; empty only if the whole text is.
    package var reply: String {
        blocks.filter { $0.kind == .reply }.map(\.text).joined(separator: "\n").trimmed
    }

    init(lines: [Substring], kinds: [Kind]) {
        var blocks: [Block] = []
        var start = 0
        for index in lines.indices where index + 1 == lines.count || kinds[index + 1] != kinds[start] {
            blocks.append(Block(kind: kinds[start], text: lines[start...index].joined(separator: "\n")))
            start = index + 1
        }
        self.blocks = blocks
    }

    init(blocks: [Block]) { self.blocks = blocks }
}
