/// Message identifiers (RFC 5322 3.6.4), as programs write them: in angle brackets, among words, with commas, or bare.
enum MessageIdentifiers {
    /// The one of a Message-ID or Content-ID, without brackets; nil if there is nothing.
    static func single(in bytes: [UInt8]) -> String? {
        if let first = bracketed(in: bytes, atMost: 1).first { return first }
        let brackets: Set<UInt8> = [UInt8(ascii: "<"), UInt8(ascii: ">")]
        let bare = Charset.text(bytes.filter { !brackets.contains($0) }, declared: nil).trimmed
        return bare.isEmpty ? nil : bare
    }

    /// Those of In-Reply-To and References, each once for each time that it stands there. What is bare counts if it looks like one.
    static func all(in bytes: [UInt8]) -> [String] {
        let bracketed = bracketed(in: bytes, atMost: 1_000)
        if !bracketed.isEmpty { return bracketed }
        let words = bytes.split { $0.isBlank || ",<>".utf8.contains($0) }
        guard words.allSatisfy({ $0.contains(UInt8(ascii: "@")) }) else { return [] }
        return words.prefix(1_000).map { Charset.text(Array($0), declared: nil) }
    }

    private static func bracketed(in bytes: [UInt8], atMost limit: Int) -> [String] {
        var found: [String] = []
        var start: Int?
        for (index, byte) in bytes.enumerated() where found.count < limit {
            if byte == UInt8(ascii: "<") { start = index + 1 }
            guard byte == UInt8(ascii: ">"), let begin = start else { continue }
            let text = Charset.text(Array(bytes[begin..<index]), declared: nil).trimmed
            if !text.isEmpty { found.append(text) }
            start = nil
        }
        return found
    }
}
