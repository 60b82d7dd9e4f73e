import Crypto
package import DeskCore
package import Foundation

/// Seals files outside of the database, each under a key of its own content: who does not know a file's digest, which stands sealed
/// with the message that names it, can't open it, and can't even tell its name.
package struct FileSeal: Sendable {
    private static let mark = Array("contesta file 1\n".utf8)

    private let key: SymmetricKey

    init(_ key: SymmetricKey) { self.key = key }

    /// The name that a file has in its folder: 64 hexadecimal digits.
    /// - Parameter blob: the content's SHA-256 in lower-case hexadecimal.
    package func name(of blob: String) -> String {
        Array(HMAC<SHA256>.authenticationCode(for: Array("name \(blob)".utf8), using: key)).hexadecimal
    }

    /// - Throws: `storage_fault` when it can't be sealed.
    package func seal(_ bytes: [UInt8], of blob: String) throws(DeskError) -> [UInt8] {
        guard let box = try? AES.GCM.seal(bytes, using: contentKey(blob), authenticating: Self.mark) else { throw .notOpened }
        // Files are large: what they are made of is put together once.
        var sealed = Self.mark
        sealed.reserveCapacity(sealed.count + box.ciphertext.count + 28)
        sealed += box.nonce
        sealed += box.ciphertext
        sealed += box.tag
        return sealed
    }

    /// - Throws: `storage_fault` for what was changed, or is no sealed file.
    package func open(_ sealed: Data, of blob: String) throws(DeskError) -> [UInt8] {
        guard Self.isSealed(sealed), let box = try? AES.GCM.SealedBox(combined: sealed.dropFirst(Self.mark.count)),
            let plain = try? AES.GCM.open(box, using: contentKey(blob), authenticating: Self.mark)
        else { throw .notOpened }
        return [UInt8](plain)
    }

    package static func isSealed(_ bytes: Data) -> Bool { bytes.starts(with: mark) }

    private func contentKey(_ blob: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Array("content \(blob)".utf8), outputByteCount: 32)
    }
}

extension SQLStorage {
    /// What seals the desk's files. Made with the desk's own key when there is none yet.
    /// - Throws: `master_key_wrong` when the database is sealed with another master key.
    package func fileSeal() async throws -> FileSeal {
        FileSeal(try await writeSealed { try $0.installationKey() }.key)
    }

    /// Puts another master key in place of the one that is in use, in one transaction. Nobody else may work on the database meanwhile,
    /// and this storage is of no more use afterwards.
    /// - Returns: how many keys were wrapped anew.
    /// - Throws: `master_key_wrong`.
    package func rotate(to master: MasterKey) async throws -> Int {
        try await writeSealed { try $0.rewrap(under: master) }
    }
}
