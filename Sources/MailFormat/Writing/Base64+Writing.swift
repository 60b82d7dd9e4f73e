extension Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    /// Bytes that make a line of 76 characters (RFC 2045 section 6.8).
    private static let bytesOfLine = 57

    static func text(of bytes: [UInt8]) -> String { String(decoding: encoded(bytes[...]), as: UTF8.self) }

    /// In lines that end with CR LF.
    static func lines(of bytes: [UInt8]) -> [UInt8] {
        var lines: [UInt8] = []
        lines.reserveCapacity(bytes.count / 57 * 78 + 80)
        for start in stride(from: 0, to: bytes.count, by: bytesOfLine) {
            lines += encoded(bytes[start..<min(start + bytesOfLine, bytes.count)]) + [0x0D, 0x0A]
        }
        return lines
    }

    private static func encoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.endIndex)]
            var bits: UInt32 = 0
            for index in 0..<3 { bits = bits << 8 | UInt32(index < group.count ? group[group.startIndex + index] : 0) }
            for index in 0..<4 {
                let isPadding = index > group.count
                text.append(isPadding ? UInt8(ascii: "=") : alphabet[Int(bits >> UInt32(18 - 6 * index) & 63)])
            }
        }
        return text
    }
}
