package import DeskCore

/// A signed head as it is kept: nobody has checked it yet.
package struct StoredHead: Hashable, Sendable {
    package let workspace: Workspace.ID
    package let size: Int64
    /// The signed note.
    package let note: String
    /// What the ledger's tree needs to grow from here: roots in hexadecimal, apart by spaces.
    package let peaks: String
    package let signedAt: Instant
    /// When it was first brought out of this machine; nil while it wasn't.
    package let deliveredAt: Instant?
    package let deliveredTo: String?
    /// Why the last try to bring it out failed.
    package let deliveryFailure: String?

    package init(
        workspace: Workspace.ID, size: Int64, note: String, peaks: String, signedAt: Instant, deliveredAt: Instant? = nil,
        deliveredTo: String? = nil, deliveryFailure: String? = nil
    ) {
        self.workspace = workspace
        self.size = size
        self.note = note
        self.peaks = peaks
        self.signedAt = signedAt
        self.deliveredAt = deliveredAt
        self.deliveredTo = deliveredTo
        self.deliveryFailure = deliveryFailure
    }

    package init(_ head: SignedHead, frontier: MerkleFrontier) {
        self.init(
            workspace: head.checkpoint.workspace, size: head.checkpoint.size, note: head.note,
            peaks: frontier.peaks.map(\.hexadecimal).joined(separator: " "), signedAt: head.checkpoint.at)
    }

    /// Nil when the note can't be read as a head of this size of this workspace's ledger.
    package var head: SignedHead? {
        guard let head = SignedHead(note: note), head.checkpoint.workspace == workspace, head.checkpoint.size == size else { return nil }
        return head
    }

    /// Nil when the peaks can't be those of a tree of this size.
    package var frontier: MerkleFrontier? {
        let hashes = peaks.split(separator: " ").compactMap { MerkleHash(hexadecimal: String($0)) }
        return MerkleFrontier(size: size, peaks: hashes)
    }
}

/// How an attempt to bring a head out of this machine ended.
package enum HeadDeliveryResult: Hashable, Sendable {
    case delivered(to: String)
    case failed(reason: String)
}

/// The signed heads of the ledgers, and what of their trees is kept.
package protocol HeadRepository {
    func newest(of workspace: Workspace.ID) throws -> StoredHead?
    /// Those of these sizes, from the smallest on.
    func heads(of workspace: Workspace.ID, sizes: ClosedRange<Int64>) throws -> [StoredHead]
    /// Stores a head with the nodes of the tree that came since the one before. One that is there already stays as it is.
    func insert(_ head: StoredHead, nodes: [LedgerNode]) throws
    /// Those that nobody outside has yet, the newest first.
    func undelivered(of workspace: Workspace.ID, limit: Int) throws -> [StoredHead]
    func record(_ result: HeadDeliveryResult, of head: StoredHead, at instant: Instant) throws
    /// The kept nodes of a level, in order; for level 0 the leaves of the entries.
    func nodes(of workspace: Workspace.ID, level: Int, places: Range<Int64>) throws -> [MerkleHash]
}

/// Signs heads. Each workspace has a key of its own; its private half never comes here.
package protocol HeadSigning: Sendable {
    /// The public half; nil while nothing was signed yet.
    func key(of workspace: Workspace.ID) async throws -> LedgerKey?
    /// Signs, and makes the key at first need.
    func sign(_ checkpoint: LedgerCheckpoint) async throws -> SignedHead
}

/// Brings heads to a place outside of this machine's reach.
package protocol HeadDelivery: Sendable {
    /// Returns once the head is durably there.
    /// - Returns: the place, for people.
    func deliver(_ head: SignedHead, key: LedgerKey) async throws -> String
}
