import DeskCore
import DeskServices

extension SQLStatement {
    private static let places: SQLStatement = """
        SELECT p.workspace, p.id, p.inbox, p.name, p.identities, p.contact_class FROM contacts p
        """

    fileprivate static func places(in workspace: Workspace.ID, after id: Contact.ID?, limit: Int) -> SQLStatement {
        "\(places) WHERE p.workspace = \(workspace) AND p.id > \(id?.text ?? "") ORDER BY p.id LIMIT \(limit)"
    }

    fileprivate static func place(of id: Contact.ID) -> SQLStatement { "\(places) WHERE p.id = \(id)" }

    fileprivate static func idle(in workspace: Workspace.ID, since instant: Instant, limit: Int) -> SQLStatement {
        """
        \(places)
        JOIN conversations c ON c.workspace = p.workspace AND c.inbox = p.inbox AND c.contact = p.id
        WHERE c.workspace = \(workspace) AND c.due_at IS NULL AND c.last_activity_at < \(instant)
          AND NOT EXISTS (
              SELECT 1 FROM conversations o
              WHERE o.workspace = p.workspace AND o.inbox = p.inbox AND o.contact = p.id
                AND (o.due_at IS NOT NULL OR o.last_activity_at >= \(instant)
                     OR EXISTS (SELECT 1 FROM attempts a WHERE a.conversation = o.id AND a.state IN ('held', 'queued', 'sending'))))
        GROUP BY p.workspace, p.id
        ORDER BY min(c.last_activity_at), p.id LIMIT \(limit)
        """
    }

    fileprivate static func conversations(with contact: Contact.ID, in workspace: Workspace.ID, of inbox: Inbox.ID) -> SQLStatement {
        """
        SELECT id FROM conversations WHERE workspace = \(workspace) AND inbox = \(inbox) AND contact = \(contact) ORDER BY id
        """
    }

    fileprivate static func documents(of place: ContactPlace) -> SQLStatement {
        let conversations = place.conversations.map(\.text)
        return """
            SELECT number, scope, tokens FROM search_documents
            WHERE workspace = \(place.contact.workspace)
              AND (subject = \(place.contact.id) OR conversation IN (\(list: conversations + [""])))
            """
    }

    /// In an order in which nothing refers to what is gone.
    fileprivate static func removals(of conversation: Conversation.ID, in workspace: Workspace.ID) -> [SQLStatement] {
        [
            """
            DELETE FROM media_jobs WHERE workspace = \(workspace)
              AND message IN (SELECT id FROM messages WHERE workspace = \(workspace) AND conversation = \(conversation))
            """,
            """
            DELETE FROM filing_jobs WHERE workspace = \(workspace)
              AND attempt IN (SELECT id FROM attempts WHERE workspace = \(workspace) AND conversation = \(conversation))
            """,
            "DELETE FROM thread_marks WHERE workspace = \(workspace) AND conversation = \(conversation)",
            "DELETE FROM commitments WHERE workspace = \(workspace) AND conversation = \(conversation)",
            "DELETE FROM attempts WHERE workspace = \(workspace) AND conversation = \(conversation)",
            "DELETE FROM drafts WHERE workspace = \(workspace) AND conversation = \(conversation)",
            "DELETE FROM obligations WHERE workspace = \(workspace) AND conversation = \(conversation)",
            "DELETE FROM messages WHERE workspace = \(workspace) AND conversation = \(conversation)",
            "DELETE FROM conversations WHERE workspace = \(workspace) AND id = \(conversation)",
        ]
    }

    fileprivate static func understood(of inbox: Inbox.ID, after id: RawEvent.ID?, limit: Int) -> SQLStatement {
        """
        SELECT workspace, inbox, id, received_at, body, outcome, reason FROM raw_events
        WHERE workspace = (SELECT workspace FROM inboxes WHERE id = \(inbox)) AND inbox = \(inbox)
          AND id > \(id?.text ?? "") AND outcome <> 'pending'
        ORDER BY id LIMIT \(limit)
        """
    }

    /// What nobody has understood yet waits for a person, however old it is.
    fileprivate static func removeOld(in workspace: Workspace.ID, before instant: Instant, limit: Int) -> SQLStatement {
        """
        DELETE FROM raw_events WHERE workspace = \(workspace) AND id IN (
            SELECT id FROM raw_events
            WHERE workspace = \(workspace) AND received_at < \(instant) AND outcome IN ('projected', 'ignored')
            ORDER BY received_at LIMIT \(limit))
        """
    }

