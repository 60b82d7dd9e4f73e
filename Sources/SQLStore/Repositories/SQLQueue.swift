import DeskCore
import DeskServices

extension SQLStatement {
    /// Everything that a card shows, found by keys only.
    fileprivate static let cards: SQLStatement = """
        SELECT c.workspace, c.id, c.inbox, c.contact, c.thread, c.version, c.last_position, c.last_inbound_at, c.last_activity_at, c.assignee,
               c.snoozed_until, c.obligation, c.promise_due_at, c.escalation, c.preview_kind, c.preview_direction, c.preview_text,
               c.preview_sent_at, c.delivery, c.delivery_details, p.name AS contact_name, p.identities AS contact_identities,
               p.contact_class, c.topic,
               i.channel, i.name AS inbox_name, i.account, i.is_simulated,
               o.owed_since, o.due_at AS owed_due_at, o.first_position AS owed_first, o.last_position AS owed_last,
               o.escalation_level, o.escalates_at
        FROM conversations c
        JOIN contacts p ON p.workspace = c.workspace AND p.id = c.contact
        JOIN inboxes i ON i.workspace = c.workspace AND i.id = c.inbox
        LEFT JOIN obligations o ON o.workspace = c.workspace AND o.id = c.obligation
        """

    fileprivate static func card(_ id: Conversation.ID, in workspaces: [Workspace.ID]) -> SQLStatement {
        "\(cards) WHERE c.id = \(id) AND c.workspace IN (\(list: workspaces))"
    }

    /// Urgent first, from a place on.
    fileprivate static func owed(
        in workspace: Workspace.ID, _ filter: SQLStatement, after cursor: Cursor?, limit: Int
    ) -> SQLStatement {
        let place: SQLStatement = cursor.map { "AND (c.due_at, c.id) > (\($0.number), \($0.id))" } ?? ""
        return """
            \(cards) WHERE c.workspace = \(workspace) AND c.due_at IS NOT NULL \(filter) \(place)
            ORDER BY c.due_at, c.id LIMIT \(limit)
            """
    }

    /// The most urgent promise first, from a place on.
    fileprivate static func promised(
        in workspace: Workspace.ID, _ filter: SQLStatement, after cursor: Cursor?, limit: Int
    ) -> SQLStatement {
        let place: SQLStatement = cursor.map { "AND (c.promise_due_at, c.id) > (\($0.number), \($0.id))" } ?? ""
        return """
            \(cards) WHERE c.workspace = \(workspace) AND c.promise_due_at IS NOT NULL \(filter) \(place)
            ORDER BY c.promise_due_at, c.id LIMIT \(limit)
            """
    }

    fileprivate static func escalated(
        in workspace: Workspace.ID, from level: EscalationLevel, _ sight: SQLStatement, limit: Int
    ) -> SQLStatement {
        """
        \(cards) WHERE c.workspace = \(workspace) AND c.escalation > 0 AND c.escalation >= \(level.rawValue) \(sight)
        ORDER BY c.due_at, c.id LIMIT \(limit)
        """
    }

    /// Newest first, from a place on.
    fileprivate static func active(
        in workspace: Workspace.ID, _ filter: SQLStatement, after cursor: Cursor?, limit: Int
    ) -> SQLStatement {
        let place: SQLStatement = cursor.map { "AND (c.last_activity_at, c.id) < (\($0.number), \($0.id))" } ?? ""
        return """
            \(cards) WHERE c.workspace = \(workspace) \(filter) \(place)
            ORDER BY c.last_activity_at DESC, c.id DESC LIMIT \(limit)
            """
    }

    fileprivate static func owedCount(in workspace: Workspace.ID, _ sight: SQLStatement, maximum: Int) -> SQLStatement {
        """
        SELECT count(*) AS count FROM (
            SELECT 1 FROM conversations c JOIN contacts p ON p.workspace = c.workspace AND p.id = c.contact
            WHERE c.workspace = \(workspace) AND c.due_at IS NOT NULL \(sight) LIMIT \(maximum)
        ) AS owed
        """
    }

