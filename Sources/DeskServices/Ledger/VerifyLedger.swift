package import DeskCore

/// Walks whole ledgers and says whether anything in them was altered, removed or put in.
package struct VerifyLedger: Sendable {
    private static let stretch = 2_000

    private let storage: any Storage
    private let keys: [LedgerKey]
    private let kept: [KeptHead]

    /// - Parameters:
    ///   - keys: whose signatures under heads count.
    ///   - kept: heads that were kept elsewhere, of whatever ledger.
    package init(_ storage: any Storage, keys: [LedgerKey] = [], kept: [KeptHead] = []) {
        self.storage = storage
        self.keys = keys
        self.kept = kept
    }

    package struct Finding: Sendable, Hashable {
        package let workspace: Workspace
        /// The last entry that is right.
        package let head: LedgerHead
        /// How many signed heads are right.
        package let headCount: Int
        /// Nil when the ledger is intact.
        package let fault: LedgerFault?
    }

    /// - Parameter progress: called with the number of entries checked so far.
    package func verify(_ workspace: Workspace, progress: (Int64) -> Void = { _ in }) async throws -> Finding {
        var verifier = LedgerVerifier(of: workspace.id, keys: keys, kept: kept)
        do {
            while try await follow(&verifier, workspace.id) { progress(verifier.head.sequence) }
            try verifier.finish()
            return Finding(workspace: workspace, head: verifier.head, headCount: verifier.headCount, fault: nil)
        } catch let fault as LedgerFault {
            return Finding(workspace: workspace, head: verifier.head, headCount: verifier.headCount, fault: fault)
        }
    }

    /// - Returns: false at the end.
    private func follow(_ verifier: inout LedgerVerifier, _ workspace: Workspace.ID) async throws -> Bool {
        let stretch = try await stretch(of: workspace, after: verifier.head.sequence, limit: Self.stretch)
        guard !stretch.entries.isEmpty else {
            try stretch.requireNothingBeyond(verifier.head)
            return false
        }
        var next = stretch.heads[...]
        for entry in stretch.entries {
            try verifier.follow(entry)
            guard let stored = next.first, stored.size == entry.sequence else { continue }
            guard let head = SignedHead(note: stored.note) else { throw LedgerFault.headUnreadable(after: entry.sequence) }
            try verifier.follow(head)
            next.removeFirst()
        }
        return true
    }

    /// What the store can't make sense of is looked for one by one, so that it has a number.
    private func stretch(of workspace: Workspace.ID, after sequence: Int64, limit: Int) async throws -> Stretch {
        do {
            return try await storage.read { try Stretch($0, of: workspace, after: sequence, limit: limit) }
        } catch let error as DeskError where !error.isTransient {
            guard limit > 1 else { throw LedgerFault.unreadable(sequence: sequence + 1) }
            return try await stretch(of: workspace, after: sequence, limit: 1)
        }
    }

    /// Some entries with the heads among them, and what tells of the ledger's end; all as of one moment, since it may be growing.
    private struct Stretch {
        let entries: [LedgerEntry]
        let heads: [StoredHead]
        private let end: LedgerHead
        private let newest: StoredHead?

        init(_ session: any StorageSession, of workspace: Workspace.ID, after sequence: Int64, limit: Int) throws {
            entries = try session.ledger.entries(of: workspace, after: sequence, limit: limit)
            let sizes = sequence + 1...max(sequence + 1, entries.last?.sequence ?? 0)
            heads = try session.heads.heads(of: workspace, sizes: sizes)
            end = try session.ledger.head(of: workspace)
            newest = try session.heads.newest(of: workspace)
        }

        /// A ledger whose last entries were cut off follows well to its end; only what is kept apart tells.
        func requireNothingBeyond(_ head: LedgerHead) throws(LedgerFault) {
            guard end == head else { throw .missing(expected: end.sequence, found: head.sequence) }
            if let newest, newest.size > head.sequence { throw .cutOff(kept: newest.size, found: head.sequence) }
        }
    }
}
