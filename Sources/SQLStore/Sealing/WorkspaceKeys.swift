import Crypto
import DeskCore

/// The keys of one workspace, all from the one that is stored.
struct WorkspaceKeys: Sendable {
    /// Seals what belongs to the workspace and to none of its conversations.
    let seal: NamedKey
    /// Wraps the keys of its contacts and conversations.
    let wrap: SymmetricKey
    /// For digests and nonces that say which values are equal.
    let lookup: SymmetricKey
    let words: WordCipher

    init(_ root: NamedKey) {
        seal = NamedKey(id: root.id, key: Self.derive(root, "seal"))
        wrap = Self.derive(root, "wrap")
        lookup = Self.derive(root, "lookup")
        words = WordCipher(Self.derive(root, "words"))
    }

    private static func derive(_ root: NamedKey, _ purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: root.key, info: Array("contesta \(purpose)".utf8), outputByteCount: 32)
    }

    /// Equal for equal texts, and can be opened.
    func sealForLookup(_ text: String) throws(DeskError) -> String { try Seal.sealForLookup(text, with: seal, lookup) }

    static let digestLength = 65

    /// Equal for equal texts, and nothing can be learnt from it without the key.
    func digest(of text: String) -> String {
        "~" + Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: lookup)).hexadecimal
    }
}

/// A key under another one (AES-256-GCM; the name is authenticated with it).
enum WrappedKey {
    static func wrap(_ key: NamedKey, under other: SymmetricKey) throws(DeskError) -> [UInt8] {
        let bytes = key.key.withUnsafeBytes { [UInt8]($0) }
        guard let box = try? AES.GCM.seal(bytes, using: other, authenticating: Array(key.id.text.utf8)), let combined = box.combined
        else { throw .notOpened }
        return [UInt8](combined)
    }

    static func open(_ wrapped: [UInt8], named id: KeyID, under other: SymmetricKey) throws(DeskError) -> NamedKey {
        guard let box = try? AES.GCM.SealedBox(combined: wrapped),
            let bytes = try? AES.GCM.open(box, using: other, authenticating: Array(id.text.utf8))
        else { throw .notOpened }
        return NamedKey(id: id, key: SymmetricKey(data: bytes))
    }
}
