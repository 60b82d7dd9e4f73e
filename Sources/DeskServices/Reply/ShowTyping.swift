package import DeskCore

/// Shows the contact that somebody writes, where the channel can and the inbox's setting wants it. On WhatsApp that marks their
/// messages as read, too, which is why it is off until the principal switches it on. Best effort: it changes nothing that is owed.
package struct ShowTyping: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// - Throws: `not_found`, `agreement_required`, `out_of_grant`; nothing when there is nothing to show.
    package func show(in id: Conversation.ID, by user: User.ID) async throws {
        let now = context.time.now()
        let target = try await context.storage.read { [context] session -> (String, InboxConnection)? in
            let conversation = try Authorization(session, at: now).conversation(id, for: .reply, by: user)
            guard let connection = try session.inboxes.connection(of: conversation.inbox), connection.showsTyping,
                context.channels.abilities(of: connection.inbox.channel).contains(.typing),
                let answered = try session.messages.lastInbound(of: id)?.providerID
            else { return nil }
            let length = context.channels.limits(of: connection.inbox.channel)?.replyWindow
            guard ReplyWindow(length: length, lastInboundAt: conversation.lastInboundAt, now: now).isOpen else { return nil }
            return (answered, connection)
        }
        guard let (answered, connection) = target else { return }
        await context.channels.showTyping(answering: answered, through: connection)
    }
}
