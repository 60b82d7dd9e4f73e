import DeskCore
import DeskServices

/// One conversation as read for one viewer: everything that its page shows, from one consistent state.
struct ConversationReading: Sendable {
    static let timelineSize = 60

    let row: QueueReading.Row
    /// Without what was undone: those words are the writer's draft again, and the ledger's.
    let messages: [Message]
    let undone: [Message.ID]
    /// The place before which there are more messages; nil at the beginning.
    let earlierThan: Int?
    let quoted: [String: Message]
    let authors: [User.ID: String]
    let answers: InboundMessage?
    let answered: Message?
    let draft: String
    /// The viewer's newest reply that can still be taken back.
    let held: (message: Message, until: Instant)?
    let notes: [Message]
    let timeZone: String
    let lastReply: Message?
    /// How often the provider was called with those messages about which a person can decide.
    let calls: [Message.ID: Int]
    /// Promises that are owed.
    let commitments: [Commitment]
    /// Whom the viewer has just said to need no answer, while that can be taken back.
    let dismissed: (conversation: Conversation.ID, contactName: String)?
    /// The message that the reply is to quote, of those that can be quoted.
    let quote: Message?
    /// Whether the inbox shows its contacts that somebody writes.
    let showsTyping: Bool
    let sight: Sight

    /// What of it is covered to the viewer, and what they may say of it.
    struct Sight: Sendable, Hashable {
        /// Whether numbers and addresses are covered.
        let isMasked: Bool
        let mayReveal: Bool
        /// How delicate the viewer may say that the contact is; none for most.
        let classes: [ContactClass]

        init(_ conversation: Conversation, of viewer: User.ID, _ authorization: Authorization) throws {
            let workspace = conversation.workspace
            isMasked = try authorization.isMasked(conversation, for: viewer)
            mayReveal = try isMasked && authorization.may(.reveal, in: workspace, viewer)
            classes =
                if try authorization.may(.govern, in: workspace, viewer) {
                    ContactClass.allCases
                } else {
                    try authorization.may(.approve, in: workspace, viewer) ? [.ordinary, .important] : []
                }
        }
    }

    /// - Parameters:
    ///   - undo: a reply, perhaps of another conversation, that the viewer has just sent.
    ///   - dismissed: a conversation of which the viewer has just said that it needs no answer.
    ///   - quote: what the viewer wants to quote; nothing, when it is of another conversation or can't be quoted.
    /// - Throws: `not_found`, `agreement_required`.
    init(
        _ id: Conversation.ID, viewer: User.ID, before position: Int? = nil, undo: Message.ID? = nil,
        dismissed other: Conversation.ID? = nil, quote: Message.ID? = nil, session: any StorageSession, at now: Instant
    ) throws {
        let authorization = Authorization(session, at: now)
        let conversation = try authorization.conversation(id, for: .read, by: viewer)
        let scope = try authorization.scope(of: viewer, limitedTo: conversation.workspace)
        guard let summary = try session.conversations.summary(id, scope: scope) else {
            throw DeskError.nothingThere
        }
        var names = PeopleNames(session)
        sight = try Sight(conversation, of: viewer, authorization)
        let isMasked = sight.isMasked
        let shown = isMasked ? summary : try summary.uncovered(by: session)
        row = try QueueReading.row(shown, scope: scope, names: &names, session: session)
        let stretch = try session.messages.messages(of: id, before: position, limit: Self.timelineSize)
        let visible = stretch.map { isMasked ? $0.masked : $0 }
        messages = visible.filter { $0.delivery != .undone }
        undone = stretch.filter { $0.delivery == .undone }.map(\.id)
        earlierThan = stretch.first.flatMap { $0.position > 1 ? $0.position : nil }
        quoted = try Self.quoted(by: messages, inbox: conversation.inbox, session: session).mapValues { isMasked ? $0.masked : $0 }
        let reacting = messages.flatMap(\.reactions).compactMap(\.attempt?.author)
        authors = try (messages.compactMap(\.author) + reacting).reduce(into: [:]) { $0[$1] = try names.name(of: $1) }
        answers = try session.messages.lastInbound(of: id)
        answered = try answers.flatMap { try session.messages.message($0.id) }.map { isMasked ? $0.masked : $0 }
        draft = try session.conversations.draft(of: id, by: viewer) ?? ""
        held = try Self.held(undo ?? messages.last { $0.delivery == .held && $0.author == viewer }?.id, viewer, session)
        notes = messages.filter { $0.direction == .note && $0.content.kind != .system }
        timeZone = try session.workspaces.workspace(conversation.workspace)?.timeZone ?? "GMT"
        self.quote = try quote.flatMap { try session.messages.message($0) }.flatMap { message in
            message.conversation == id && message.quotableProviderID != nil ? (isMasked ? message.masked : message) : nil
        }
        showsTyping = try session.inboxes.connection(of: conversation.inbox)?.showsTyping ?? false
        lastReply = messages.last { $0.direction == .outbound && ($0.delivery?.isTaken ?? false) }
        calls = try Self.calls(of: messages, session)
        commitments = try session.commitments.owed(in: id).map { isMasked ? $0.masked : $0 }
        dismissed = try other.flatMap { try Self.dismissed($0, by: viewer, session, at: now) }
    }

    private static func dismissed(
        _ id: Conversation.ID, by viewer: User.ID, _ session: any StorageSession, at now: Instant
    ) throws -> (conversation: Conversation.ID, contactName: String)? {
        let scope = try Authorization(session, at: now).scope(of: viewer)
        guard let summary = try session.conversations.summary(id, scope: scope),
            case .ended(.noAnswerNeeded(let word)) = try session.obligations.lastDismissed(in: id)?.state, word.member == viewer
        else { return nil }
        return (id, summary.contact.displayName)
    }

    private static func quoted(by messages: [Message], inbox: Inbox.ID, session: any StorageSession) throws -> [String: Message] {
        try messages.compactMap(\.content.quotedProviderID).reduce(into: [:]) { found, providerID in
            found[providerID] = try session.messages.message(providerID: providerID, in: inbox)
        }
    }

    private static func calls(of messages: [Message], _ session: any StorageSession) throws -> [Message.ID: Int] {
        try messages.filter { $0.delivery?.awaitsPerson == true }.reduce(into: [:]) { calls, message in
            calls[message.id] = try session.attempts.attempt(of: message.id)?.calls
        }
    }

    private static func held(
        _ id: Message.ID?, _ viewer: User.ID, _ session: any StorageSession
    ) throws -> (message: Message, until: Instant)? {
        guard let id, let message = try session.messages.message(id), message.delivery == .held, message.author == viewer,
            let attempt = try session.attempts.attempt(of: id)
        else { return nil }
        return (message, attempt.dueAt)
    }
}
