import Crypto
import Foundation

/// The SHA-256 that Meta states of a file: base64 in webhooks, hexadecimal in answers to a media query.
package enum MediaDigest {
    /// Whether the bytes have the stated digest. A statement that is no SHA-256 in either spelling can't be checked and passes.
    package static func matches(_ stated: String, bytes: [UInt8]) -> Bool {
        guard let expected = decoded(stated) else { return true }
        return Array(SHA256.hash(data: bytes)) == expected
    }

    private static func decoded(_ stated: String) -> [UInt8]? {
        if let bytes = Hexadecimal.bytes(ofLowerCase: Array(stated.lowercased().utf8), count: SHA256.byteCount) { return bytes }
        guard let data = Data(base64Encoded: stated), data.count == SHA256.byteCount else { return nil }
        return Array(data)
    }
}
