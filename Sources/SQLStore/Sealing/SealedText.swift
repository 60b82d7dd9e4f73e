import Crypto
import DeskCore
import Foundation

/// Names a key in the database; random, so that no two transactions can mean different keys by one name.
struct KeyID: Hashable, Sendable {
    static let length = 11

    let text: String

    /// Eight bytes in Base64 for addresses (RFC 4648, section 5).
    static func random() -> KeyID {
        let bytes = SymmetricKey(size: .init(bitCount: 64)).withUnsafeBytes { Data($0) }
        let text = bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        return KeyID(text: text)
    }
}

/// A key with its name.
struct NamedKey: Sendable {
    let id: KeyID
    let key: SymmetricKey
}

/// Seals values with AES-256-GCM (NIST SP 800-38D). A sealed text is `~1.`, the key's name, a point, and in Base64 nonce, ciphertext and
/// tag; sealed bytes are the same without Base64. The beginning is authenticated with it.
enum Seal {
    private static let mark = "~1."
    private static let headLength = mark.utf8.count + KeyID.length + 1

    static func seal(_ text: String, with key: NamedKey, nonce: AES.GCM.Nonce = AES.GCM.Nonce()) throws(DeskError) -> String {
        guard !text.isEmpty else { return text }
        return try head(key.id) + sealed(Array(text.utf8), key, nonce).base64EncodedString()
    }

    /// The same text gives the same sealed text, so that it can be looked up and be unique: its nonce is a keyed digest of it, which
    /// tells whoever has the database which values are equal, and no more.
    /// - Parameter lookup: another key, for the digest.
    static func sealForLookup(_ text: String, with key: NamedKey, _ lookup: SymmetricKey) throws(DeskError) -> String {
        let digest = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: lookup)
        guard let nonce = try? AES.GCM.Nonce(data: Array(digest.prefix(12))) else { throw .notOpened }
        return try seal(text, with: key, nonce: nonce)
    }

    static func seal(_ bytes: [UInt8], with key: NamedKey) throws(DeskError) -> [UInt8] {
        try Array(head(key.id).utf8) + sealed(bytes, key, AES.GCM.Nonce())
    }

    /// - Throws: `storage_fault` for anything that this key did not seal.
    static func open(_ text: String, with key: NamedKey) throws(DeskError) -> String {
        guard !text.isEmpty else { return text }
        guard let data = Data(base64Encoded: String(text.utf8.dropFirst(headLength)) ?? "") else { throw .notOpened }
        return String(decoding: try opened(data, key), as: UTF8.self)
    }

    static func open(_ bytes: [UInt8], with key: NamedKey) throws(DeskError) -> [UInt8] {
        try [UInt8](opened(Data(bytes.dropFirst(headLength)), key))
    }

    /// - Returns: nil for what is not sealed.
    static func keyID(of text: String) -> KeyID? {
        guard text.hasPrefix(mark) else { return nil }
        let rest = text.utf8.dropFirst(mark.utf8.count)
        guard rest.dropFirst(KeyID.length).first == UInt8(ascii: "."), let id = String(rest.prefix(KeyID.length)) else { return nil }
        return KeyID(text: id)
    }

    static func keyID(of bytes: [UInt8]) -> KeyID? { keyID(of: String(decoding: bytes.prefix(headLength), as: UTF8.self)) }

    private static func head(_ id: KeyID) -> String { mark + id.text + "." }

    private static func sealed(_ bytes: [UInt8], _ key: NamedKey, _ nonce: AES.GCM.Nonce) throws(DeskError) -> Data {
        guard let box = try? AES.GCM.seal(bytes, using: key.key, nonce: nonce, authenticating: Array(head(key.id).utf8)),
            let combined = box.combined
        else { throw .notOpened }
        return combined
    }

    private static func opened(_ data: Data, _ key: NamedKey) throws(DeskError) -> Data {
        guard let box = try? AES.GCM.SealedBox(combined: data),
            let plain = try? AES.GCM.open(box, using: key.key, authenticating: Array(head(key.id).utf8))
        else { throw .notOpened }
        return plain
    }
}

extension DeskError {
    /// Neither the value nor the key is named: both would be secrets.
    static let notOpened = DeskError.storageFault("a sealed value can't be opened: it was changed, or its key is gone")
}
