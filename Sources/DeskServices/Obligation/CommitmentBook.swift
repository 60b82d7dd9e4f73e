import DeskCore

/// Keeps commitments in step with what happened to replies, with the proof, in the caller's transaction.
struct CommitmentBook {
    let session: any StorageSession
    let now: Instant

    /// Records what is promised in a reply; it counts once the contact may have read it.
    func record(_ commitment: Commitment) throws {
        try session.commitments.insert(commitment, at: now)
    }

    /// Something happened to a reply: to one that promised, or that was to keep a promise.
    func apply(_ event: Commitment.Event, about reply: Message.ID) throws {
        for commitment in try session.commitments.concerning(reply) { try apply(event, to: commitment) }
    }

    /// - Returns: whether it changed anything.
    @discardableResult
    func apply(_ event: Commitment.Event, to commitment: Commitment) throws -> Bool {
        var moved = commitment
        var effect = moved.handle(event)
        if effect == .reopened, try !mayHaveArrived(commitment.message) { effect = moved.handle(.replyFailed(commitment.message)) }
        guard moved != commitment else { return false }
        try session.commitments.update(moved, at: now)
        switch effect {
        case .unchanged, .changed: return true
        case .made: try record(.commitmentMade, moved)
        case .reopened: try record(.commitmentReopened, moved)
        case .ended, .withdrawn: try record(.commitmentEnded, moved)
        }
        try session.events.append(
            DeskEvent(workspace: moved.workspace, kind: .conversationChanged, conversation: moved.conversation, at: now))
        return true
    }

    /// What is not to be kept after all is owed again only if it was ever promised: the reply that promised it may have failed meanwhile.
    private func mayHaveArrived(_ reply: Message.ID) throws -> Bool {
        switch try session.attempts.attempt(of: reply)?.state {
        case .failed, .undone, .held, .queued, nil: false
        case .sending, .unknown, .accepted, .delivered, .read: true
        }
    }

    private func record(_ kind: LedgerEntry.Kind, _ commitment: Commitment) throws {
        var details = ["conversation": commitment.conversation.text, "due_at": String(commitment.dueAt.microseconds)]
        switch commitment.state {
        case .owed: details["promised_in"] = commitment.message.text
        case .unspoken: details["withdrawn_with"] = commitment.message.text
        case .kept(let reply): details["kept_by"] = reply.text
        case .settled(let word): details["settled_by"] = word.member.text
        }
        try session.ledger.append(LedgerFact(kind, commitment.id.text, details), in: commitment.workspace, at: now)
    }
}
