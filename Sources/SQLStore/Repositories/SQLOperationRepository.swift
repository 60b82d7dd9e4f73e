import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static func record(_ pulse: Pulse, at instant: Instant) -> SQLStatement {
        """
        INSERT INTO pulses (name, at) VALUES (\(pulse.rawValue), \(instant))
        ON CONFLICT (name) DO UPDATE SET at = excluded.at
        """
    }

    fileprivate static func beginTerm(at instant: Instant) -> SQLStatement {
        """
        INSERT INTO delivery_terms (name, number, began_at) VALUES ('replies', 1, \(instant))
        ON CONFLICT (name) DO UPDATE SET number = delivery_terms.number + 1, began_at = excluded.began_at
        """
    }

    fileprivate static let term: SQLStatement = "SELECT number FROM delivery_terms WHERE name = 'replies'"

    fileprivate static let holds: SQLStatement = "SELECT workspace, since, backup_at FROM delivery_holds"

    fileprivate static func insert(_ hold: DeliveryHold) -> SQLStatement {
        """
        INSERT INTO delivery_holds (workspace, since, backup_at) VALUES (\(hold.workspace), \(hold.since), \(hold.backupAt))
        ON CONFLICT (workspace) DO NOTHING
        """
    }

    fileprivate static let counts: SQLStatement = """
        SELECT (SELECT count(*) FROM workspaces) AS workspaces, (SELECT count(*) FROM conversations) AS conversations,
               (SELECT count(*) FROM messages) AS messages, (SELECT count(*) FROM attempts) AS attempts,
               (SELECT count(*) FROM raw_events) AS raw_events, (SELECT count(*) FROM ledger_entries) AS ledger_entries
        """
}

struct SQLOperationRepository: OperationRepository {
    private static let counted = ["workspaces", "conversations", "messages", "attempts", "raw_events", "ledger_entries"]

    let connection: any SQLConnection

    func pulse(_ pulse: Pulse) throws -> Instant? {
        try connection.first("SELECT at FROM pulses WHERE name = \(pulse.rawValue)")?.instant("at")
    }

    func record(_ pulse: Pulse, at instant: Instant) throws {
        try connection.run(.record(pulse, at: instant))
    }

    func beginTerm(at instant: Instant) throws -> Int {
        try connection.run(.beginTerm(at: instant))
        return try term()
    }

    func term() throws -> Int {
        try connection.first(.term)?.int("number") ?? 0
    }

    func hold(of workspace: Workspace.ID) throws -> DeliveryHold? {
        try connection.first("\(.holds) WHERE workspace = \(workspace)").map(Self.hold)
    }

    func holds() throws -> [DeliveryHold] {
        try connection.query("\(.holds) ORDER BY workspace").map(Self.hold)
    }

    func insert(_ hold: DeliveryHold) throws {
        try connection.run(.insert(hold))
    }

    func removeHold(of workspace: Workspace.ID) throws -> Bool {
        try connection.run("DELETE FROM delivery_holds WHERE workspace = \(workspace)") == 1
    }

    func messages(after id: Message.ID?, limit: Int) throws -> [Message] {
        let after = id?.text ?? ""
        return try connection.query("\(.messages) WHERE id > \(after) ORDER BY id LIMIT \(limit)").map { try Message($0) }
    }

    func counts() throws -> [String: Int] {
        guard let row = try connection.first(.counts) else { return [:] }
        return try Self.counted.reduce(into: [:]) { counts, name in counts[name] = try row.int(name) }
    }

    private static func hold(_ row: SQLRow) throws -> DeliveryHold {
        DeliveryHold(
            workspace: try row.identifier("workspace"), since: try row.instant("since"), backupAt: try row.instant("backup_at"))
    }
}
