package import DeskCore

/// Connected accounts.
package protocol InboxRepository {
    func insert(_ inbox: Inbox, settings: [String: String], secrets: [String: Secret], at instant: Instant) throws
    /// Replaces all settings of an inbox; its secrets stay.
    func updateSettings(of inbox: Inbox, settings: [String: String]) throws
    /// Replaces all secrets of an inbox; its settings stay.
    func replaceSecrets(of inbox: Inbox, secrets: [String: Secret]) throws
    func inbox(_ id: Inbox.ID) throws -> Inbox?
    func connection(of inbox: Inbox.ID) throws -> InboxConnection?
    /// All of them, for the workers; by workspace and name.
    func all() throws -> [Inbox]
    func inboxes(in scope: Scope) throws -> [Inbox]
    /// When the provider last told us anything, by inbox.
    func lastSignsOfLife() throws -> [Inbox.ID: Instant]
}

/// What connects an inbox to its provider.
package struct InboxConnection: Sendable {
    package let inbox: Inbox
    package let settings: [String: String]
    package let secrets: [String: Secret]
    /// What came before is history, and owed to nobody.
    package let connectedAt: Instant

    package init(inbox: Inbox, settings: [String: String], secrets: [String: Secret], connectedAt: Instant = Instant(unixSeconds: 0)) {
        self.inbox = inbox
        self.settings = settings
        self.secrets = secrets
        self.connectedAt = connectedAt
    }
}

/// People who write.
package protocol ContactRepository {
    /// The contact of this inbox who has any of these identities; the earlier in the list decides.
    func contact(in inbox: Inbox.ID, anyOf identities: [ProviderIdentity]) throws -> Contact?
    func contact(_ id: Contact.ID) throws -> Contact?
    /// - Throws: when one of the identities belongs to another contact of the inbox already.
    func insert(_ contact: Contact, in inbox: Inbox.ID, at instant: Instant) throws
    /// Stores the name, and identities in their new order; identities are never taken from another contact.
    func update(_ contact: Contact, in inbox: Inbox.ID) throws
}

/// Which part of the queue somebody looks at.
package struct QueueFilter: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable { case owed, promised, answered, all }
    package enum Assignee: Hashable, Sendable { case anyone, nobody, user(User.ID) }

    package var state: State
    package var assignee: Assignee
    package var inbox: Inbox.ID?
    package var topic: Topic?

    package init(state: State = .owed, assignee: Assignee = .anyone, inbox: Inbox.ID? = nil, topic: Topic? = nil) {
        self.state = state
        self.assignee = assignee
        self.inbox = inbox
        self.topic = topic
    }
}

/// A conversation with what a card of the queue shows.
package struct ConversationSummary: Hashable, Sendable {
    package let conversation: Conversation
    package let contact: Contact
    package let inbox: Inbox
    /// The open obligation, if there is one.
    package let obligation: Obligation?
    /// When the most urgent commitment is due; nil for none.
    package let promiseDueAt: Instant?
    /// How far anything that is owed here has been escalated.
    package let escalation: EscalationLevel
    /// The newest message that is no note.
    package let lastMessage: MessagePreview?
    /// Of the newest outbound message.
    package let delivery: DeliveryState?
    /// Whether numbers and addresses are covered in it.
    package let isMasked: Bool

    package init(
        conversation: Conversation, contact: Contact, inbox: Inbox, obligation: Obligation?, promiseDueAt: Instant? = nil,
        escalation: EscalationLevel = .member, lastMessage: MessagePreview?, delivery: DeliveryState?, isMasked: Bool = false
    ) {
        self.conversation = conversation
        self.contact = contact
        self.inbox = inbox
        self.obligation = obligation
        self.promiseDueAt = promiseDueAt
        self.escalation = escalation
        self.lastMessage = lastMessage
        self.delivery = delivery
        self.isMasked = isMasked
    }

    /// The card as a viewer may see it.
    package func seen(through scope: Scope) -> ConversationSummary {
        guard scope.isMasked(in: conversation.workspace) else { return self }
        return ConversationSummary(
            conversation: conversation, contact: contact.masked, inbox: inbox, obligation: obligation, promiseDueAt: promiseDueAt,
            escalation: escalation, lastMessage: lastMessage?.masked, delivery: delivery, isMasked: true)
    }

    /// The card with the contact as it is, for a viewer to whom this conversation was revealed.
    package func uncovered(by session: any StorageSession) throws -> ConversationSummary {
        ConversationSummary(
            conversation: conversation, contact: try session.contacts.contact(contact.id) ?? contact, inbox: inbox, obligation: obligation,
            promiseDueAt: promiseDueAt, escalation: escalation, lastMessage: lastMessage, delivery: delivery)
    }

    /// When the first of what is owed here is due; nil when nothing is.
    package var dueAt: Instant? { [obligation?.dueAt, promiseDueAt].compactMap(\.self).min() }
}

