import DeskCore
import DeskServices
import DeskWeb

/// An inbox that is being connected, as read for its principal: nobody else is shown what verifies it.
struct ConnectionReading: Sendable {
    let connection: InboxConnection
    let isVerified: Bool
    /// The conversation of the newest message; nil before the first.
    let newest: Conversation.ID?

    /// - Throws: `not_found`, `out_of_grant`.
    init(_ id: Inbox.ID, viewer: User.ID, _ session: any StorageSession, at now: Instant) throws {
        guard let connection = try session.inboxes.connection(of: id) else { throw DeskError.nothingThere }
        let authorization = Authorization(session, at: now)
        try authorization.require(.administer, in: connection.inbox.workspace, of: viewer)
        self.connection = connection
        isVerified = try session.inboxes.lastSignsOfLife()[id] != nil
        let scope = try authorization.scope(of: viewer, limitedTo: connection.inbox.workspace)
        let filter = QueueFilter(state: .all, inbox: id)
        newest = try session.conversations.queue(filter, scope: scope, limit: 1, cursor: nil).items.first?.conversation.id
    }

    func view(publicURL: String) -> ConnectPage.Connection {
        ConnectPage.Connection(
            inboxID: connection.inbox.id.text, inboxName: connection.inbox.name,
            webhookURL: "\(publicURL)/webhooks/\(connection.inbox.id.text)",
            verifyToken: connection.secrets["verify_token"]?.exposed() ?? "", isVerified: isVerified, hasReceived: newest != nil,
            conversationPath: newest.map { "/conversations/\($0.text)" })
    }
}
