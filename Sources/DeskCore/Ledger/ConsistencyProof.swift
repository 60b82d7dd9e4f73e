/// The proof that a ledger only grew since a head that somebody kept: its entries of then are the first ones of now. Whoever has it, the
/// head and the ledger's key needs no export, and nobody's word.
package struct ConsistencyProof: Hashable, Sendable, Codable {
    package let workspace: Workspace.ID
    /// How many entries the head that was kept stands for.
    package let fromSize: Int64
    /// RFC 9162 section 2.1.4, in hexadecimal.
    package let hashes: [String]
    /// The note of the head that the proof leads to.
    package let signedHead: String
    /// The verifier key of the ledger, as it is believed where the proof was made.
    package let key: String

    private enum CodingKeys: String, CodingKey {
        case workspace = "workspace_id"
        case fromSize = "from_size"
        case hashes = "consistency_proof"
        case signedHead = "signed_head"
        case key
    }

    package init(workspace: Workspace.ID, fromSize: Int64, hashes: [MerkleHash], signedHead: SignedHead, key: LedgerKey) {
        self.workspace = workspace
        self.fromSize = fromSize
        self.hashes = hashes.map(\.hexadecimal)
        self.signedHead = signedHead.note
        self.key = key.text
    }

    /// Why it proves nothing.
    package enum Fault: Error, Hashable, Sendable {
        case headUnreadable
        case headOfAnotherLedger
        case headNotSigned
        case proofUnreadable
        /// It begins at another size than the head that was kept has.
        case notFromTheKeptHead(size: Int64)
        case keptHeadNotSigned
        /// What was there at the kept head is not the beginning of what is there now.
        case rewritten(size: Int64)
    }

    /// - Parameters:
    ///   - kept: the head that was kept outside.
    ///   - keys: whose signatures count; the proof's own `key` proves nothing to somebody who distrusts its maker.
    /// - Returns: the checkpoint up to which the ledger only grew.
    @discardableResult
    package func verify(from kept: SignedHead, by keys: [LedgerKey]) throws(Fault) -> LedgerCheckpoint {
        guard let head = SignedHead(note: signedHead) else { throw .headUnreadable }
        guard [head.checkpoint.workspace, kept.checkpoint.workspace].allSatisfy({ $0 == workspace }) else { throw .headOfAnotherLedger }
        guard keys.contains(where: head.isSigned) else { throw .headNotSigned }
        guard keys.contains(where: kept.isSigned) else { throw .keptHeadNotSigned }
        guard kept.checkpoint.size == fromSize else { throw .notFromTheKeptHead(size: kept.checkpoint.size) }
        let proof = hashes.compactMap { MerkleHash(hexadecimal: $0) }
        guard proof.count == hashes.count else { throw .proofUnreadable }
        let isConsistent = MerkleVerification.isConsistent(
            from: fromSize, root: kept.checkpoint.root, to: head.checkpoint.size, root: head.checkpoint.root, proof: proof)
        guard isConsistent else { throw .rewritten(size: fromSize) }
        return head.checkpoint
    }
}