/// The first words of a message.
package struct MessagePreview: Hashable, Sendable {
    /// In characters.
    package static let longest = 200

    package let kind: MessageKind
    package let direction: Message.Direction
    /// At most `longest` characters.
    package let text: String
    package let sentAt: Instant

    package init(kind: MessageKind, direction: Message.Direction, text: String, sentAt: Instant) {
        self.kind = kind
        self.direction = direction
        self.text = text
        self.sentAt = sentAt
    }

    var masked: MessagePreview {
        let covered = text.count < Self.longest ? Mask.text(text) : Mask.beginning(text)
        return MessagePreview(kind: kind, direction: direction, text: covered, sentAt: sentAt)
    }
}

/// Threads.
package protocol ConversationRepository {
    func conversation(_ id: Conversation.ID) throws -> Conversation?
    /// The one with a contact on a channel where all is one thread.
    func conversation(in inbox: Inbox.ID, with contact: Contact.ID) throws -> Conversation?
    /// Those in which a message is known by a mark, in the order in which they began.
    func conversations(in inbox: Inbox.ID, marked mark: String) throws -> [Conversation]
    /// Lets later messages find a conversation by a mark.
    func mark(_ conversation: Conversation, as mark: String) throws
    func insert(_ conversation: Conversation) throws
    func update(_ conversation: Conversation) throws

    /// The queue as one viewer may see it. `owed` and `promised` come by due time, the most urgent first; the others by last activity,
    /// newest first.
    func queue(_ filter: QueueFilter, scope: Scope, limit: Int, cursor: String?) throws -> Page<ConversationSummary>
    /// - Returns: nil for what does not exist, and for what the scope does not cover.
    func summary(_ id: Conversation.ID, scope: Scope) throws -> ConversationSummary?
    /// Owed conversations in the scope; counts to `maximum` at most, to stay quick.
    func owedCount(scope: Scope, maximum: Int) throws -> Int

    /// Where something owed was escalated, the longest due first.
    /// - Parameter levels: from which level on, by workspace; others of the scope are left out.
    func escalated(_ levels: [Workspace.ID: EscalationLevel], scope: Scope, limit: Int) throws -> [ConversationSummary]

    func draft(of conversation: Conversation.ID, by user: User.ID) throws -> String?
    /// - Parameter text: nil or empty removes it.
    func setDraft(_ text: String?, of conversation: Conversation.ID, by user: User.ID, at instant: Instant) throws
}

/// Entries of conversations.
package protocol MessageRepository {
    /// - Parameters:
    ///   - workspace: the conversation's.
    ///   - inbox: the conversation's; a provider's id is unique within it, and direction.
    ///   - replyKey: of an outbound message: the caller's idempotency key and the digest of what came with it.
    /// - Returns: false, and stores nothing, when the inbox already has a message with this provider's id.
    func insert(_ message: Message, workspace: Workspace.ID, inbox: Inbox.ID, replyKey: ReplyKey?) throws -> Bool
    func update(_ message: Message) throws
    func message(_ id: Message.ID) throws -> Message?
    func message(providerID: String, in inbox: Inbox.ID) throws -> Message?
    /// The newest `limit` messages before a place (exclusive; nil: the newest of all), oldest first.
    func messages(of conversation: Conversation.ID, before position: Int?, limit: Int) throws -> [Message]
    /// Messages after a place, oldest first.
    func messages(of conversation: Conversation.ID, after position: Int, limit: Int) throws -> [Message]
    /// The contact's messages after a place that are owed (no history), oldest first, at most `limit`.
    func inbound(of conversation: Conversation.ID, after position: Int, limit: Int) throws -> [InboundMessage]
    /// How many of those there are, counted no further than `limit`.
    func inboundCount(of conversation: Conversation.ID, after position: Int, upTo limit: Int) throws -> Int
    /// The contact's newest message.
    func lastInbound(of conversation: Conversation.ID) throws -> InboundMessage?
    func reply(by user: User.ID, key: String) throws -> (message: Message, digest: String)?
    /// How many replies each member has written since a time.
    func replyCounts(in workspace: Workspace.ID, since: Instant) throws -> [User.ID: Int]
}

/// What makes a repeated request the same request.
package struct ReplyKey: Hashable, Sendable {
    package let user: User.ID
    package let key: String
    /// SHA-256 over everything that was sent with it.
    package let digest: String

    package init(user: User.ID, key: String, digest: String) {
        self.user = user
        self.key = key
        self.digest = digest
    }
}
