package import DeskCore

/// Keeps a desk that was brought back from a backup from sending what may have gone since (promise P4), until a person has looked.
package struct HoldDelivery: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// What releasing a hold left to be done.
    package struct Release: Sendable, Hashable {
        /// Whether the workspace was on hold at all.
        package let wasOnHold: Bool
        /// Replies of which nobody knows yet whether they went. They stay so: releasing sends none of them.
        package let undecided: Int
    }

    /// Lets no workspace send, and makes everything that was on its way unknown. Part of restoring a backup.
    /// - Parameter backupAt: when the backup was made.
    /// - Returns: how many replies became unknown.
    package func holdEverything(backupAt: Instant) async throws -> Int {
        let now = context.time.now()
        return try await context.storage.write { [context] session in
            let inFlight = Dictionary(grouping: try session.attempts.inFlight(), by: \.workspace)
            return try session.workspaces.all().reduce(0) { sum, workspace in
                try session.operations.insert(DeliveryHold(workspace: workspace.id, since: now, backupAt: backupAt))
                let book = AttemptBook(
                    session: session, identifiers: context.identifiers, targets: context.answerTargets(of: workspace), now: now)
                let attempts = inFlight[workspace.id] ?? []
                for attempt in attempts { try book.record(.restored, for: attempt) }
                let details = ["backup_at": String(backupAt.microseconds), "attempts": String(attempts.count)]
                try session.ledger.append(LedgerFact(.backupRestored, workspace.id.text, details), in: workspace.id, at: now)
                return sum + attempts.count
            }
        }
    }

    /// Lets a workspace send again: what its principal says.
    /// - Throws: `not_found`, `out_of_grant` for anybody but the principal.
    package func release(_ workspace: Workspace.ID, by user: User.ID) async throws -> Release {
        try await release(workspace, by: user.text) { session in
            try Authorization(session, at: context.time.now()).require(.administer, in: workspace, of: user)
        }
    }

    /// Lets a workspace send again: what the operator says on the machine itself.
    package func releaseAsOperator(_ workspace: Workspace.ID) async throws -> Release {
        try await release(workspace, by: "operator") { _ in }
    }

    private func release(
        _ workspace: Workspace.ID, by whom: String, require: @escaping @Sendable (any StorageSession) throws -> Void
    ) async throws -> Release {
        let now = context.time.now()
        return try await context.storage.write { session in
            try require(session)
            let wasOnHold = try session.operations.removeHold(of: workspace)
            let undecided = try session.attempts.undecidedCount(in: workspace)
            guard wasOnHold else { return Release(wasOnHold: false, undecided: undecided) }
            let fact = LedgerFact(.deliveryReleased, workspace.text, ["by": whom, "undecided": String(undecided)])
            try session.ledger.append(fact, in: workspace, at: now)
            return Release(wasOnHold: true, undecided: undecided)
        }
    }
}
