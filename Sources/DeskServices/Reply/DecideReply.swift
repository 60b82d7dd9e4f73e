package import DeskCore

/// What people decide about a reply after it was recorded: take it back, say what became of it, try it again.
package struct DecideReply: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// Takes a reply back within the undo time. Its words become the author's draft again.
    /// - Throws: `already_sent` when it has left; `not_found`.
    package func undo(_ message: Message.ID, by user: User.ID) async throws -> Message {
        try await decide(.undo, message, for: .reply, by: user) { session, message, now in
            try session.conversations.setDraft(message.content.text, of: message.conversation, by: message.author ?? user, at: now)
            guard var conversation = try session.conversations.conversation(message.conversation) else { return }
            try session.ledger.append(LedgerFact(.replyUndone, message.id.text, ["by": user.text]), in: conversation.workspace, at: now)
            conversation.noteChange()
            try session.conversations.update(conversation)
        }
    }

    /// Sends a held reply without waiting for the rest of the undo time.
    package func sendNow(_ message: Message.ID, by user: User.ID) async throws -> Message {
        try await decide(.sendNow, message, for: .reply, by: user)
    }

    /// What a person found out about a message of which the program doesn't know whether it went.
    package enum Decision: String, Sendable, CaseIterable {
        case wasSent = "was_sent"
        case sendAgain = "send_again"
    }

    /// What a decision is about, so that one that is repeated sends nothing once more.
    package enum Occasion: Sendable {
        /// This call to the provider, counted from 1, and no later one.
        case call(Int)
        /// A program's own key of its request: with the same one it decides once.
        case request(String)
    }

    /// - Parameter occasion: nil decides whatever the state is by now.
    /// - Throws: `already_sent` when there is nothing to decide, or it was tried once more since; `not_found`.
    package func resolve(
        _ message: Message.ID, as decision: Decision, on occasion: Occasion? = nil, by user: User.ID
    ) async throws -> Message {
        let event: Attempt.Event = decision == .wasSent ? .confirmedSent : .sendAgain
        return try await decide(event, message, for: .reply, on: occasion, by: user) { session, message, now in
            guard let conversation = try session.conversations.conversation(message.conversation) else { return }
            let fact = LedgerFact(.unknownDecided, message.id.text, ["by": user.text, "decision": decision.rawValue])
            try session.ledger.append(fact, in: conversation.workspace, at: now)
        }
    }

    /// Tries a failed reply again; it really goes to the provider once more, unless the channel's reply window has closed since: then
    /// it fails again.
    /// - Throws: `already_sent` when there is nothing to decide; `not_found`.
    package func retry(_ message: Message.ID, on occasion: Occasion? = nil, by user: User.ID) async throws -> Message {
        try await resolve(message, as: .sendAgain, on: occasion, by: user)
    }

    private func decide(
        _ event: Attempt.Event, _ id: Message.ID, for action: Policy.Action, on occasion: Occasion? = nil, by user: User.ID,
        also: @escaping @Sendable (any StorageSession, Message, Instant) throws -> Void = { _, _, _ in }
    ) async throws -> Message {
        let now = context.time.now()
        let decided = try await context.storage.write { [context] session in
            let (message, conversation) = try Authorization(session, at: now).message(id, for: action, by: user)
            guard let attempt = try session.attempts.attempt(of: message.id),
                let workspace = try session.workspaces.workspace(conversation.workspace)
            else { throw DeskError(.alreadySent, message: "This message is none of ours to decide about. Nothing was changed.") }
            guard try Self.isOpen(occasion, for: attempt, in: conversation, session, now) else { return message }
            try AttemptBook(session: session, identifiers: context.identifiers, targets: context.answerTargets(of: workspace), now: now)
                .record(event, for: attempt)
            try also(session, message, now)
            return try session.messages.message(id) ?? message
        }
        context.faults.reach(.decisionAfterCommit)
        return decided
    }

    /// - Returns: whether the decision is still to be made; false for a request that made it before.
    /// - Throws: `already_sent` when the provider was called again since the person looked.
    private static func isOpen(
        _ occasion: Occasion?, for attempt: Attempt, in conversation: Conversation, _ session: any StorageSession, _ now: Instant
    ) throws -> Bool {
        switch occasion {
        case nil: return true
        case .call(attempt.calls): return true
        case .call:
            throw DeskError(.alreadySent, message: "This was decided before, and tried once more since. Nothing was changed.")
        case .request(let key):
            return try session.rawEvents.claimKey(
                "decision:\(attempt.id):\(key)", inbox: conversation.inbox, workspace: conversation.workspace, at: now)
        }
    }
}
