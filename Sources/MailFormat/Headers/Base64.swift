/// Base64 as mails have it: other characters are skipped, and padding may be missing.
enum Base64 {
    /// An encoded word's: padding may stand in the middle too, where words were joined.
    static func decode(_ text: some Sequence<UInt8>) -> [UInt8] {
        var decoder = Base64Decoder()
        for byte in text {
            if byte == UInt8(ascii: "=") { decoder.finish() } else { decoder.take(byte) }
        }
        decoder.finish()
        return decoder.decoded
    }

    /// A part's: behind the padding only lines count that are nothing but base64. Lists put their words there.
    static func decodeBody(_ text: UnsafeRawBufferPointer) -> [UInt8] {
        var decoder = Base64Decoder()
        decoder.decoded.reserveCapacity(text.count / 4 * 3 + 3)
        let padding = text.firstIndex(of: UInt8(ascii: "=")) ?? text.endIndex
        for byte in text[..<padding] { decoder.take(byte) }
        decoder.finish()
        for line in Array(text[padding...].drop { $0 == UInt8(ascii: "=") }).lines {
            let content = line.trimmingWhitespace
            guard content.count % 4 == 0, content.dropLast(2).allSatisfy({ Base64Decoder.values[Int($0)] != 0xFF }) else { break }
            decoder.decoded += decode(content)
        }
        return decoder.decoded
    }
}

/// Puts four characters together to three bytes.
private struct Base64Decoder {
    var decoded: [UInt8] = []
    private var bits: UInt32 = 0
    private var count = 0

    /// At hand for each byte without asking whether they are made yet.
    private let values = Base64Decoder.values

    /// The worth of each byte as a character of base64, the alphabet of addresses too; 0xFF for all others.
    static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
            values[Int(byte)] = UInt8(value)
        }
        values[Int(UInt8(ascii: "-"))] = 62
        values[Int(UInt8(ascii: "_"))] = 63
        return values
    }()

    mutating func take(_ byte: UInt8) {
        let value = values[Int(byte)]
        guard value != 0xFF else { return }
        bits = bits << 6 | UInt32(value)
        count += 1
        guard count == 4 else { return }
        decoded.append(UInt8(truncatingIfNeeded: bits >> 16))
        decoded.append(UInt8(truncatingIfNeeded: bits >> 8))
        decoded.append(UInt8(truncatingIfNeeded: bits))
        count = 0
    }

    /// Writes what the characters since the last four say, padded or not.
    mutating func finish() {
        if count == 3 { decoded.append(UInt8(truncatingIfNeeded: bits >> 10)) }
        if count == 3 { decoded.append(UInt8(truncatingIfNeeded: bits >> 2)) }
        if count == 2 { decoded.append(UInt8(truncatingIfNeeded: bits >> 4)) }
        count = 0
    }
}
