/// RFC 2045 section 6.7.
enum QuotedPrintable {
    private static let longestLine = 76
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// - Parameter text: lines end with LF or CR LF; they end with CR LF in what comes out.
    static func encoded(_ text: String) -> [UInt8] {
        var encoded: [UInt8] = []
        var lines = Array(text.utf8).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines {
            write(line.last == UInt8(ascii: "\r") ? line.dropLast() : line, to: &encoded)
            encoded += [0x0D, 0x0A]
        }
        return encoded
    }

    private static func write(_ line: ArraySlice<UInt8>, to encoded: inout [UInt8]) {
        var length = 0
        for (index, byte) in line.enumerated() {
            let isLast = index + 1 == line.count
            let token = token(byte, isFirst: index == 0, isLast: isLast)
            // Room is left for the sign that the line goes on.
            if length + token.count > longestLine - (isLast ? 0 : 1) {
                encoded += [UInt8(ascii: "="), 0x0D, 0x0A]
                length = 0
            }
            encoded += token
            length += token.count
        }
    }

    /// Written out: what is no visible ASCII, spaces at a line's end, and what servers take for their own at its beginning: a dot, and the
    /// "From " of mailbox files.
    private static func token(_ byte: UInt8, isFirst: Bool, isLast: Bool) -> [UInt8] {
        let isBlank = byte == 0x20 || byte == 0x09
        let isRisky = isFirst && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "F"))
        let isPlain = isBlank ? !isLast : (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") && !isRisky
        return isPlain ? [byte] : [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
