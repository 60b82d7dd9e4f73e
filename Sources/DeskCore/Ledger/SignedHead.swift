import Crypto

/// What a ledger was at a moment: how many entries, the root of the Merkle tree over them, and the hash of the last. Kept outside, it
/// proves that nothing of all that changed afterwards.
///
/// Its text is a checkpoint of the C2SP specification `tlog-checkpoint`: origin, tree size and root hash, then two lines of our own,
/// `chain` with the hash of the last entry in hexadecimal and `time` with microseconds since 1970.
package struct LedgerCheckpoint: Hashable, Sendable {
    private static let originPrefix = "contesta.ledger/"

    package let workspace: Workspace.ID
    package let size: Int64
    package let root: MerkleHash
    /// The chain hash of entry number `size`.
    package let chainHash: String
    package let at: Instant

    package init(workspace: Workspace.ID, size: Int64, root: MerkleHash, chainHash: String, at: Instant) {
        self.workspace = workspace
        self.size = size
        self.root = root
        self.chainHash = chainHash
        self.at = at
    }

    /// The name under which a workspace's ledger signs.
    package static func origin(of workspace: Workspace.ID) -> String { originPrefix + workspace.text }

    /// What is signed; ends with a line feed.
    package var text: String {
        """
        \(Self.origin(of: workspace))
        \(size)
        \(Base64.encode(root.bytes))
        chain \(chainHash)
        time \(at.microseconds)

        """
    }

    /// - Returns: nil for anything but the exact text of a checkpoint.
    package init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 6, lines[0].hasPrefix(Self.originPrefix), let size = Int64(lines[1]),
            let root = Base64.decode(lines[2]).flatMap({ MerkleHash($0) }), lines[3].hasPrefix("chain "), lines[4].hasPrefix("time "),
            let microseconds = Int64(lines[4].dropFirst("time ".count))
        else { return nil }
        self.init(
            workspace: Workspace.ID(String(lines[0].dropFirst(Self.originPrefix.count))), size: size, root: root,
            chainHash: String(lines[3].dropFirst("chain ".count)), at: Instant(microseconds: microseconds))
        guard self.text == text, size > 0 else { return nil }
    }
}

/// A checkpoint with its signature: a note of the C2SP specification `signed-note`.
package struct SignedHead: Hashable, Sendable {
    private static let dash = "\u{2014}"

    package let checkpoint: LedgerCheckpoint
    /// The four bytes that say which key signed, in hexadecimal.
    package let keyID: String
    /// Ed25519 (RFC 8032) over the checkpoint's text.
    package let signature: [UInt8]

    package init(checkpoint: LedgerCheckpoint, keyID: String, signature: [UInt8]) {
        self.checkpoint = checkpoint
        self.keyID = keyID
        self.signature = signature
    }

    /// The text, an empty line, and the signature's line.
    package var note: String {
        let signed = ([UInt8](hexadecimal: keyID) ?? []) + signature
        let name = LedgerCheckpoint.origin(of: checkpoint.workspace)
        return "\(checkpoint.text)\n\(Self.dash) \(name) \(Base64.encode(signed))\n"
    }

    /// - Returns: nil for anything but exactly one checkpoint with one signature of its own ledger.
    package init?(note: String) {
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 8, lines[5].isEmpty, lines[7].isEmpty,
            let checkpoint = LedgerCheckpoint(text: lines[0...4].joined(separator: "\n") + "\n")
        else { return nil }
        let words = lines[6].split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[0] == Self.dash, words[1] == LedgerCheckpoint.origin(of: checkpoint.workspace),
            let signed = Base64.decode(words[2]), signed.count == 4 + 64
        else { return nil }
        self.init(checkpoint: checkpoint, keyID: signed.prefix(4).hexadecimal, signature: Array(signed.dropFirst(4)))
        guard self.note == note else { return nil }
    }

    /// Whether the key signed this very checkpoint.
    package func isSigned(by key: LedgerKey) -> Bool {
        // Bytes that are no key have signed nothing.
        guard key.workspace == checkpoint.workspace, key.id == keyID,
            let publicKey = try? Curve25519.Signing.PublicKey(rawRepresentation: key.bytes)
        else { return false }
        return publicKey.isValidSignature(signature, for: Array(checkpoint.text.utf8))
    }
}

/// The public half of the key by which a workspace's heads are signed.
///
/// Its text is a verifier key as signed notes have it: name, key id in hexadecimal, and base 64 of 0x01 (for Ed25519) and the key's 32
/// bytes, joined by plus signs. The key id is the beginning of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key).
package struct LedgerKey: Hashable, Sendable {
    private static let algorithm: UInt8 = 1

    package let workspace: Workspace.ID
    /// 32 bytes.
    package let bytes: [UInt8]

    package init(workspace: Workspace.ID, bytes: [UInt8]) {
        self.workspace = workspace
        self.bytes = bytes
    }

    private var name: String { LedgerCheckpoint.origin(of: workspace) }

    package var id: String {
        SHA256.hash(data: Array("\(name)\n".utf8) + [Self.algorithm] + bytes).prefix(4).hexadecimal
    }

    package var text: String { "\(name)+\(id)+\(Base64.encode([Self.algorithm] + bytes))" }

    /// - Returns: nil for anything but a verifier key of a ledger.
    package init?(text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        let prefix = LedgerCheckpoint.origin(of: Workspace.ID(""))
        guard parts.count == 3, parts[0].hasPrefix(prefix), let bytes = Base64.decode(parts[2]), bytes.count == 33,
            bytes.first == Self.algorithm
        else { return nil }
        self.init(workspace: Workspace.ID(String(parts[0].dropFirst(prefix.count))), bytes: Array(bytes.dropFirst()))
        guard self.text == text else { return nil }
    }
}

/// The private half of a ledger's key.
package struct HeadSigner: Sendable {
    private let workspace: Workspace.ID
    private let privateKey: Curve25519.Signing.PrivateKey

    /// With a key that nobody has had before.
    package init(of workspace: Workspace.ID) {
        self.workspace = workspace
        privateKey = Curve25519.Signing.PrivateKey()
    }

    /// With a key that was kept.
    /// - Parameter seed: 32 bytes (RFC 8032 section 5.1.5).
    /// - Returns: nil when they are no key.
    package init?(of workspace: Workspace.ID, seed: [UInt8]) {
        guard let privateKey = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { return nil }
        self.workspace = workspace
        self.privateKey = privateKey
    }

    /// What has to be kept, and kept secret.
    package var seed: [UInt8] { Array(privateKey.rawRepresentation) }

    package var key: LedgerKey { LedgerKey(workspace: workspace, bytes: Array(privateKey.publicKey.rawRepresentation)) }

    package func sign(_ checkpoint: LedgerCheckpoint) throws -> SignedHead {
        let signature = try privateKey.signature(for: Array(checkpoint.text.utf8))
        return SignedHead(checkpoint: checkpoint, keyID: key.id, signature: Array(signature))
    }
}