    fileprivate static func restrictions(_ filter: QueueFilter) -> SQLStatement {
        let state: SQLStatement = filter.state == .answered ? "AND c.due_at IS NULL" : ""
        let inbox: SQLStatement = filter.inbox.map { "AND c.inbox = \($0)" } ?? ""
        let assignee: SQLStatement =
            switch filter.assignee {
            case .anyone: ""
            case .nobody: "AND c.assignee IS NULL"
            case .user(let user): "AND c.assignee = \(user)"
            }
        let topic: SQLStatement = filter.topic.map { "AND c.topic = \($0.rawValue)" } ?? ""
        return "\(state) \(inbox) \(assignee) \(topic)"
    }
}

/// Pages of the queue. Each workspace of the viewer is asked for its own first rows by key, and these few are merged: the work
/// depends on the page's length, not on how many conversations there are.
struct SQLQueue {
    private static let longestPage = 200

    let connection: any SQLConnection
    let filter: QueueFilter

    private var list: Cursor.List {
        switch filter.state {
        case .owed: .owed
        case .promised: .promised
        case .answered, .all: .active
        }
    }

    func page(scope: Scope, limit: Int, cursor text: String?) throws -> Page<ConversationSummary> {
        let cursor = try text.map { try Cursor($0, of: list) }
        let length = min(max(1, limit), Self.longestPage)
        let rows = try scope.workspaces.flatMap { workspace in
            try connection.query(statement(in: workspace, of: scope, after: cursor, limit: length + 1))
        }
        let cards = try rows.map { try ConversationSummary($0).seen(through: scope) }.sorted { isOrdered(key($0), key($1)) }
        let items = Array(cards.prefix(length))
        return Page(items: items, nextCursor: cards.count > length ? items.last.map { key($0).text } : nil)
    }

    func summary(_ id: Conversation.ID, scope: Scope) throws -> ConversationSummary? {
        guard !scope.workspaces.isEmpty else { return nil }
        let summary = try connection.first(.card(id, in: scope.workspaces)).map { try ConversationSummary($0) }
        return summary.flatMap { scope.covers(Matter($0.conversation, with: $0.contact)) ? $0.seen(through: scope) : nil }
    }

    func owedCount(scope: Scope, maximum: Int) throws -> Int {
        var count = 0
        for workspace in scope.workspaces where count < maximum {
            count +=
                try connection.first(.owedCount(in: workspace, .sight(of: scope, in: workspace), maximum: maximum - count))?.int("count")
                ?? 0
        }
        return count
    }

    /// The longest due first.
    func escalated(_ levels: [Workspace.ID: EscalationLevel], scope: Scope, limit: Int) throws -> [ConversationSummary] {
        let length = min(max(1, limit), Self.longestPage)
        let rows = try scope.workspaces.flatMap { workspace in
            try levels[workspace].map {
                try connection.query(.escalated(in: workspace, from: $0, .sight(of: scope, in: workspace), limit: length))
            } ?? []
        }
        let cards = try rows.map { try ConversationSummary($0).seen(through: scope) }
        return Array(cards.sorted { isOrdered(key($0), key($1)) }.prefix(length))
    }

    private func statement(in workspace: Workspace.ID, of scope: Scope, after cursor: Cursor?, limit: Int) -> SQLStatement {
        let sight = SQLStatement.sight(of: scope, in: workspace)
        let restrictions: SQLStatement = "\(SQLStatement.restrictions(filter)) \(sight)"
        return switch list {
        case .owed: .owed(in: workspace, restrictions, after: cursor, limit: limit)
        case .promised: .promised(in: workspace, restrictions, after: cursor, limit: limit)
        case .active, .search, .readings: .active(in: workspace, restrictions, after: cursor, limit: limit)
        }
    }

    private func key(_ card: ConversationSummary) -> Cursor {
        Cursor(list: list, number: instant(card)?.microseconds ?? 0, id: card.conversation.id.text)
    }

    private func instant(_ card: ConversationSummary) -> Instant? {
        switch list {
        case .owed: card.dueAt
        case .promised: card.promiseDueAt
        case .active, .search, .readings: card.conversation.lastActivityAt
        }
    }

    private func isOrdered(_ left: Cursor, _ right: Cursor) -> Bool {
        switch list {
        case .owed, .promised: (left.number, left.id) < (right.number, right.id)
        case .active, .search, .readings: (left.number, left.id) > (right.number, right.id)
        }
    }
}
