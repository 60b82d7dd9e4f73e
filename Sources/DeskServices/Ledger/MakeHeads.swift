package import DeskCore

/// Signs what the ledgers have grown to. Reads only what came since the head before, and signs nothing that it has not checked.
package struct MakeHeads: Sendable {
    private static let stretch = 2_000

    private let storage: any Storage
    private let time: any TimeSource
    private let signing: any HeadSigning

    package init(_ storage: any Storage, time: any TimeSource, signing: any HeadSigning) {
        self.storage = storage
        self.time = time
        self.signing = signing
    }

    /// The newest head, if it covers an entry; else a new one, which does.
    /// - Throws: `ledger_broken` when the ledger is not what was signed before, or ends before the entry.
    package func head(of workspace: Workspace.ID, covering sequence: Int64) async throws -> SignedHead {
        if let newest = try await newest(of: workspace), newest.size >= sequence, let head = newest.head { return head }
        guard let head = try await make(of: workspace), head.checkpoint.size >= sequence else { throw Self.broken }
        return head
    }

    /// A head of all that is in a ledger now; the one that there is, when nothing came since; nil for an empty ledger.
    /// - Throws: `ledger_broken` when the new entries don't follow from what was signed before.
    @discardableResult
    package func make(of workspace: Workspace.ID) async throws -> SignedHead? {
        let newest = try await newest(of: workspace)
        var growth = try Growth(of: workspace, after: newest)
        while try await growth.grow(by: entries(of: workspace, after: growth.size)) == Self.stretch {}
        guard growth.size > newest?.size ?? 0 else { return newest?.head }
        let head = try await signing.sign(growth.checkpoint(at: time.now()))
        let (stored, nodes) = (growth.stored(head), growth.nodes)
        try await storage.write { try $0.heads.insert(stored, nodes: nodes) }
        return head
    }

    private func newest(of workspace: Workspace.ID) async throws -> StoredHead? {
        try await storage.read { try $0.heads.newest(of: workspace) }
    }

    private func entries(of workspace: Workspace.ID, after sequence: Int64) async throws -> [LedgerEntry] {
        try await storage.read { try $0.ledger.entries(of: workspace, after: sequence, limit: Self.stretch) }
    }

    /// What came since a head.
    private struct Growth {
        private var tree: LedgerTree
        private(set) var nodes: [LedgerNode] = []

        init(of workspace: Workspace.ID, after newest: StoredHead?) throws {
            guard let newest else {
                tree = LedgerTree(of: workspace)
                return
            }
            guard let head = newest.head, let frontier = newest.frontier,
                let tree = LedgerTree(after: head.checkpoint, frontier: frontier)
            else { throw MakeHeads.broken }
            self.tree = tree
        }

        var size: Int64 { tree.head.sequence }

        /// - Returns: how many entries there were.
        mutating func grow(by entries: [LedgerEntry]) throws -> Int {
            do {
                for entry in entries { nodes += try tree.follow(entry) }
                return entries.count
            } catch {
                throw MakeHeads.broken
            }
        }

        func checkpoint(at instant: Instant) -> LedgerCheckpoint { tree.checkpoint(at: instant) }

        func stored(_ head: SignedHead) -> StoredHead { StoredHead(head, frontier: tree.frontier) }
    }

    static let broken = DeskError(
        .ledgerBroken,
        message: "The ledger is not what was signed before. Nothing was signed; `contesta ledger verify` names the first bad entry.",
        publicMessage: "The ledger does not verify. Tell whoever runs the desk.")
}

extension DeskError.Code {
    package static let ledgerBroken = Self("ledger_broken")
}
