package import DeskCore

/// Deliveries of outbound messages.
package protocol AttemptRepository {
    func insert(_ attempt: Attempt, at instant: Instant) throws
    func update(_ attempt: Attempt, at instant: Instant) throws
    func attempt(_ id: Attempt.ID) throws -> Attempt?
    func attempt(of message: Message.ID) throws -> Attempt?
    func attempt(providerID: String, in inbox: Inbox.ID) throws -> Attempt?
    /// Held or queued attempts that are due, the earliest first. Never two of one conversation, and none of a conversation that has
    /// an earlier attempt still held, queued or sending: a contact gets replies in the order in which they were written.
    /// - Parameter busy: inboxes whose attempts are left out.
    func due(at now: Instant, limit: Int, except busy: Set<Inbox.ID>) throws -> [Attempt]
    /// When the next one will be due; nil for none.
    /// - Parameter busy: inboxes whose attempts are left out.
    func nextDueAt(except busy: Set<Inbox.ID>) throws -> Instant?
    /// Lets held and queued attempts that began to wait later than now, by a clock that was set back since, wait as long from now on.
    func restartWaits(at now: Instant) throws
    /// Attempts that were being sent when the program last stopped.
    func sending() throws -> [Attempt]
    /// Those of all workspaces that are held, queued or being sent, in the order of each conversation.
    func inFlight() throws -> [Attempt]
    /// How many are held, queued, being sent and unknown; a state without any is left out.
    func counts() throws -> [String: Int]
    /// Those of which nobody knows whether they went, in the scope, for a person to decide, the oldest first.
    func undecided(scope: Scope, limit: Int) throws -> [Attempt]
    /// How many of those a workspace has.
    func undecidedCount(in workspace: Workspace.ID) throws -> Int
}

extension AttemptRepository {
    /// What is due in any inbox.
    package func due(at now: Instant, limit: Int) throws -> [Attempt] { try due(at: now, limit: limit, except: []) }
    /// When the next one of any inbox will be due; nil for none.
    package func nextDueAt() throws -> Instant? { try nextDueAt(except: []) }
}

/// What came of a provider's event.
package enum RawEventOutcome: Hashable, Sendable {
    /// Stored, and not looked at yet.
    case pending
    case projected
    case ignored(reason: String)
    /// Kept and shown to a person, because it could not be understood or applied.
    case quarantined(reason: String)
}

/// A request of a provider exactly as it came.
package struct RawEvent: Hashable, Sendable {
    package typealias ID = Identifier<RawEvent>

    package let id: ID
    package let workspace: Workspace.ID
    package let inbox: Inbox.ID
    package let receivedAt: Instant
    package let body: [UInt8]
    package var outcome: RawEventOutcome

    package init(id: ID, workspace: Workspace.ID, inbox: Inbox.ID, receivedAt: Instant, body: [UInt8], outcome: RawEventOutcome) {
        self.id = id
        self.workspace = workspace
        self.inbox = inbox
        self.receivedAt = receivedAt
        self.body = body
        self.outcome = outcome
    }
}

/// A raw event that waits for its meaning.
package struct PendingEvent: Hashable, Sendable {
    package let raw: RawEvent
    /// Starts of the program that found it waiting already.
    package let starts: Int

    package init(raw: RawEvent, starts: Int) {
        self.raw = raw
        self.starts = starts
    }
}

/// How much waits to be projected.
package struct ProjectionBacklog: Hashable, Sendable {
    package let count: Int
    /// When the oldest was received; nil when nothing waits.
    package let oldest: Instant?

    package init(count: Int, oldest: Instant?) {
        self.count = count
        self.oldest = oldest
    }
}

/// Everything that providers sent, word for word, and which of their events were seen.
package protocol RawEventRepository {
    func insert(_ event: RawEvent) throws
    /// Whether any raw event is pending.
    func hasPending() throws -> Bool
    /// The oldest that are pending, in the order in which they came.
    func pending(limit: Int) throws -> [PendingEvent]
    /// Counts one more start of the program for the oldest that are pending.
    func countStart(ofOldest count: Int) throws
    /// Stores the outcome of an event that was pending.
    func conclude(_ event: RawEvent) throws
    func backlog() throws -> ProjectionBacklog
    /// Remembers an event key of an inbox.
    /// - Returns: false when it was known already: the event is a repetition.
    func claimKey(_ key: String, inbox: Inbox.ID, workspace: Workspace.ID, at instant: Instant) throws -> Bool
    /// Which of these event keys of an inbox were never claimed, in their order.
    func unclaimed(_ keys: [String], of inbox: Inbox) throws -> [String]
    /// Those that wait for a person, oldest first.
    func quarantined(scope: Scope, limit: Int) throws -> [RawEvent]
    /// All of an inbox that wait for a person, oldest first: for the operator.
    func quarantined(of inbox: Inbox) throws -> [RawEvent]
    func quarantinedCount() throws -> Int
    func event(_ id: RawEvent.ID, in workspace: Workspace.ID) throws -> RawEvent?
    /// What an inbox's provider sent after an event (nil: from the first on), in the order in which it came.
    func events(of inbox: Inbox, after id: RawEvent.ID?, limit: Int) throws -> [RawEvent]
    /// When an inbox's provider last called, newest first.
    func recentSigns(of inbox: Inbox, limit: Int) throws -> [Instant]

    /// Keeps a status whose message is not known yet.
    func park(_ status: StatusUpdate, inbox: Inbox.ID, workspace: Workspace.ID, at instant: Instant) throws
    /// Takes out the parked statuses of a message, by the provider's id, in order of arrival.
    func takeParked(providerID: String, inbox: Inbox.ID) throws -> [StatusUpdate]
}

