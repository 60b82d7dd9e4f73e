/// One entry of a conversation.
package struct Message: Hashable, Sendable {
    package typealias ID = Identifier<Message>

    package enum Direction: String, Hashable, Sendable, Codable {
        case inbound, outbound
        /// The principal answered from elsewhere.
        case echo
        /// Internal: never leaves.
        case note
    }

    package let id: ID
    package let conversation: Conversation.ID
    package let position: Int
    package let direction: Direction
    package var content: MessageContent
    /// The provider's time where it gives one.
    package private(set) var sentAt: Instant
    package let receivedAt: Instant
    package var providerID: String?
    /// Of an outbound message: how far it got.
    package var delivery: DeliveryState?
    /// Of an outbound message or a note: who wrote it.
    package var author: User.ID?
    /// Of an outbound message: the inbound message that it answers.
    package var answers: ID?
    package var editedAt: Instant?
    package var deletedAt: Instant?
    package var reactions: [MessageReaction]
    /// Whether it stems from before the inbox was connected, and is owed to nobody.
    package let isHistory: Bool
    /// What the ledger's commitment to the content was salted with, in hexadecimal: erased together with the content. Nil where the
    /// ledger says nothing of the content.
    package let commitmentSalt: String?

    package init(
        id: ID, conversation: Conversation.ID, position: Int, direction: Direction, content: MessageContent, sentAt: Instant,
        receivedAt: Instant, providerID: String? = nil, delivery: DeliveryState? = nil, author: User.ID? = nil, answers: ID? = nil,
        editedAt: Instant? = nil, deletedAt: Instant? = nil, reactions: [MessageReaction] = [], isHistory: Bool = false,
        commitmentSalt: String? = nil
    ) {
        self.id = id
        self.conversation = conversation
        self.position = position
        self.direction = direction
        self.content = content
        self.sentAt = sentAt
        self.receivedAt = receivedAt
        self.providerID = providerID
        self.delivery = delivery
        self.author = author
        self.answers = answers
        self.editedAt = editedAt
        self.deletedAt = deletedAt
        self.reactions = reactions
        self.isHistory = isHistory
        self.commitmentSalt = commitmentSalt
    }

    /// Whether a machine made it for nobody in particular: it is shown, and owed to nobody.
    package var isAutomatic: Bool { content.mail?.automation != nil }

    /// Whether somebody waits for an answer to it.
    package var isOwed: Bool { direction == .inbound && !isHistory && !isAutomatic }

    /// What was known by an edit alone has come by itself: it is as old as it says, and was edited since.
    package mutating func dateBack(to instant: Instant) {
        guard instant < sentAt else { return }
        editedAt = editedAt ?? sentAt
        sentAt = instant
    }
}

/// An emoji on a message, and whose it is.
package struct MessageReaction: Hashable, Sendable, Codable {
    package enum Author: String, Hashable, Sendable, Codable { case contact, us }

    package let author: Author
    package let emoji: String
    /// How ours came here, and how far it got; nil for the contact's, and for what the principal did on their phone.
    package var attempt: ReactionAttempt?

    package init(author: Author, emoji: String, attempt: ReactionAttempt? = nil) {
        self.author = author
        self.emoji = emoji
        self.attempt = attempt
    }
}

/// A contact's message: the only thing that a reply can be made from. Made from a message that really is inbound.
package struct InboundMessage: Hashable, Sendable {
    package let id: Message.ID
    package let conversation: Conversation.ID
    package let position: Int
    package let sentAt: Instant
    package let providerID: String?

    package init(id: Message.ID, conversation: Conversation.ID, position: Int, sentAt: Instant, providerID: String?) {
        self.id = id
        self.conversation = conversation
        self.position = position
        self.sentAt = sentAt
        self.providerID = providerID
    }

    /// - Returns: nil unless the message came from the contact.
    package init?(_ message: Message) {
        guard message.direction == .inbound else { return nil }
        id = message.id
        conversation = message.conversation
        position = message.position
        sentAt = message.sentAt
        providerID = message.providerID
    }
}
