/// The last resort for HTML that no parser should be given: tags go, words stay, in one pass.
enum HTMLStripping {
    static func text(of html: String) -> String {
        var text: [UInt8] = []
        var isTag = false
        var skipped: StaticString?
        let bytes = Array(html.utf8)
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "<") {
                let rest = bytes[index...].prefix(10)
                if skipped == nil { skipped = opening(rest) } else if closes(rest) { skipped = nil }
                isTag = true
                text.append(0x0A)
            } else if isTag {
                isTag = byte != UInt8(ascii: ">")
            } else if skipped == nil {
                text.append(byte)
            }
        }
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map(\.trimmed).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private static func opening(_ tag: ArraySlice<UInt8>) -> StaticString? {
        if tag.starts(withKeyword: "<script") { return "script" }
        return tag.starts(withKeyword: "<style") ? "style" : nil
    }

    private static func closes(_ tag: ArraySlice<UInt8>) -> Bool {
        tag.starts(withKeyword: "</script") || tag.starts(withKeyword: "</style")
    }
}
