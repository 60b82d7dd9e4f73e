import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static func insert(_ reading: Reading, _ details: String) -> SQLStatement {
        """
        INSERT INTO readings (workspace, id, reader, seen_by, act, way, conversation, details, at)
        VALUES (\(reading.workspace), \(reading.id), \(reading.reader), \(reading.seenBy), \(reading.act.rawValue),
                \(reading.way.rawValue), \(reading.conversation),
                \(details, sealedFor: .workspace(reading.workspace)), \(reading.at))
        """
    }

    fileprivate static let readings: SQLStatement = """
        SELECT workspace, id, reader, seen_by, act, way, conversation, details, at FROM readings
        """

    fileprivate static func latest(
        _ act: Reading.Act, of conversation: Conversation.ID?, by reader: User.ID, in workspace: Workspace.ID, since: Instant
    ) -> SQLStatement {
        let place: SQLStatement = conversation.map { "= \($0)" } ?? "IS NULL"
        return """
            \(readings)
            WHERE workspace = \(workspace) AND reader = \(reader) AND act = \(act.rawValue) AND conversation \(place) AND at >= \(since)
            ORDER BY at DESC LIMIT 1
            """
    }

    fileprivate static func page(
        in workspace: Workspace.ID, _ filter: ReadingFilter, before cursor: Cursor?, limit: Int
    ) -> SQLStatement {
        let reader: SQLStatement = filter.reader.map { "AND reader = \($0)" } ?? ""
        let conversation: SQLStatement = filter.conversation.map { "AND conversation = \($0)" } ?? ""
        let act: SQLStatement = filter.act.map { "AND act = \($0.rawValue)" } ?? ""
        let place: SQLStatement = cursor.map { "AND id < \($0.id)" } ?? ""
        return """
            \(readings) WHERE workspace = \(workspace) \(reader) \(conversation) \(act) \(place)
            ORDER BY id DESC LIMIT \(limit)
            """
    }
}

struct SQLReadingRepository: ReadingRepository {
    private static let longestPage = 500

    let connection: any SQLConnection

    func insert(_ reading: Reading) throws {
        try connection.perform(.insert(reading, try JSONText.encode(reading.details)))
    }

    func latest(
        _ act: Reading.Act, of conversation: Conversation.ID?, by reader: User.ID, in workspace: Workspace.ID, since: Instant
    ) throws -> Reading? {
        try connection.first(.latest(act, of: conversation, by: reader, in: workspace, since: since)).map(Self.reading)
    }

    func readings(in workspace: Workspace.ID, _ filter: ReadingFilter, limit: Int, cursor: String?) throws -> Page<Reading> {
        let length = min(max(1, limit), Self.longestPage)
        let place = try cursor.map { try Cursor($0, of: .readings) }
        let found = try connection.query(.page(in: workspace, filter, before: place, limit: length + 1)).map(Self.reading)
        let page = Array(found.prefix(length))
        let next = found.count > length ? page.last.map { Cursor(list: .readings, number: $0.at.microseconds, id: $0.id.text).text } : nil
        return Page(items: page, nextCursor: next)
    }

    private static func reading(_ row: SQLRow) throws -> Reading {
        Reading(
            id: try row.identifier("id"), workspace: try row.identifier("workspace"), reader: try row.identifier("reader"),
            seenBy: try row.optionalIdentifier("seen_by"), act: try row.word("act"), way: try row.word("way"),
            conversation: try row.optionalIdentifier("conversation"), details: try row.sealedJSON("details"), at: try row.instant("at"))
    }
}
