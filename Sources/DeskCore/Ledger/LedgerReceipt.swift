/// The proof for one message: what the ledger says about it, and for each entry the way to the root of a signed head. Whoever has it and
/// the ledger's key needs nothing else, and nobody's word.
package struct LedgerReceipt: Hashable, Sendable, Codable {
    package let message: Message.ID
    package let workspace: Workspace.ID
    package let entries: [WrittenEntry]
    /// The note of the head that the proofs lead to.
    package let signedHead: String
    /// The verifier key of the ledger, as it is believed where the receipt was made.
    package let key: String

    private enum CodingKeys: String, CodingKey {
        case message = "message_id"
        case workspace = "workspace_id"
        case entries
        case signedHead = "signed_head"
        case key
    }

    package init(message: Message.ID, workspace: Workspace.ID, entries: [WrittenEntry], signedHead: SignedHead, key: LedgerKey) {
        self.message = message
        self.workspace = workspace
        self.entries = entries
        self.signedHead = signedHead.note
        self.key = key.text
    }

    /// Why a receipt proves nothing.
    package enum Fault: Error, Hashable, Sendable {
        case empty
        case headUnreadable
        case headOfAnotherLedger
        case headNotSigned
        case entryUnreadable(sequence: Int64)
        case entryAltered(sequence: Int64)
        case entryNotIncluded(sequence: Int64)
        case notAboutTheMessage
    }

    /// - Parameter keys: whose signature counts; the receipt's own `key` proves nothing to somebody who distrusts its maker.
    /// - Returns: the checkpoint that it was proved by.
    @discardableResult
    package func verify(by keys: [LedgerKey]) throws(Fault) -> LedgerCheckpoint {
        guard let head = SignedHead(note: signedHead) else { throw .headUnreadable }
        guard head.checkpoint.workspace == workspace else { throw .headOfAnotherLedger }
        guard keys.contains(where: head.isSigned) else { throw .headNotSigned }
        guard !entries.isEmpty else { throw .empty }
        for entry in entries { try entry.verify(in: head.checkpoint) }
        guard entries.contains(where: { $0.subject == message.text }) else { throw .notAboutTheMessage }
        return head.checkpoint
    }
}

/// An entry as files have it: in a receipt with the hashes from its leaf to the root of a head (RFC 9162 section 2.1.3), in an export
/// without.
package struct WrittenEntry: Hashable, Sendable, Codable {
    package let sequence: Int64
    /// Microseconds since 1970.
    package let at: Int64
    package let kind: String
    package let subject: String
    package let details: [String: String]
    package let previousHash: String
    package let hash: String
    /// In hexadecimal, from the bottom up.
    package let inclusionProof: [String]?

    private enum CodingKeys: String, CodingKey {
        case sequence
        case at = "at_microseconds"
        case kind, subject, details
        case previousHash = "previous_hash"
        case hash
        case inclusionProof = "inclusion_proof"
    }

    package init(_ entry: LedgerEntry, inclusionProof: [MerkleHash]? = nil) {
        sequence = entry.sequence
        at = entry.at.microseconds
        kind = entry.kind.rawValue
        subject = entry.subject
        details = entry.details
        previousHash = entry.previousHash
        hash = entry.hash
        self.inclusionProof = inclusionProof?.map(\.hexadecimal)
    }

    /// - Returns: nil for a kind that this program doesn't know.
    package func entry(in workspace: Workspace.ID) -> LedgerEntry? {
        guard let kind = LedgerEntry.Kind(rawValue: kind) else { return nil }
        return LedgerEntry(
            workspace: workspace, sequence: sequence, at: Instant(microseconds: at), kind: kind, subject: subject, details: details,
            previousHash: previousHash, hash: hash)
    }

    func verify(in checkpoint: LedgerCheckpoint) throws(LedgerReceipt.Fault) {
        let proof = (inclusionProof ?? []).compactMap { MerkleHash(hexadecimal: $0) }
        guard let entry = entry(in: checkpoint.workspace), proof.count == inclusionProof?.count else {
            throw .entryUnreadable(sequence: sequence)
        }
        guard entry.computedHash == hash, let leaf = entry.merkleLeaf else { throw .entryAltered(sequence: sequence) }
        let isIncluded = MerkleVerification.isIncluded(
            leaf, at: sequence - 1, inSize: checkpoint.size, root: checkpoint.root, proof: proof)
        guard isIncluded else { throw .entryNotIncluded(sequence: sequence) }
    }
}
