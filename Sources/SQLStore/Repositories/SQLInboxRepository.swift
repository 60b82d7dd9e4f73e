import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static func insert(_ inbox: Inbox, settings: String, at instant: Instant) -> SQLStatement {
        """
        INSERT INTO inboxes (workspace, id, channel, name, account, is_simulated, settings, created_at)
        VALUES (\(inbox.workspace), \(inbox.id), \(inbox.channel.rawValue), \(inbox.name), \(inbox.account), \(inbox.isSimulated),
                \(settings), \(instant))
        """
    }

    fileprivate static func insertSecret(_ name: String, _ value: Secret, of inbox: Inbox) -> SQLStatement {
        """
        INSERT INTO inbox_secrets (workspace, inbox, name, value)
        VALUES (\(inbox.workspace), \(inbox.id), \(name),
                \(value.exposed(), sealedFor: .workspace(inbox.workspace)))
        """
    }

    fileprivate static func updateSettings(of inbox: Inbox, to settings: String) -> SQLStatement {
        "UPDATE inboxes SET settings = \(settings) WHERE workspace = \(inbox.workspace) AND id = \(inbox.id)"
    }

    fileprivate static func deleteSecrets(of inbox: Inbox) -> SQLStatement {
        "DELETE FROM inbox_secrets WHERE workspace = \(inbox.workspace) AND inbox = \(inbox.id)"
    }

    fileprivate static let inboxes: SQLStatement =
        "SELECT workspace, id, channel, name, account, is_simulated, settings, created_at FROM inboxes"

    fileprivate static func secrets(of inbox: Inbox) -> SQLStatement {
        "SELECT name, value FROM inbox_secrets WHERE workspace = \(inbox.workspace) AND inbox = \(inbox.id)"
    }

    /// Ids of raw events begin with their time, so the last by id is the last that came.
    fileprivate static let lastSignsOfLife: SQLStatement = """
        SELECT i.id, (
            SELECT e.received_at FROM raw_events e WHERE e.workspace = i.workspace AND e.inbox = i.id ORDER BY e.id DESC LIMIT 1
        ) AS at
        FROM inboxes i
        """
}

struct SQLInboxRepository: InboxRepository {
    let connection: any SQLConnection

    func insert(_ inbox: Inbox, settings: [String: String], secrets: [String: Secret], at instant: Instant) throws {
        try connection.perform(.insert(inbox, settings: try JSONText.encode(settings), at: instant))
        try insert(secrets, of: inbox)
    }

    func replaceSecrets(of inbox: Inbox, secrets: [String: Secret]) throws {
        try connection.perform(.deleteSecrets(of: inbox))
        try insert(secrets, of: inbox)
    }

    private func insert(_ secrets: [String: Secret], of inbox: Inbox) throws {
        for (name, value) in secrets.sorted(by: { $0.key < $1.key }) {
            try connection.perform(.insertSecret(name, value, of: inbox))
        }
    }

    func updateSettings(of inbox: Inbox, settings: [String: String]) throws {
        try connection.perform(.updateSettings(of: inbox, to: try JSONText.encode(settings)))
    }

    func inbox(_ id: Inbox.ID) throws -> Inbox? {
        try connection.first("\(.inboxes) WHERE id = \(id)").map { try Inbox($0) }
    }

    func connection(of inbox: Inbox.ID) throws -> InboxConnection? {
        guard let row = try connection.first("\(.inboxes) WHERE id = \(inbox)") else { return nil }
        let inbox = try Inbox(row)
        let secrets = try connection.query(.secrets(of: inbox)).reduce(into: [String: Secret]()) { secrets, row in
            secrets[try row.text("name")] = Secret(try row.sealedText("value"))
        }
        return InboxConnection(
            inbox: inbox, settings: try row.json("settings"), secrets: secrets, connectedAt: try row.instant("created_at"))
    }

    func all() throws -> [Inbox] {
        try connection.query("\(.inboxes) ORDER BY workspace, name, id").map { try Inbox($0) }
    }

    func inboxes(in scope: Scope) throws -> [Inbox] {
        guard !scope.workspaces.isEmpty else { return [] }
        let all = try connection.query("\(.inboxes) WHERE workspace IN (\(list: scope.workspaces)) ORDER BY workspace, name, id")
            .map { try Inbox($0) }
        return all.filter { scope.sights[$0.workspace]?.grant.inboxes?.contains($0.id) ?? true }
    }

    func lastSignsOfLife() throws -> [Inbox.ID: Instant] {
        try connection.query(.lastSignsOfLife).reduce(into: [:]) { signs, row in
            signs[try row.identifier("id")] = try row.optionalInstant("at")
        }
    }
}

extension Inbox {
    fileprivate init(_ row: SQLRow) throws {
        self.init(
            id: try row.identifier("id"), workspace: try row.identifier("workspace"),
            channel: ChannelName(rawValue: try row.text("channel")), name: try row.text("name"), account: try row.text("account"),
            isSimulated: try row.bool("is_simulated"))
    }
}
