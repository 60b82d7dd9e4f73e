import Crypto
package import DeskCore
import Foundation

/// The key that wraps all others. It is never in the database: whoever has the database without it has ciphertext.
package struct MasterKey: Sendable {
    package static let length = 32

    let key: SymmetricKey
    /// Says which key this is, and nothing about it: sixteen hexadecimal digits.
    package let id: String

    /// - Throws: `master_key_unusable` unless there are 32 bytes.
    package init(_ bytes: [UInt8]) throws(DeskError) {
        guard bytes.count == Self.length else {
            throw .masterKeyUnusable("it has \(bytes.count) bytes, and needs \(Self.length)")
        }
        key = SymmetricKey(data: bytes)
        let name = HMAC<SHA256>.authenticationCode(for: Array("contesta master key".utf8), using: key)
        id = Array(name.prefix(8)).hexadecimal
    }

    /// Reads the form in which people keep it: Base64 or 64 hexadecimal digits, with any space around it.
    /// - Throws: `master_key_unusable`, without a word of what was read.
    package init(text: Secret) throws(DeskError) {
        let words = text.exposed().filter { !$0.isWhitespace }
        if words.utf8.count == 2 * Self.length, let bytes = [UInt8](hexadecimal: words.lowercased()) {
            try self.init(bytes)
        } else {
            guard let data = Data(base64Encoded: words) else { throw .masterKeyUnusable("it is neither Base64 nor hexadecimal") }
            try self.init([UInt8](data))
        }
    }

    /// A new one.
    /// - Returns: the key, and its form in Base64 to be kept.
    package static func make() throws(DeskError) -> (key: MasterKey, text: Secret) {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { [UInt8]($0) }
        return (try MasterKey(bytes), Secret(Data(bytes).base64EncodedString()))
    }

    /// The key for a purpose of its own, outside of the database.
    func derived(for purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Array("contesta \(purpose)".utf8), outputByteCount: Self.length)
    }
}

extension DeskError.Code {
    package static let masterKeyUnusable = Self("master_key_unusable")
    package static let masterKeyWrong = Self("master_key_wrong")
}

extension DeskError {
    package static func masterKeyUnusable(_ reason: String) -> DeskError {
        DeskError(
            .masterKeyUnusable,
            message: "The master key can't be used: \(reason). Nothing was started and nothing was touched. Give the 32 bytes that "
                + "`contesta keys new` writes, in CONTESTA_MASTER_KEY, in a file, or by a command.")
    }

    static func masterKeyWrong(_ given: String, needed: String) -> DeskError {
        DeskError(
            .masterKeyWrong,
            message: "This database is sealed with the master key \(needed); the one that was given is \(given). Nothing was started and "
                + "nothing was touched. Give the right one; without it nobody can read what people wrote.")
    }
}
