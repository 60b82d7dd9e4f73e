package import DeskCore

/// Makes the receipt of a message: its entries, each with its way to a signed head.
package struct ProveMessage: Sendable {
    private let context: DeskContext
    private let signing: any HeadSigning

    package init(_ context: DeskContext, signing: any HeadSigning) {
        self.context = context
        self.signing = signing
    }

    /// Whether the asker may know of the message, is for the caller to see. A head is made when none covers all of the entries.
    /// - Throws: `not_found` when the ledger says nothing about it; `ledger_broken`.
    package func receipt(for message: Message.ID, in workspace: Workspace.ID) async throws -> LedgerReceipt {
        let entries = try await context.storage.read { try MessageReceipt.entries(about: message, in: workspace, $0) }
        guard let last = entries.last else {
            throw DeskError(.notFound, message: "The ledger says nothing about this message. Nothing is proved.")
        }
        let head = try await MakeHeads(context.storage, time: context.time, signing: signing).head(of: workspace, covering: last.sequence)
        guard let key = try await signing.key(of: workspace) else { throw MakeHeads.broken }
        let proved = try await context.storage.read { session in
            let proofs = StoredTree(session: session, workspace: workspace).proofs
            return try entries.map { entry in
                WrittenEntry(entry, inclusionProof: try proofs.inclusion(of: entry.sequence - 1, inSize: head.checkpoint.size))
            }
        }
        let receipt = LedgerReceipt(message: message, workspace: workspace, entries: proved, signedHead: head, key: key)
        do { try receipt.verify(by: [key]) } catch { throw MakeHeads.broken }
        return receipt
    }
}

/// The Merkle tree of a ledger, as far as heads reach: put together from entries and from the nodes that were kept with the heads.
package struct StoredTree {
    private let session: any StorageSession
    private let workspace: Workspace.ID

    package init(session: any StorageSession, workspace: Workspace.ID) {
        self.session = session
        self.workspace = workspace
    }

    /// For sizes up to that of the newest signed head.
    package var proofs: MerkleProofs { MerkleProofs { try root(of: $0) } }

    private func root(of subtree: MerkleSubtree) throws -> MerkleHash {
        let (level, places) = subtree.keptParts
        let nodes = try session.heads.nodes(of: workspace, level: level, places: places)
        guard nodes.count == places.count else { throw MakeHeads.broken }
        var frontier = MerkleFrontier()
        for node in nodes { frontier.append(node) }
        return frontier.root
    }
}