    fileprivate static func noteRemoval(in workspace: Workspace.ID, at instant: Instant) -> SQLStatement {
        """
        INSERT INTO retentions (workspace, events_removed_at) VALUES (\(workspace), \(instant))
        ON CONFLICT (workspace) DO UPDATE SET events_removed_at = excluded.events_removed_at
        """
    }

    fileprivate static func set(_ retention: Retention, of workspace: Workspace.ID) -> SQLStatement {
        """
        INSERT INTO retentions (workspace, conversation_days, raw_event_days)
        VALUES (\(workspace), \(retention.conversationDays), \(retention.rawEventDays))
        ON CONFLICT (workspace) DO UPDATE
        SET conversation_days = excluded.conversation_days, raw_event_days = excluded.raw_event_days
        """
    }
}

struct SQLDataRepository: DataRepository {
    let connection: SealingConnection

    func contacts(in workspace: Workspace.ID, after id: Contact.ID?, limit: Int) throws -> [ContactPlace] {
        try connection.query(.places(in: workspace, after: id, limit: limit)).map(place)
    }

    func contact(_ id: Contact.ID) throws -> ContactPlace? {
        try connection.first(.place(of: id)).map(place)
    }

    func idle(in workspace: Workspace.ID, since instant: Instant, limit: Int) throws -> [ContactPlace] {
        try connection.query(.idle(in: workspace, since: instant, limit: limit)).map(place)
    }

    func erase(_ place: ContactPlace) throws {
        let contact = place.contact
        for row in try connection.query(.documents(of: place)) {
            let document = SearchDocument(
                number: try row.integer("number"), scope: try row.text("scope"), tokens: try row.text("tokens"))
            try connection.unindex(document)
            try connection.perform("DELETE FROM search_documents WHERE number = \(document.number)")
        }
        for conversation in place.conversations {
            for removal in SQLStatement.removals(of: conversation, in: contact.workspace) { try connection.run(removal) }
            try connection.destroyKey(of: conversation.text)
        }
        try connection.run("DELETE FROM contact_identities WHERE workspace = \(contact.workspace) AND contact = \(contact.id)")
        try connection.run("DELETE FROM contacts WHERE workspace = \(contact.workspace) AND id = \(contact.id)")
        try connection.destroyKey(of: contact.id.text)
    }

    func understoodEvents(of inbox: Inbox.ID, after id: RawEvent.ID?, limit: Int) throws -> [RawEvent] {
        try connection.query(.understood(of: inbox, after: id, limit: limit)).map { try SQLRawEventRepository.event($0) }
    }

    func removeEvents(_ ids: [RawEvent.ID], in workspace: Workspace.ID, at instant: Instant) throws {
        guard !ids.isEmpty else { return }
        try connection.run("DELETE FROM raw_events WHERE workspace = \(workspace) AND id IN (\(list: ids))")
        try connection.run(.noteRemoval(in: workspace, at: instant))
    }

    func removeEvents(in workspace: Workspace.ID, before instant: Instant, limit: Int, at now: Instant) throws -> Int {
        let count = try connection.run(.removeOld(in: workspace, before: instant, limit: limit))
        if count > 0 { try connection.run(.noteRemoval(in: workspace, at: now)) }
        return count
    }

    func eventsRemovedAt(in workspace: Workspace.ID) throws -> Instant? {
        try connection.first("SELECT events_removed_at FROM retentions WHERE workspace = \(workspace)")?.optionalInstant(
            "events_removed_at")
    }

    func retention(of workspace: Workspace.ID) throws -> Retention {
        let row = try connection.first(
            "SELECT conversation_days, raw_event_days FROM retentions WHERE workspace = \(workspace)")
        guard let row else { return .everything }
        return Retention(
            conversationDays: try row.optionalInteger("conversation_days").map { Int($0) },
            rawEventDays: try row.optionalInteger("raw_event_days").map { Int($0) })
    }

    func setRetention(_ retention: Retention, of workspace: Workspace.ID) throws {
        try connection.run(.set(retention, of: workspace))
    }

    private func place(_ row: SQLRow) throws -> ContactPlace {
        let contact = try SQLContactRepository.contact(row)
        let inbox: Inbox.ID = try row.identifier("inbox")
        let conversations = try connection.query(.conversations(with: contact.id, in: contact.workspace, of: inbox))
        return ContactPlace(contact: contact, inbox: inbox, conversations: try conversations.map { try $0.identifier("id") })
    }
}
