import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static let obligations: SQLStatement = """
        SELECT workspace, id, conversation, owed_since, due_at, first_position, last_position, is_owed, ending, continued_in,
               escalation_level, escalates_at
        FROM obligations
        """

    fileprivate static func insert(_ obligation: Obligation, _ columns: EndingColumns, at instant: Instant) -> SQLStatement {
        """
        INSERT INTO obligations
            (workspace, id, conversation, owed_since, due_at, first_position, last_position, is_owed, ending, ended_by_reply,
             dismissed_at, continued_in, escalation_level, escalates_at, opened_at, changed_at)
        VALUES
            (\(obligation.workspace), \(obligation.id), \(obligation.conversation), \(obligation.owedSince), \(obligation.dueAt),
             \(obligation.firstPosition), \(obligation.lastPosition), \(obligation.isOwed),
             \(columns.ending, sealedFor: .conversation(obligation.conversation)), \(columns.reply), \(columns.dismissedAt), \(columns.continuedIn), \(obligation.escalation.level.rawValue),
             \(obligation.escalation.nextAt), \(instant), \(instant))
        """
    }

    fileprivate static func update(_ obligation: Obligation, _ columns: EndingColumns, at instant: Instant) -> SQLStatement {
        """
        UPDATE obligations
        SET owed_since = \(obligation.owedSince), due_at = \(obligation.dueAt), first_position = \(obligation.firstPosition),
            last_position = \(obligation.lastPosition), is_owed = \(obligation.isOwed),
            ending = \(columns.ending, sealedFor: .conversation(obligation.conversation)),
            ended_by_reply = \(columns.reply), dismissed_at = \(columns.dismissedAt), continued_in = \(columns.continuedIn),
            escalation_level = \(obligation.escalation.level.rawValue), escalates_at = \(obligation.escalation.nextAt),
            changed_at = \(instant)
        WHERE workspace = \(obligation.workspace) AND id = \(obligation.id)
        """
    }

    fileprivate static func escalate(_ obligation: Obligation, from level: EscalationLevel, at instant: Instant) -> SQLStatement {
        """
        UPDATE obligations
        SET escalation_level = \(obligation.escalation.level.rawValue), escalates_at = \(obligation.escalation.nextAt),
            changed_at = \(instant)
        WHERE workspace = \(obligation.workspace) AND id = \(obligation.id) AND is_owed AND escalation_level = \(level.rawValue)
        """
    }

    /// Makes the conversation's card show it, and the queue find it; writes nothing where it is so already.
    fileprivate static func show(_ obligation: Obligation) -> SQLStatement {
        let (dueAt, level) = (obligation.dueAt, obligation.escalation.level.rawValue)
        return """
            UPDATE conversations
            SET obligation = \(obligation.id), due_at = CASE WHEN promise_due_at < \(dueAt) THEN promise_due_at ELSE \(dueAt) END,
                escalation = CASE WHEN promise_escalation > \(level) THEN promise_escalation ELSE \(level) END
            WHERE workspace = \(obligation.workspace) AND id = \(obligation.conversation)
              AND (obligation IS DISTINCT FROM \(obligation.id)
                   OR due_at IS DISTINCT FROM CASE WHEN promise_due_at < \(dueAt) THEN promise_due_at ELSE \(dueAt) END
                   OR escalation <> CASE WHEN promise_escalation > \(level) THEN promise_escalation ELSE \(level) END)
            """
    }

    fileprivate static func hide(_ obligation: Obligation) -> SQLStatement {
        """
        UPDATE conversations SET obligation = NULL, due_at = promise_due_at, escalation = promise_escalation
        WHERE workspace = \(obligation.workspace) AND id = \(obligation.conversation) AND obligation = \(obligation.id)
        """
    }

    fileprivate static func owed(in workspace: Workspace.ID) -> SQLStatement {
        """
        SELECT o.workspace, o.id, o.conversation, o.owed_since, o.due_at, o.first_position, o.last_position, o.is_owed, o.ending,
               o.continued_in, o.escalation_level, o.escalates_at, c.inbox
        FROM conversations c JOIN obligations o ON o.workspace = c.workspace AND o.id = c.obligation
        WHERE c.workspace = \(workspace) AND c.due_at IS NOT NULL
        ORDER BY c.due_at, c.id
        """
    }

    fileprivate static func escalating(at now: Instant, limit: Int) -> SQLStatement {
        """
        \(obligations) WHERE is_owed AND escalates_at IS NOT NULL AND escalates_at <= \(now) ORDER BY escalates_at, id LIMIT \(limit)
        """
    }

    fileprivate static let nextEscalation: SQLStatement = """
        SELECT escalates_at FROM obligations WHERE is_owed AND escalates_at IS NOT NULL ORDER BY escalates_at LIMIT 1
        """
}

private struct EndingColumns {
    private(set) var ending: String?
    private(set) var reply: Message.ID?
    private(set) var dismissedAt: Instant?
    private(set) var continuedIn: Obligation.ID?

    init(_ state: Obligation.State) throws {
        switch state {
        case .owed: break
        case .continued(let other): continuedIn = other
        case .ended(let ending):
            self.ending = try JSONText.encode(ending)
            if case .answered(let message) = ending { reply = message }
            if case .noAnswerNeeded(let word) = ending { dismissedAt = word.at }
        }
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

    func lastDismissed(in conversation: Conversation.ID) throws -> Obligation? {
        try connection.first(
            "\(.obligations) WHERE conversation = \(conversation) AND dismissed_at IS NOT NULL ORDER BY dismissed_at DESC LIMIT 1"
        ).map(Self.obligation)
    }

    func owed(in workspace: Workspace.ID) throws -> [(obligation: Obligation, inbox: Inbox.ID)] {
        try connection.query(.owed(in: workspace)).map { (try Self.obligation($0), try $0.identifier("inbox")) }
    }

    func escalating(at now: Instant, limit: Int) throws -> [Obligation] {
        try connection.query(.escalating(at: now, limit: limit)).map(Self.obligation)
    }

    func nextEscalationAt() throws -> Instant? {
        try connection.first(.nextEscalation)?.instant("escalates_at")
    }

    func escalate(_ obligation: Obligation, from level: EscalationLevel, at instant: Instant) throws -> Bool {
        guard try connection.run(.escalate(obligation, from: level, at: instant)) == 1 else { return false }
        try show(obligation)
        return true
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
            lastPosition: try row.int("last_position"), state: try state(row),
            escalation: try row.escalation(level: "escalation_level", nextAt: "escalates_at"))
    }

    private static func state(_ row: SQLRow) throws -> Obligation.State {
        if let ending = try row.optionalSealedJSON("ending", as: Ending.self) { return .ended(ending) }
        if let other: Obligation.ID = try row.optionalIdentifier("continued_in") { return .continued(in: other) }
        return .owed
    }
}

extension SQLRow {
    /// - Throws: `storage_fault` for a level that this program doesn't know.
    func escalation(level: String, nextAt: String) throws -> Escalation {
        Escalation(level: try escalationLevel(level), nextAt: try optionalInstant(nextAt))
    }

    /// - Throws: `storage_fault` for a level that this program doesn't know.
    func escalationLevel(_ column: String) throws -> EscalationLevel {
        guard let level = EscalationLevel(rawValue: try int(column)) else { throw DeskError.storageFault("an unknown level of escalation") }
        return level
    }
}
