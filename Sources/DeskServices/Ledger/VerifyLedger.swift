package import DeskCore

/// Walks whole ledgers and says whether anything in them was altered, removed or put in.
package struct VerifyLedger: Sendable {
    private static let stretch = 2_000

    private let storage: any Storage

    package init(_ storage: any Storage) { self.storage = storage }

    package struct Finding: Sendable, Hashable {
        package let workspace: Workspace
        package let head: LedgerHead
        /// Nil when the ledger is intact.
        package let fault: LedgerChain.Fault?
    }

    /// - Parameter progress: called with the number of entries checked so far.
    package func verify(_ workspace: Workspace, progress: (Int64) -> Void = { _ in }) async throws -> Finding {
        var chain = LedgerChain(of: workspace.id)
        while true {
            let after = chain.head.sequence
            let entries = try await storage.read { try $0.ledger.entries(of: workspace.id, after: after, limit: Self.stretch) }
            do {
                for entry in entries { try chain.follow(entry) }
            } catch {
                return Finding(workspace: workspace, head: chain.head, fault: error)
            }
            progress(chain.head.sequence)
            if entries.count < Self.stretch { break }
        }
        return try await compare(chain.head, of: workspace)
    }

    /// A ledger whose last entries were cut off follows well to its end; only the head that is kept apart tells.
    private func compare(_ head: LedgerHead, of workspace: Workspace) async throws -> Finding {
        let kept = try await storage.read { try $0.ledger.head(of: workspace.id) }
        let fault: LedgerChain.Fault? = kept == head ? nil : .missing(expected: kept.sequence, found: head.sequence)
        return Finding(workspace: workspace, head: head, fault: fault)
    }
}
