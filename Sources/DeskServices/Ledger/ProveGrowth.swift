package import DeskCore

/// Makes the proof that a ledger only grew since a size that somebody knows from a head which was kept outside.
package struct ProveGrowth: Sendable {
    private let context: DeskContext
    private let signing: any HeadSigning

    package init(_ context: DeskContext, signing: any HeadSigning) {
        self.context = context
        self.signing = signing
    }

    /// Whether the asker may know of the ledger, is for the caller to see. The proof leads to the newest signed head; one is made when
    /// none reaches that far.
    /// - Parameter size: of the head that was kept; at least 1.
    /// - Throws: `invalid_request` for a size that the ledger doesn't have; `ledger_broken`.
    package func consistency(from size: Int64, in workspace: Workspace.ID) async throws -> ConsistencyProof {
        let last = try await context.storage.read { try $0.ledger.head(of: workspace).sequence }
        guard size >= 1, size <= last else { throw Self.noSuchSize(size, last) }
        let head = try await MakeHeads(context.storage, time: context.time, signing: signing).head(of: workspace, covering: size)
        guard let key = try await signing.key(of: workspace) else { throw MakeHeads.broken }
        let (hashes, root) = try await context.storage.read { session in
            let proofs = StoredTree(session: session, workspace: workspace).proofs
            return (try proofs.consistency(from: size, to: head.checkpoint.size), try proofs.root(ofSize: size))
        }
        let isRight = MerkleVerification.isConsistent(
            from: size, root: root, to: head.checkpoint.size, root: head.checkpoint.root, proof: hashes)
        guard isRight else { throw MakeHeads.broken }
        return ConsistencyProof(workspace: workspace, fromSize: size, hashes: hashes, signedHead: head, key: key)
    }

    private static func noSuchSize(_ size: Int64, _ last: Int64) -> DeskError {
        DeskError(
            .invalidRequest,
            message:
                "The ledger has \(last) entries, and never had \(size) that could be proved. Nothing is proved; if a head of that size "
                + "was signed, entries were cut off: `contesta ledger verify --head` tells.")
    }
}
