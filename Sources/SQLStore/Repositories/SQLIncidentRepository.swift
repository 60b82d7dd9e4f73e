import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static let incidents: SQLStatement = """
        SELECT workspace, id, inbox, kind, began_at, ended_at, noticed_at, cleared_at, cleared_by, word FROM incidents
        """

    fileprivate static func insert(_ incident: Incident) -> SQLStatement {
        """
        INSERT INTO incidents (workspace, id, inbox, kind, began_at, ended_at, noticed_at, cleared_at, cleared_by, word)
        VALUES (\(incident.workspace), \(incident.id), \(incident.inbox), \(incident.kind.rawValue), \(incident.beganAt),
                \(incident.endedAt), \(incident.noticedAt), \(incident.clearing?.at), \(incident.clearing?.user),
                \(incident.clearing?.word))
        ON CONFLICT (inbox, began_at, kind) DO NOTHING
        """
    }

    fileprivate static func update(_ incident: Incident) -> SQLStatement {
        """
        UPDATE incidents
        SET ended_at = \(incident.endedAt), cleared_at = \(incident.clearing?.at), cleared_by = \(incident.clearing?.user),
            word = \(incident.clearing?.word)
        WHERE workspace = \(incident.workspace) AND id = \(incident.id)
        """
    }

    fileprivate static func uncleared(in workspace: Workspace.ID, limit: Int) -> SQLStatement {
        "\(incidents) WHERE workspace = \(workspace) AND cleared_at IS NULL ORDER BY id LIMIT \(limit)"
    }
}

struct SQLIncidentRepository: IncidentRepository {
    let connection: any SQLConnection

    func insert(_ incident: Incident) throws -> Bool {
        try connection.run(.insert(incident)) == 1
    }

    func update(_ incident: Incident) throws {
        try connection.run(.update(incident))
    }

    func incident(_ id: Incident.ID) throws -> Incident? {
        try connection.first("\(.incidents) WHERE id = \(id)").map(Self.incident)
    }

    func uncleared(scope: Scope, limit: Int) throws -> [Incident] {
        let all = try scope.workspaces.flatMap { try connection.query(.uncleared(in: $0, limit: limit)).map(Self.incident) }
        return Array(all.sorted { $0.id < $1.id }.prefix(limit))
    }

    func unclearedCount(of kind: Incident.Kind) throws -> Int {
        try connection.first("SELECT count(*) AS count FROM incidents WHERE cleared_at IS NULL AND kind = \(kind.rawValue)")?.int("count")
            ?? 0
    }

    func ongoing(in inbox: Inbox.ID) throws -> [Incident] {
        try connection.query("\(.incidents) WHERE inbox = \(inbox) AND ended_at IS NULL ORDER BY id").map(Self.incident)
    }

    private static func incident(_ row: SQLRow) throws -> Incident {
        Incident(
            id: try row.identifier("id"), workspace: try row.identifier("workspace"), inbox: try row.identifier("inbox"),
            kind: try row.word("kind"), beganAt: try row.instant("began_at"), endedAt: try row.optionalInstant("ended_at"),
            noticedAt: try row.instant("noticed_at"), clearing: try clearing(row))
    }

    private static func clearing(_ row: SQLRow) throws -> Incident.Clearing? {
        guard let at = try row.optionalInstant("cleared_at") else { return nil }
        return Incident.Clearing(by: try row.identifier("cleared_by"), word: try row.text("word"), at: at)
    }
}
