import DeskCore

/// Projects what changes something that is already there: edits, deletions, reactions, notices about a contact.
struct IncomingChange {
    private let delivery: Delivery
    private let instant: Instant
    private var session: any StorageSession { delivery.session }

    init(_ delivery: Delivery, at instant: Instant) {
        self.delivery = delivery
        self.instant = instant
    }

    /// An edit of a message that never came is itself the contact's word, and is taken in as a message.
    func edit(_ revision: Revision) throws -> Delivery.Result {
        guard let content = revision.content else { return try delete(revision) }
        guard var message = try session.messages.message(providerID: revision.originalProviderID, in: delivery.inbox.id) else {
            let received = ReceivedMessage(
                providerID: revision.originalProviderID, correspondent: revision.correspondent, content: content)
            return try IncomingMessage(delivery, received, sentAt: instant).project(as: revision.isEcho ? .echo : .inbound)
        }
        message.content.text = content.text
        message.editedAt = instant
        return try store(message, isSeenByReplier: true)
    }

    /// The words stay for those who answer, marked as taken back: an answer may already refer to them.
    func delete(_ revision: Revision) throws -> Delivery.Result {
        guard var message = try session.messages.message(providerID: revision.originalProviderID, in: delivery.inbox.id) else {
            return .ignored("deletion of a message that never came")
        }
        message.deletedAt = instant
        return try store(message, isSeenByReplier: true)
    }

    func react(_ reaction: Reaction) throws -> Delivery.Result {
        guard var message = try session.messages.message(providerID: reaction.targetProviderID, in: delivery.inbox.id) else {
            return .ignored("reaction to a message that never came")
        }
        let author: MessageReaction.Author = reaction.isEcho ? .us : .contact
        message.reactions.removeAll { $0.author == author }
        if let emoji = reaction.emoji { message.reactions.append(MessageReaction(author: author, emoji: emoji)) }
        return try store(message, isSeenByReplier: false)
    }

    func notify(_ notice: SystemNotice) throws -> Delivery.Result {
        let book = ContactBook(delivery)
        guard let contact = try book.known(notice.correspondent) ?? book.contact(for: identified(notice)) else {
            return .quarantined("The provider's notice names nobody we know.")
        }
        let current = try book.give(notice.newIdentities, to: contact)
        var conversation = try book.conversation(with: current, startedAt: instant)
        let line = Message(
            id: delivery.context.identifiers.next(at: delivery.now), conversation: conversation.id,
            position: conversation.admit(.note, sentAt: instant), direction: .note,
            content: MessageContent(kind: .system, text: notice.text), sentAt: instant, receivedAt: delivery.now,
            providerID: notice.providerID)
        guard try session.messages.insert(line, workspace: delivery.workspace.id, inbox: delivery.inbox.id, replyKey: nil) else {
            return .repeated
        }
        try session.conversations.update(conversation)
        try announce(line, .noteAdded)
        return .projected
    }

    private func identified(_ notice: SystemNotice) -> Correspondent {
        var correspondent = notice.correspondent
        if correspondent.identities.isEmpty { correspondent.identities = notice.newIdentities }
        return correspondent
    }

    private func store(_ message: Message, isSeenByReplier: Bool) throws -> Delivery.Result {
        try session.messages.update(message)
        if isSeenByReplier, var conversation = try session.conversations.conversation(message.conversation) {
            conversation.noteChange()
            try session.conversations.update(conversation)
        }
        try announce(message, .messageChanged)
        return .projected
    }

    private func announce(_ message: Message, _ kind: DeskEvent.Kind) throws {
        try session.events.append(
            DeskEvent(
                workspace: delivery.workspace.id, kind: kind, conversation: message.conversation, message: message.id, at: delivery.now))
    }
}
