import Foundation

/// A folder's name, as people read it and as IMAP before version 4rev2 writes it (modified UTF-7, RFC 3501 section 5.1.3).
enum FolderName {
    static func encoded(_ name: String) -> String {
        var (encoded, pending) = ("", [UInt16]())
        for scalar in name.unicodeScalars {
            if (0x20...0x7E).contains(scalar.value) {
                encoded += shift(&pending) + (scalar == "&" ? "&-" : String(scalar))
            } else {
                pending += Array(String(scalar).utf16)
            }
        }
        return encoded + shift(&pending)
    }

    /// What is not written as it should be is taken as it stands: newer servers send UTF-8.
    static func decoded(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        var (decoded, rest) = ("", text[...])
        while let start = rest.firstIndex(of: "&") {
            decoded += rest[..<start]
            guard let end = rest[start...].firstIndex(of: "-"), let word = unshifted(rest[rest.index(after: start)..<end]) else {
                return text
            }
            decoded += word
            rest = rest[rest.index(after: end)...]
        }
        return decoded + rest
    }

    private static func shift(_ units: inout [UInt16]) -> String {
        guard !units.isEmpty else { return "" }
        let bytes = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        units = []
        let base64 = Data(bytes).base64EncodedString().replacing("/", with: ",").replacing("=", with: "")
        return "&\(base64)-"
    }

    private static func unshifted(_ word: Substring) -> String? {
        guard !word.isEmpty else { return "&" }
        let base64 = String(word).replacing(",", with: "/")
        let padded = base64 + String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: padded), data.count.isMultiple(of: 2) else { return nil }
        let bytes = Array(data)
        let units = stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        return String(decoding: units, as: UTF16.self)
    }
}