/// A file that is still to be fetched from the provider.
package struct MediaJob: Hashable, Sendable {
    package let message: Message.ID
    package let attachmentIndex: Int
    package let inbox: Inbox.ID
    package let attachment: Attachment
    /// How many tries were made.
    package var tries: Int
    package var dueAt: Instant

    package init(message: Message.ID, attachmentIndex: Int, inbox: Inbox.ID, attachment: Attachment, tries: Int, dueAt: Instant) {
        self.message = message
        self.attachmentIndex = attachmentIndex
        self.inbox = inbox
        self.attachment = attachment
        self.tries = tries
        self.dueAt = dueAt
    }
}

/// Files to fetch. A job is one row, gone when the file is there or can't be had.
package protocol MediaRepository {
    func insert(_ job: MediaJob, workspace: Workspace.ID) throws
    func due(at now: Instant, limit: Int) throws -> [MediaJob]
    func nextDueAt() throws -> Instant?
    /// Lets no job wait any longer: for when the clock was set back, and nobody knows how long they have waited.
    func endWaits(at now: Instant) throws
    func update(_ job: MediaJob) throws
    func remove(message: Message.ID, attachmentIndex: Int) throws
}

/// The append-only proof log.
package protocol LedgerRepository {
    /// Chains a fact to the newest entry, in this very transaction.
    @discardableResult
    func append(_ fact: LedgerFact, in workspace: Workspace.ID, at instant: Instant) throws -> LedgerEntry
    func head(of workspace: Workspace.ID) throws -> LedgerHead
    /// Entries after a sequence number, in order.
    func entries(of workspace: Workspace.ID, after sequence: Int64, limit: Int) throws -> [LedgerEntry]
    func entries(about subject: String, in workspace: Workspace.ID) throws -> [LedgerEntry]
}

/// One change that screens and programs may want to follow.
package struct DeskEvent: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case messageReceived = "message.received"
        case messageChanged = "message.changed"
        case messageSent = "message.sent"
        case noteAdded = "note.added"
        case conversationChanged = "conversation.changed"
        /// Who may see a conversation may have changed: its topic, its contact's class, or who has it.
        case sightChanged = "sight.changed"
        /// The provider shook hands, or something came that has to be looked at; belongs to no conversation.
        case inboxChanged = "inbox.changed"
    }

    /// Grows by one with each event of the whole store, in the order of commits; 0 before it is stored.
    package let sequence: Int64
    package let workspace: Workspace.ID
    package let kind: Kind
    /// Nil only for what belongs to none.
    package let conversation: Conversation.ID?
    package let message: Message.ID?
    package let at: Instant

    package init(
        sequence: Int64 = 0, workspace: Workspace.ID, kind: Kind, conversation: Conversation.ID? = nil, message: Message.ID? = nil,
        at: Instant
    ) {
        self.sequence = sequence
        self.workspace = workspace
        self.kind = kind
        self.conversation = conversation
        self.message = message
        self.at = at
    }
}

/// What happened, in order; written in the transaction of what it tells.
package protocol EventRepository {
    /// Stores an event; after the commit the store hands it, with its number, to the listener that it was made with.
    func append(_ event: DeskEvent) throws
    /// Events after a number, in order.
    func events(after sequence: Int64, limit: Int) throws -> [DeskEvent]
    /// The first and the last number kept; nil for none.
    func bounds() throws -> (first: Int64, last: Int64)?
    /// Forgets events from before `instant`.
    func prune(before instant: Instant) throws
}

/// One place where searched words were found.
package struct SearchHit: Hashable, Sendable {
    package let conversation: Conversation.ID
    package let workspace: Workspace.ID
    package let contactName: String
    /// Nil when the contact's name or address matched.
    package let message: Message.ID?
    package let direction: Message.Direction?
    package let text: String
    package let at: Instant

    package init(
        conversation: Conversation.ID, workspace: Workspace.ID, contactName: String, message: Message.ID?, direction: Message.Direction?,
        text: String, at: Instant
    ) {
        self.conversation = conversation
        self.workspace = workspace
        self.contactName = contactName
        self.message = message
        self.direction = direction
        self.text = text
        self.at = at
    }

    /// The hit for a viewer to whom numbers and addresses are covered.
    package var masked: SearchHit {
        SearchHit(
            conversation: conversation, workspace: workspace, contactName: Mask.text(contactName), message: message, direction: direction,
            text: Mask.text(text), at: at)
    }
}

/// Word search.
package protocol SearchRepository {
    /// Messages and contacts that have all the words, as word beginnings, whatever the accents and case; the newest first.
    /// - Parameter query: as a person typed it; no operators, nothing in it is syntax.
    func search(_ query: String, scope: Scope, limit: Int, cursor: String?) throws -> Page<SearchHit>
}
