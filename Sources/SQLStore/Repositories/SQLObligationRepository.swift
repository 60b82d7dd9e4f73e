import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static let obligations: SQLStatement = """
        SELECT workspace, id, conversation, owed_since, due_at, first_position, last_position, is_owed, ending FROM obligations
        """

    fileprivate static func insert(_ obligation: Obligation, _ columns: EndingColumns, at instant: Instant) -> SQLStatement {
        """
        INSERT INTO obligations
            (workspace, id, conversation, owed_since, due_at, first_position, last_position, is_owed, ending, ended_by_reply, opened_at,
             changed_at)
        VALUES
            (\(obligation.workspace), \(obligation.id), \(obligation.conversation), \(obligation.owedSince), \(obligation.dueAt),
             \(obligation.firstPosition), \(obligation.lastPosition), \(obligation.isOwed), \(columns.ending), \(columns.reply),
             \(instant), \(instant))
        """
    }

    fileprivate static func update(_ obligation: Obligation, _ columns: EndingColumns, at instant: Instant) -> SQLStatement {
        """
        UPDATE obligations
        SET owed_since = \(obligation.owedSince), due_at = \(obligation.dueAt), first_position = \(obligation.firstPosition),
            last_position = \(obligation.lastPosition), is_owed = \(obligation.isOwed), ending = \(columns.ending),
            ended_by_reply = \(columns.reply), changed_at = \(instant)
        WHERE workspace = \(obligation.workspace) AND id = \(obligation.id)
        """
    }

    /// Makes the conversation's card show it, and the queue find it; writes nothing where it is so already.
    fileprivate static func show(_ obligation: Obligation) -> SQLStatement {
        """
        UPDATE conversations SET obligation = \(obligation.id), due_at = \(obligation.dueAt)
        WHERE workspace = \(obligation.workspace) AND id = \(obligation.conversation)
          AND (obligation IS DISTINCT FROM \(obligation.id) OR due_at IS DISTINCT FROM \(obligation.dueAt))
        """
    }

    fileprivate static func hide(_ obligation: Obligation) -> SQLStatement {
        """
        UPDATE conversations SET obligation = NULL, due_at = NULL
        WHERE workspace = \(obligation.workspace) AND id = \(obligation.conversation) AND obligation = \(obligation.id)
        """
    }
}

private struct EndingColumns {
    let ending: String?
    let reply: Message.ID?

    init(_ state: Obligation.State) throws {
        guard case .ended(let ending) = state else {
            self.ending = nil
            reply = nil
            return
        }
        self.ending = try JSONText.encode(ending)
        reply = if case .answered(let message) = ending { message } else { nil }
    }
}

struct SQLObligationRepository: ObligationRepository {
    let connection: any SQLConnection

    func open(in conversation: Conversation.ID) throws -> Obligation? {
        try connection.first("\(.obligations) WHERE conversation = \(conversation) AND is_owed").map(Self.obligation)
    }

    func obligation(_ id: Obligation.ID) throws -> Obligation? {
        try connection.first("\(.obligations) WHERE id = \(id)").map(Self.obligation)
    }

    func ended(by reply: Message.ID) throws -> Obligation? {
        try connection.first("\(.obligations) WHERE ended_by_reply = \(reply) ORDER BY id LIMIT 1").map(Self.obligation)
    }

    func insert(_ obligation: Obligation, at instant: Instant) throws {
        try connection.perform(.insert(obligation, EndingColumns(obligation.state), at: instant))
        try show(obligation)
    }

    func update(_ obligation: Obligation, at instant: Instant) throws {
        try connection.perform(.update(obligation, EndingColumns(obligation.state), at: instant))
        try show(obligation)
    }

    private func show(_ obligation: Obligation) throws {
        try connection.perform(obligation.isOwed ? .show(obligation) : .hide(obligation))
    }

    private static func obligation(_ row: SQLRow) throws -> Obligation {
        Obligation(
            id: try row.identifier("id"), workspace: try row.identifier("workspace"), conversation: try row.identifier("conversation"),
            owedSince: try row.instant("owed_since"), dueAt: try row.instant("due_at"), firstPosition: try row.int("first_position"),
            lastPosition: try row.int("last_position"),
            state: try row.optionalJSON("ending", as: Ending.self).map(Obligation.State.ended) ?? .owed)
    }
}
