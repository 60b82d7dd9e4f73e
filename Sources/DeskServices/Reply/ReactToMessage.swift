package import DeskCore

/// Puts one emoji on a contact's message, or takes it away. The intent is durable before the provider is called, once; what came of it
/// is recorded after, and shown. A reaction is no answer: whatever is owed stays owed (promise P2).
///
/// It does not go by the road of replies: those are messages with an order, an undo time and an obligation. Removing the reaction is
/// its undo. A call that was cut off by the end of the program is shown as unknown, and repeated only by a person; the provider keeps
/// one reaction of ours, so that a repetition can't be seen twice.
package struct ReactToMessage: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// - Parameter emoji: nil takes our reaction away.
    /// - Returns: the message with what came of it: a provider's refusal is a state of the reaction, not an error.
    /// - Throws: `not_found`, `agreement_required`, `out_of_grant`; `reaction_not_possible`, `reaction_under_way`,
    ///   `reply_window_closed`.
    package func react(to id: Message.ID, with emoji: Emoji?, by user: User.ID) async throws -> Message {
        let now = context.time.now()
        let attempt = ReactionAttempt(
            id: context.identifiers.next(at: now), act: emoji == nil ? .remove : .put, author: user, startedAt: now)
        let (message, call) = try await context.storage.write { [context] session in
            try Intent(context: context, session: session, user: user).record(attempt, with: emoji, on: id)
        }
        guard let call else { return message }
        let state = await self.call(call)
        let end = context.time.now()
        return try await context.storage.write { session in
            try ReactionBook(session: session, now: end).conclude(call.reference, as: state) ?? message
        }
    }

    private func call(_ call: PreparedReaction) async -> ReactionAttempt.State {
        let wire = call.wire
        if let wait = await context.channels.reserve(wire.recipient, through: call.connection, at: context.time.now()) {
            return .failed(DeliveryFailure(.rate, code: "rate_used_up", text: "The channel's rate is used up.", retryAfter: wait))
        }
        switch await context.channels.react(wire, through: call.connection) {
        case .accepted: return .accepted
        case .rejected(let failure): return .failed(failure)
        case .unknown(let reason): return .unknown(reason: reason)
        }
    }
}

/// A reaction whose intent is recorded.
private struct PreparedReaction: Sendable {
    let wire: ReactionCall
    let reference: ReactionReference
    let connection: InboxConnection
}

/// The decision to react, within its transaction.
private struct Intent {
    let context: DeskContext
    let session: any StorageSession
    let user: User.ID

    /// - Returns: the message, and what to call for; nil when it is so already.
    func record(_ attempt: ReactionAttempt, with emoji: Emoji?, on id: Message.ID) throws -> (Message, PreparedReaction?) {
        var (message, conversation) = try Authorization(session, at: attempt.startedAt).message(id, for: .reply, by: user)
        let prepared = try prepare(attempt, emoji, on: message, in: conversation)
        let before = message.reactions
        let needsCall = try message.react(with: emoji, as: attempt)
        guard needsCall || message.reactions != before else { return (message, nil) }
        try session.messages.update(message)
        let book = ReactionBook(session: session, now: attempt.startedAt)
        if needsCall { try book.prove(attempt, on: message, in: conversation, as: .reactionRecorded) }
        try book.announce(message, in: conversation)
        return (message, needsCall ? prepared : nil)
    }

    private func prepare(
        _ attempt: ReactionAttempt, _ emoji: Emoji?, on message: Message, in conversation: Conversation
    ) throws -> PreparedReaction {
        guard let inbound = InboundMessage(message), message.deletedAt == nil, let target = inbound.providerID,
            let contact = try session.contacts.contact(conversation.contact), let recipient = contact.identities.first,
            let connection = try session.inboxes.connection(of: conversation.inbox),
            context.channels.abilities(of: connection.inbox.channel).contains(.reactions)
        else { throw Self.impossible }
        let length = context.channels.limits(of: connection.inbox.channel)?.replyWindow
        try ReplyWindow(length: length, lastInboundAt: conversation.lastInboundAt, now: attempt.startedAt).requireOpen()
        let reference = ReactionReference(message: message.id, attempt: attempt.id)
        return PreparedReaction(
            wire: ReactionCall(target: target, emoji: emoji?.text, recipient: recipient, reference: reference.text),
            reference: reference, connection: connection)
    }

    private static let impossible = DeskError(
        .reactionNotPossible,
        message: "Only a message of the contact's that still stands can be reacted to, on a channel that knows reactions. "
            + "Nothing was sent.")
}

/// Moves a reaction on, with the proof, in the caller's transaction.
struct ReactionBook {
    let session: any StorageSession
    let now: Instant

    /// - Returns: the message as it is now; nil when there is no such message.
    func conclude(_ reference: ReactionReference, as state: ReactionAttempt.State) throws -> Message? {
        guard var message = try session.messages.message(reference.message),
            let conversation = try session.conversations.conversation(message.conversation)
        else { return nil }
        guard let attempt = message.concludeReaction(reference.attempt, as: state) else { return message }
        try session.messages.update(message)
        try prove(attempt, on: message, in: conversation, as: .reactionChanged)
        try announce(message, in: conversation)
        return message
    }

    /// The emoji itself is content, and not in the ledger.
    func prove(
        _ attempt: ReactionAttempt, on message: Message, in conversation: Conversation, as kind: LedgerEntry.Kind
    ) throws {
        let details = [
            "attempt": attempt.id.text, "act": attempt.act.rawValue, "by": attempt.author.text, "state": attempt.state.name,
        ]
        try session.ledger.append(LedgerFact(kind, message.id.text, details), in: conversation.workspace, at: now)
    }

    func announce(_ message: Message, in conversation: Conversation) throws {
        try session.events.append(
            DeskEvent(
                workspace: conversation.workspace, kind: .messageChanged, conversation: conversation.id, message: message.id, at: now))
    }
}
