import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static let nextNumber: SQLStatement = """
        UPDATE event_head SET sequence = sequence + 1 WHERE name = 'events' RETURNING sequence
        """

    fileprivate static func insert(_ event: DeskEvent) -> SQLStatement {
        """
        INSERT INTO events (sequence, workspace, kind, conversation, message, at)
        VALUES (
            \(event.sequence), \(event.workspace), \(event.kind.rawValue), \(event.conversation?.text ?? ""), \(event.message), \(event.at)
        )
        """
    }

    fileprivate static func events(after sequence: Int64, limit: Int) -> SQLStatement {
        """
        SELECT sequence, workspace, kind, conversation, message, at FROM events
        WHERE sequence > \(sequence) ORDER BY sequence LIMIT \(limit)
        """
    }

    fileprivate static let bounds: SQLStatement = """
        SELECT (SELECT min(sequence) FROM events) AS first, (SELECT max(sequence) FROM events) AS last
        """

    /// Walks from the oldest to the first that is kept, and no further.
    fileprivate static func firstKept(from instant: Instant) -> SQLStatement {
        "SELECT sequence FROM events WHERE at >= \(instant) ORDER BY sequence LIMIT 1"
    }
}

struct SQLEventRepository: EventRepository {
    let connection: any SQLConnection

    func append(_ event: DeskEvent) throws {
        guard let sequence = try connection.first(.nextNumber)?.integer("sequence") else {
            throw DeskError.storageFault("the counter of events is gone")
        }
        let numbered = DeskEvent(
            sequence: sequence, workspace: event.workspace, kind: event.kind, conversation: event.conversation, message: event.message,
            at: event.at)
        try connection.perform(.insert(numbered))
        connection.notify(numbered)
    }

    func events(after sequence: Int64, limit: Int) throws -> [DeskEvent] {
        try connection.query(.events(after: sequence, limit: limit)).map { row in
            DeskEvent(
                sequence: try row.integer("sequence"), workspace: try row.identifier("workspace"), kind: try row.word("kind"),
                conversation: try row.text("conversation").isEmpty ? nil : row.identifier("conversation"),
                message: try row.optionalIdentifier("message"),
                at: try row.instant("at"))
        }
    }

    func bounds() throws -> (first: Int64, last: Int64)? {
        guard let row = try connection.first(.bounds), let first = try row.optionalInteger("first"),
            let last = try row.optionalInteger("last")
        else { return nil }
        return (first, last)
    }

    func prune(before instant: Instant) throws {
        let firstKept = try connection.first(.firstKept(from: instant))?.integer("sequence") ?? .max
        try connection.perform("DELETE FROM events WHERE sequence < \(firstKept)")
    }
}
