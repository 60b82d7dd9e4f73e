import DeskCore

/// Moves an attempt on, and with it the message, the obligation and the proof, in the caller's transaction.
struct AttemptBook {
    let session: any StorageSession
    let identifiers: any IdentifierSource
    let targets: AnswerTargets
    let now: Instant
    var jitter: Double = 0

    /// - Returns: the attempt as it is now.
    /// - Throws: what `Attempt.handle` throws.
    @discardableResult
    func record(_ event: Attempt.Event, for attempt: Attempt) throws -> Attempt {
        var moved = attempt
        let effect = try moved.handle(event, at: now, jitter: jitter)
        guard effect != .none || moved != attempt else { return attempt }
        try session.attempts.update(moved, at: now)
        if moved.state != attempt.state { try show(moved) }
        try apply(effect, to: moved)
        if moved.providerID != attempt.providerID { return try settleParked(moved) }
        return moved
    }

    private func show(_ attempt: Attempt) throws {
        guard var message = try session.messages.message(attempt.message) else { return }
        message.delivery = attempt.state
        message.providerID = attempt.providerID ?? message.providerID
        try session.messages.update(message)
        let fact = LedgerFact(.attemptChanged, attempt.id.text, ["message": attempt.message.text, "state": attempt.state.name])
        try session.ledger.append(fact, in: attempt.workspace, at: now)
        try session.events.append(
            DeskEvent(
                workspace: attempt.workspace, kind: .messageChanged, conversation: attempt.conversation, message: attempt.message, at: now))
    }

    private func apply(_ effect: Attempt.Effect, to attempt: Attempt) throws {
        let commitments = CommitmentBook(session: session, now: now)
        switch effect {
        case .taken:
            try obligations(of: attempt).replyAccepted(attempt)
            try commitments.apply(.replyAccepted(attempt.message), about: attempt.message)
            try fileCopy(of: attempt)
        case .failed:
            try obligations(of: attempt).replyFailed(attempt)
            try commitments.apply(.replyFailed(attempt.message), about: attempt.message)
        case .becameUnknown: try commitments.apply(.replyMayHaveArrived(attempt.message), about: attempt.message)
        case .undone: try commitments.apply(.replyFailed(attempt.message), about: attempt.message)
        case .none, .waits, .queued, .progressed: break
        }
    }

    /// Who reads mails elsewhere looks for what was sent among the sent ones.
    private func fileCopy(of attempt: Attempt) throws {
        guard try session.messages.message(attempt.message)?.content.mail != nil else { return }
        try session.filings.insert(
            FilingJob(attempt: attempt.id, workspace: attempt.workspace, inbox: attempt.recipient.inbox, dueAt: now))
    }

    private func obligations(of attempt: Attempt) throws -> ObligationBook {
        ObligationBook(
            session: session, identifiers: identifiers, workspace: attempt.workspace,
            answerTarget: try targets.target(of: attempt.recipient.inbox, session), now: now)
    }

    /// Statuses can arrive before the call that they are about has returned; they waited for this moment.
    private func settleParked(_ attempt: Attempt) throws -> Attempt {
        guard let providerID = attempt.providerID else { return attempt }
        let parked = try session.rawEvents.takeParked(providerID: providerID, inbox: attempt.recipient.inbox)
        return try parked.reduce(attempt) { current, status in
            try record(.reported(status.stage, providerID: status.providerID, status.failure), for: current)
        }
    }
}
