/// A principal's desk: the boundary that nothing crosses.
package struct Workspace: Hashable, Sendable {
    package typealias ID = Identifier<Workspace>

    package let id: ID
    package var name: String
    /// BCP 47 language of the principal: `es`, `pt`, `en`.
    package var locale: String
    /// IANA name, as `America/Argentina/Buenos_Aires`.
    package var timeZone: String
    /// How soon somebody who writes should have an answer, and when the desk is open.
    package var answerPolicy: AnswerPolicy
    package let createdAt: Instant

    /// - Parameter answerTarget: around the clock; `answerPolicy` says more.
    package init(id: ID, name: String, locale: String, timeZone: String, answerTarget: Duration, createdAt: Instant) {
        self.id = id
        self.name = name
        self.locale = locale
        self.timeZone = timeZone
        answerPolicy = AnswerPolicy(target: answerTarget)
        self.createdAt = createdAt
    }

    package var answerTarget: Duration { answerPolicy.target }
}

/// One connected account of a channel.
package struct Inbox: Hashable, Sendable {
    package typealias ID = Identifier<Inbox>

    /// Names the secret that each inbox gets when it is connected, with which the desk knows its own marks again when they come back
    /// from outside.
    package static let keyName = "inbox_key"

    package let id: ID
    package let workspace: Workspace.ID
    package let channel: ChannelName
    package var name: String
    /// The provider's id of the account: what its events must name (WhatsApp: the phone number id).
    package var account: String
    /// Whether it belongs to a simulator, and nothing of it is real.
    package var isSimulated: Bool

    package init(id: ID, workspace: Workspace.ID, channel: ChannelName, name: String, account: String, isSimulated: Bool) {
        self.id = id
        self.workspace = workspace
        self.channel = channel
        self.name = name
        self.account = account
        self.isSimulated = isSimulated
    }
}

/// A person who writes, as known in one inbox.
package struct Contact: Hashable, Sendable {
    package typealias ID = Identifier<Contact>

    package let id: ID
    package let workspace: Workspace.ID
    package var name: String?
    /// In the order in which a reply should be addressed.
    package var identities: [ProviderIdentity]
    package var contactClass: ContactClass

    package init(
        id: ID, workspace: Workspace.ID, name: String?, identities: [ProviderIdentity], contactClass: ContactClass = .ordinary
    ) {
        self.id = id
        self.workspace = workspace
        self.name = name
        self.identities = identities
        self.contactClass = contactClass
    }

    /// Whether somebody is still reached by an identity. Of telephone numbers, and of ids within one business, a person has one at a time,
    /// and the newest stands first: who has an older one now may be somebody else.
    package func isReached(by identity: ProviderIdentity) -> Bool {
        switch identity.scheme {
        case .phone, .businessScoped: identities.first { $0.scheme == identity.scheme } == identity
        case .mailAddress, .opaque: identities.contains(identity)
        }
    }

    /// What to call the contact where there is room for one line.
    package var displayName: String { name ?? identities.first?.value ?? "?" }
}

/// A thread with one contact in one inbox: the only one in a chat; one of several where people write mails.
package struct Conversation: Hashable, Sendable {
    package typealias ID = Identifier<Conversation>

    package let id: ID
    package let workspace: Workspace.ID
    package let inbox: Inbox.ID
    package let contact: Contact.ID
    /// Tells the threads with a contact apart; empty in chats.
    package let thread: String
    /// Grows with everything that changes what a person should have seen before answering.
    package private(set) var version: Int
    /// The place of the newest message; places start at 1 and are never used twice.
    package private(set) var lastPosition: Int
    /// The provider's time of the contact's newest message; the reply window counts from it.
    package private(set) var lastInboundAt: Instant?
    package private(set) var lastActivityAt: Instant
    package var assignee: User.ID?
    package var snoozedUntil: Instant?
    /// What it is about, as somebody said; nil while nobody did.
    package var topic: Topic?

    package init(
        id: ID, workspace: Workspace.ID, inbox: Inbox.ID, contact: Contact.ID, thread: String = "", version: Int = 0, lastPosition: Int = 0,
        lastInboundAt: Instant? = nil, lastActivityAt: Instant, assignee: User.ID? = nil, snoozedUntil: Instant? = nil,
        topic: Topic? = nil
    ) {
        self.id = id
        self.workspace = workspace
        self.inbox = inbox
        self.contact = contact
        self.thread = thread
        self.version = version
        self.lastPosition = lastPosition
        self.lastInboundAt = lastInboundAt
        self.lastActivityAt = lastActivityAt
        self.assignee = assignee
        self.snoozedUntil = snoozedUntil
        self.topic = topic
    }

    /// Makes room for a message, and gives its place.
    /// - Parameter isOwed: whether somebody waits for an answer to it; otherwise it opens no reply window, and wakes nobody.
    package mutating func admit(_ direction: Message.Direction, sentAt: Instant, isOwed: Bool = true) -> Int {
        lastPosition += 1
        version += 1
        lastActivityAt = max(lastActivityAt, sentAt)
        if direction == .inbound, isOwed { hear(sentAt) }
        return lastPosition
    }

    /// A message that was known from before the inbox was connected has come by itself as well: from now on it counts.
    package mutating func noteLife(of message: Message) {
        version += 1
        if message.direction == .inbound { hear(message.sentAt) }
    }

    private mutating func hear(_ sentAt: Instant) {
        lastInboundAt = max(lastInboundAt ?? sentAt, sentAt)
        snoozedUntil = nil
    }

    /// Something that was there changed: an edit, a deletion, a reaction.
    package mutating func noteChange() { version += 1 }

    /// - Throws: `stale_conversation` when the writer hasn't seen everything.
    package func requireVersion(_ seen: Int) throws(DeskError) {
        guard seen == version else {
            throw DeskError(
                .staleConversation,
                message: "The conversation changed while the reply was being written (seen version \(seen), now \(version)). "
                    + "Nothing was sent; the text is kept. Read what is new and send again.")
        }
    }
}
