/// Header text with encoded words (RFC 2047), read as leniently as mail programs do: words within words and within quotes, spaces
/// inside a word, a character cut in two by two words of one charset, and bytes beyond ASCII beside them.
enum EncodedWords {
    static func decode(_ bytes: [UInt8]) -> String {
        var text = ""
        for piece in merged(pieces(of: bytes)) {
            switch piece {
            case .plain(let bytes): text += Charset.text(bytes, declared: nil)
            case .word(let charset, let bytes): text += Charset.text(bytes, declared: charset)
            }
        }
        return text.withoutLineBreaks
    }

    private enum Piece {
        case plain([UInt8])
        case word(charset: String, [UInt8])
    }

    private static func pieces(of bytes: [UInt8]) -> [Piece] {
        var pieces: [Piece] = []
        var plainStart = 0
        var index = 0
        while let start = bytes.firstIndex(of: "=?", from: index) {
            guard let (word, end) = word(in: bytes, at: start) else {
                index = start + 2
                continue
            }
            if start > plainStart { pieces.append(.plain(Array(bytes[plainStart..<start]))) }
            pieces.append(word)
            index = end
            plainStart = end
        }
        if plainStart < bytes.count { pieces.append(.plain(Array(bytes[plainStart...]))) }
        return pieces
    }

    /// RFC 2047 allows 75; programs write whole subjects into one.
    private static let longest = 4_096

    /// The encoded word that begins at an index, and where it ends.
    private static func word(in bytes: [UInt8], at start: Int) -> (Piece, Int)? {
        let question = UInt8(ascii: "?")
        guard let charsetEnd = bytes[(start + 2)...].prefix(80).firstIndex(of: question), charsetEnd + 2 < bytes.count,
            bytes[charsetEnd + 2] == question, let end = bytes.firstIndex(of: "?=", from: charsetEnd + 3, within: longest)
        else { return nil }
        let content = bytes[(charsetEnd + 3)..<end]
        let name = bytes[(start + 2)..<charsetEnd].keyword
        let charset = String(name.prefix { $0 != "*" })
        switch bytes[charsetEnd + 1] | 0x20 {
        case UInt8(ascii: "b"): return (.word(charset: charset, Base64.decode(content)), end + 2)
        case UInt8(ascii: "q"): return (.word(charset: charset, quotedPrintable(content)), end + 2)
        default: return nil
        }
    }

    private static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "="), index + 2 < bytes.endIndex, let high = bytes[index + 1].hexadecimalValue,
                let low = bytes[index + 2].hexadecimalValue
            {
                decoded.append(high << 4 | low)
                index += 3
                continue
            }
            decoded.append(byte == UInt8(ascii: "_") ? 0x20 : byte)
            index += 1
        }
        return decoded
    }

    /// White space between two words is none, and bytes of one charset belong together even across words.
    private static func merged(_ pieces: [Piece]) -> [Piece] {
        var merged: [Piece] = []
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .plain(let bytes):
                if index > 0, index + 1 < pieces.count, bytes.allSatisfy(\.isBlank) { continue }
                merged.append(piece)
            case .word(let charset, let bytes):
                if case .word(let previous, let begun) = merged.last, previous == charset {
                    merged[merged.count - 1] = .word(charset: charset, begun + bytes)
                } else {
                    merged.append(piece)
                }
            }
        }
        return merged
    }
}

extension String {
    /// On one line, whatever an encoded word brings: a header's text is shown in lists and copied into new headers.
    fileprivate var withoutLineBreaks: String {
        guard unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" || $0 == "\0" }) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.compactMap { $0 == "\0" ? nil : $0 == "\n" || $0 == "\r" ? " " : $0 }))
    }
}
