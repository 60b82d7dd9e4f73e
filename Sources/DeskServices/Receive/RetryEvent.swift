package import DeskCore

/// Looks once more at events that could not be understood: after an upgrade, they often can.
package struct RetryEvent: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// Tries one again, because a person asks for it.
    /// - Returns: what came of it; an event that still can't be understood stays in quarantine.
    /// - Throws: `not_found`, also for an event that is in quarantine no more.
    package func retry(_ id: RawEvent.ID, in workspace: Workspace.ID, by user: User.ID) async throws -> RawEventOutcome {
        try await retry(id, in: workspace, as: user.text) { session in
            try Authorization(session, at: context.time.now()).require(.administer, in: workspace, of: user)
        }
    }

    /// Tries one again, because the operator asks for it on the machine itself.
    /// - Throws: `not_found`, also for an event that is in quarantine no more.
    package func retryAsOperator(_ id: RawEvent.ID, in workspace: Workspace.ID) async throws -> RawEventOutcome {
        try await retry(id, in: workspace, as: "operator") { _ in }
    }

    private func retry(
        _ id: RawEvent.ID, in workspace: Workspace.ID, as whom: String, require: @escaping @Sendable (any StorageSession) throws -> Void
    ) async throws -> RawEventOutcome {
        let now = context.time.now()
        let (raw, inbox) = try await context.storage.read { session in
            try require(session)
            return try Self.quarantined(id, in: workspace, session)
        }
        let events = try await context.events(in: raw.body, of: inbox)
        return try await context.storage.write { [context] session in
            try require(session)
            var (raw, _) = try Self.quarantined(id, in: workspace, session)
            guard let place = try session.workspaces.workspace(workspace) else { throw DeskError.nothingThere }
            let delivery = Delivery(context: context, session: session, inbox: inbox, workspace: place, now: raw.receivedAt)
            let receipt = try delivery.project(events)
            raw.outcome = receipt.isRepetition ? .ignored(reason: "repeated") : receipt.outcome
            try session.rawEvents.conclude(raw)
            let fact = LedgerFact(.eventRetried, id.text, ["by": whom, "inbox": inbox.id.text, "outcome": raw.outcome.word])
            try session.ledger.append(fact, in: workspace, at: now)
            return raw.outcome
        }
    }

    private static func quarantined(
        _ id: RawEvent.ID, in workspace: Workspace.ID, _ session: any StorageSession
    ) throws -> (RawEvent, Inbox) {
        guard let raw = try session.rawEvents.event(id, in: workspace), case .quarantined = raw.outcome,
            let inbox = try session.inboxes.inbox(raw.inbox)
        else { throw DeskError.nothingThere }
        return (raw, inbox)
    }
}

extension RawEventOutcome {
    /// The outcome without its reason.
    package var word: String {
        switch self {
        case .pending: "pending"
        case .projected: "projected"
        case .ignored: "ignored"
        case .quarantined: "quarantined"
        }
    }
}
