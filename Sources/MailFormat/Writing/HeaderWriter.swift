/// Writes fields of a header: folded, in ASCII, with nothing in them that could end them.
enum HeaderWriter {
    /// RFC 5322 section 2.1.1 asks for no more.
    private static let longestLine = 78
    /// Of one encoded word (RFC 2047 section 2): 75, less `=?utf-8?B?` and `?=`.
    private static let bytesOfWord = 45

    /// A field of words that may stand on lines of their own.
    static func field(_ name: String, words: [String]) -> String {
        var lines = [plain(name) + ":"]
        for word in words {
            let last = lines[lines.count - 1]
            if last.utf8.count + 1 + word.utf8.count <= longestLine || last.hasSuffix(":") {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(" \(word)")
            }
        }
        return lines.joined(separator: "\r\n")
    }

    /// A field that is text for people. What is ASCII stays readable.
    static func field(_ name: String, text: String) -> String {
        let clean = plainText(text)
        guard needsEncoding(clean) else { return field(name, words: clean.split(separator: " ").map(String.init)) }
        return field(name, words: encodedWords(clean))
    }

    static func list(_ addresses: [MailAddress]) -> [String] {
        addresses.enumerated().map { index, each in address(each) + (index + 1 < addresses.count ? "," : "") }
    }

    static func address(_ address: MailAddress) -> String {
        let place = "<\(specified(address.address))>"
        let name = plainText(address.name)
        if name.isEmpty { return place }
        if needsEncoding(name) { return "\(encodedWords(name).joined(separator: " ")) \(place)" }
        return "\(quoted(name)) \(place)"
    }

    static func identifier(_ identifier: String) -> String { "<\(specified(identifier))>" }

    /// A parameter in both spellings: RFC 2231 for those who read it, and ASCII for the others.
    static func parameter(_ name: String, _ value: String) -> [String] {
        let clean = plainText(value)
        let simple = String(clean.unicodeScalars.map { $0.isASCII ? Character($0) : "_" })
        guard needsEncoding(clean) else { return ["\(name)=\(quoted(clean))"] }
        return ["\(name)=\(quoted(simple));", "\(name)*=utf-8''\(percentEncoded(clean))"]
    }

    static func mediaType(_ type: String) -> String {
        let parts = type.lowercased().split(separator: "/", omittingEmptySubsequences: false)
        let isType = parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isTokenByte) }
        return isType ? type.lowercased() : "application/octet-stream"
    }

    /// ASCII without control characters.
    static func plain(_ text: String) -> String {
        String(text.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }.map(Character.init))
    }

    /// On one line.
    private static func plainText(_ text: String) -> String {
        let spaced = text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) }
        return String(spaced).split(separator: " ").joined(separator: " ")
    }

    /// What stands between angle brackets: nothing that could close them.
    private static func specified(_ text: String) -> String {
        String(text.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F && !"<>".unicodeScalars.contains($0) }.map(Character.init))
    }

    /// What is not ASCII, what looks like an encoded word, and words that no line can hold.
    private static func needsEncoding(_ text: String) -> Bool {
        !text.utf8.allSatisfy { $0 < 0x80 } || text.contains("=?") || text.split(separator: " ").contains { $0.utf8.count > 70 }
    }

    /// Encoded words (RFC 2047), none of which cuts a character in two.
    private static func encodedWords(_ text: String) -> [String] {
        var (words, chunk) = ([String](), [UInt8]())
        for character in text.flatMap({ $0.utf8.count > bytesOfWord ? $0.unicodeScalars.map(String.init) : [String($0)] }) {
            if chunk.count + character.utf8.count > bytesOfWord {
                words.append(encodedWord(chunk))
                chunk = []
            }
            chunk += Array(character.utf8)
        }
        return chunk.isEmpty ? words : words + [encodedWord(chunk)]
    }

    private static func encodedWord(_ bytes: [UInt8]) -> String { "=?utf-8?B?\(Base64.text(of: bytes))?=" }

    private static func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    private static func percentEncoded(_ text: String) -> String {
        text.utf8.map { byte in
            isTokenByte(byte) && ![UInt8(ascii: "*"), UInt8(ascii: "'"), UInt8(ascii: "%")].contains(byte)
                ? String(UnicodeScalar(byte)) : "%" + hexadecimal(byte)
        }.joined()
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }

    /// RFC 2045 section 5.1.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && !"()<>@,;:\\\"/[]?=".utf8.contains(byte)
    }
}
