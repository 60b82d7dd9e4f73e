/// Bytes that mean one thing only: each field is preceded by its length, so that no two lists of fields look alike.
package struct CanonicalEncoder {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Eight bytes of length, most significant first, then UTF-8.
    package mutating func append(_ text: String) {
        append(Array(text.utf8))
    }

    package mutating func append(_ field: [UInt8]) {
        write(Int64(field.count))
        bytes.append(contentsOf: field)
    }

    /// −1 where a length would stand, so that no number looks like a text; then the number. Both are eight bytes, two's complement,
    /// most significant first.
    package mutating func append(_ number: Int64) {
        write(-1)
        write(number)
    }

    private mutating func write(_ number: Int64) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}

extension Sequence<UInt8> {
    /// Two lower-case digits a byte.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
