import DeskCore
import DeskServices

/// A store that takes nothing for a repetition: it finds no message by its provider's id, knows no event key, and its table has no
/// unique index, which is what the added number comes to.
struct ForgetfulSession: WrappingSession {
    let session: any StorageSession

    /// A provider's id without the number that was added.
    static func plain(_ id: String) -> String { String(id.prefix { $0 != "#" }) }

    var messages: any MessageRepository { ForgetfulMessages(messages: session.messages) }
    var rawEvents: any RawEventRepository { ForgetfulEvents(rawEvents: session.rawEvents) }
}

private struct ForgetfulMessages: MessageRepository {
    let messages: any MessageRepository

    func insert(_ message: Message, workspace: Workspace.ID, inbox: Inbox.ID, replyKey: ReplyKey?) throws -> Bool {
        var unique = message
        unique.providerID = message.providerID.map { "\($0)#\(message.id)" }
        return try messages.insert(unique, workspace: workspace, inbox: inbox, replyKey: replyKey)
    }

    func update(_ message: Message) throws { try messages.update(message) }
    func message(_ id: Message.ID) throws -> Message? { try messages.message(id) }
    func message(providerID: String, in inbox: Inbox.ID) throws -> Message? { nil }

    func messages(of conversation: Conversation.ID, before position: Int?, limit: Int) throws -> [Message] {
        try messages.messages(of: conversation, before: position, limit: limit)
    }

    func messages(of conversation: Conversation.ID, after position: Int, limit: Int) throws -> [Message] {
        try messages.messages(of: conversation, after: position, limit: limit)
    }

    func inbound(of conversation: Conversation.ID, after position: Int, limit: Int) throws -> [InboundMessage] {
        try messages.inbound(of: conversation, after: position, limit: limit)
    }

    func inboundCount(of conversation: Conversation.ID, after position: Int, upTo limit: Int) throws -> Int {
        try messages.inboundCount(of: conversation, after: position, upTo: limit)
    }

    func lastInbound(of conversation: Conversation.ID) throws -> InboundMessage? { try messages.lastInbound(of: conversation) }

    func reply(by user: User.ID, key: String) throws -> (message: Message, digest: String)? { try messages.reply(by: user, key: key) }
    func replyCounts(in workspace: Workspace.ID, since: Instant) throws -> [User.ID: Int] {
        try messages.replyCounts(in: workspace, since: since)
    }
}

private struct ForgetfulEvents: RawEventRepository {
    let rawEvents: any RawEventRepository

    func insert(_ event: RawEvent) throws { try rawEvents.insert(event) }
    func claimKey(_ key: String, inbox: Inbox.ID, workspace: Workspace.ID, at instant: Instant) throws -> Bool { true }
    func unclaimed(_ keys: [String], of inbox: Inbox) throws -> [String] { keys }
    func quarantined(scope: Scope, limit: Int) throws -> [RawEvent] { try rawEvents.quarantined(scope: scope, limit: limit) }
    func quarantined(of inbox: Inbox) throws -> [RawEvent] { try rawEvents.quarantined(of: inbox) }
    func quarantinedCount() throws -> Int { try rawEvents.quarantinedCount() }
    func event(_ id: RawEvent.ID, in workspace: Workspace.ID) throws -> RawEvent? { try rawEvents.event(id, in: workspace) }
    func events(of inbox: Inbox, after id: RawEvent.ID?, limit: Int) throws -> [RawEvent] {
        try rawEvents.events(of: inbox, after: id, limit: limit)
    }
    func recentSigns(of inbox: Inbox, limit: Int) throws -> [Instant] { try rawEvents.recentSigns(of: inbox, limit: limit) }

    func hasPending() throws -> Bool { try rawEvents.hasPending() }
    func pending(limit: Int) throws -> [PendingEvent] { try rawEvents.pending(limit: limit) }
    func countStart(ofOldest count: Int) throws { try rawEvents.countStart(ofOldest: count) }
    func conclude(_ event: RawEvent) throws { try rawEvents.conclude(event) }
    func backlog() throws -> ProjectionBacklog { try rawEvents.backlog() }

    func park(_ status: StatusUpdate, inbox: Inbox.ID, workspace: Workspace.ID, at instant: Instant) throws {
        try rawEvents.park(status, inbox: inbox, workspace: workspace, at: instant)
    }

    func takeParked(providerID: String, inbox: Inbox.ID) throws -> [StatusUpdate] {
        try rawEvents.takeParked(providerID: providerID, inbox: inbox)
    }
}
