/// Addresses of our own pages with their query.
enum QueryString {
    /// `path` with those pairs that have a value, percent-encoded (RFC 3986 section 2.1; everything but unreserved characters).
    static func path(_ path: String, _ pairs: [(name: String, value: String?)]) -> String {
        let query = pairs.compactMap { pair in pair.value.map { "\(encode(pair.name))=\(encode($0))" } }
        return query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))"
    }

    static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.append(byte)
            default:
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
