import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static let commitments: SQLStatement = """
        SELECT workspace, id, conversation, message, text, due_at, member, made_at, is_owed, settlement, keeper, is_kept,
               escalation_level, escalates_at
        FROM commitments
        """

    fileprivate static func insert(_ commitment: Commitment, _ columns: StateColumns, at instant: Instant) -> SQLStatement {
        """
        INSERT INTO commitments
            (workspace, id, conversation, message, text, due_at, member, made_at, is_owed, settlement, keeper, is_kept,
             escalation_level, escalates_at, changed_at)
        VALUES
            (\(commitment.workspace), \(commitment.id), \(commitment.conversation), \(commitment.message),
             \(commitment.text, sealedFor: .conversation(commitment.conversation)), \(commitment.dueAt), \(commitment.member),
             \(commitment.madeAt), \(commitment.isOwed), \(columns.settlement, sealedFor: .conversation(commitment.conversation)),
             \(commitment.keeper), \(columns.isKept), \(commitment.escalation.level.rawValue), \(commitment.escalation.nextAt),
             \(instant))
        """
    }

    fileprivate static func update(_ commitment: Commitment, _ columns: StateColumns, at instant: Instant) -> SQLStatement {
        """
        UPDATE commitments
        SET is_owed = \(commitment.isOwed), settlement = \(columns.settlement, sealedFor: .conversation(commitment.conversation)),
            keeper = \(commitment.keeper), is_kept = \(columns.isKept), escalation_level = \(commitment.escalation.level.rawValue),
            escalates_at = \(commitment.escalation.nextAt), changed_at = \(instant)
        WHERE workspace = \(commitment.workspace) AND id = \(commitment.id)
        """
    }

    fileprivate static func escalate(_ commitment: Commitment, from level: EscalationLevel, at instant: Instant) -> SQLStatement {
        """
        UPDATE commitments
        SET escalation_level = \(commitment.escalation.level.rawValue), escalates_at = \(commitment.escalation.nextAt),
            changed_at = \(instant)
        WHERE workspace = \(commitment.workspace) AND id = \(commitment.id) AND is_owed AND escalation_level = \(level.rawValue)
        """
    }

    /// What the conversation's card shows of its commitments.
    fileprivate static func sum(_ commitment: Commitment) -> SQLStatement {
        """
        UPDATE conversations
        SET promise_due_at = (SELECT min(due_at) FROM commitments WHERE conversation = \(commitment.conversation) AND is_owed),
            promise_escalation = COALESCE(
                (SELECT max(escalation_level) FROM commitments WHERE conversation = \(commitment.conversation) AND is_owed), 0)
        WHERE workspace = \(commitment.workspace) AND id = \(commitment.conversation)
        """
    }

    /// The sooner of the obligation's and the commitments' time, and the higher of their levels.
    fileprivate static func show(_ commitment: Commitment, beside obligation: SQLRow?) throws -> SQLStatement {
        guard let obligation else {
            return """
                UPDATE conversations SET due_at = promise_due_at, escalation = promise_escalation
                WHERE workspace = \(commitment.workspace) AND id = \(commitment.conversation)
                """
        }
        let (dueAt, level) = (try obligation.instant("due_at"), try obligation.int("escalation_level"))
        return """
            UPDATE conversations
            SET due_at = CASE WHEN promise_due_at < \(dueAt) THEN promise_due_at ELSE \(dueAt) END,
                escalation = CASE WHEN promise_escalation > \(level) THEN promise_escalation ELSE \(level) END
            WHERE workspace = \(commitment.workspace) AND id = \(commitment.conversation)
            """
    }

    fileprivate static func obligation(in conversation: Conversation.ID) -> SQLStatement {
        "SELECT due_at, escalation_level FROM obligations WHERE conversation = \(conversation) AND is_owed"
    }

    fileprivate static func owed(in workspace: Workspace.ID) -> SQLStatement {
        """
        SELECT m.workspace, m.id, m.conversation, m.message, m.text, m.due_at, m.member, m.made_at, m.is_owed, m.settlement, m.keeper,
               m.is_kept, m.escalation_level, m.escalates_at, c.inbox
        FROM conversations c JOIN commitments m ON m.conversation = c.id AND m.is_owed
        WHERE c.workspace = \(workspace) AND c.promise_due_at IS NOT NULL
        ORDER BY c.promise_due_at, c.id
        """
    }

    fileprivate static func escalating(at now: Instant, limit: Int) -> SQLStatement {
        """
        \(commitments) WHERE is_owed AND escalates_at IS NOT NULL AND escalates_at <= \(now) ORDER BY escalates_at, id LIMIT \(limit)
        """
    }

    fileprivate static let nextEscalation: SQLStatement = """
        SELECT escalates_at FROM commitments WHERE is_owed AND escalates_at IS NOT NULL ORDER BY escalates_at LIMIT 1
        """
}

private struct StateColumns {
    private(set) var settlement: String?
    private(set) var isKept = false

    init(_ state: Commitment.State) throws {
        switch state {
        case .unspoken, .owed: break
        case .kept: isKept = true
        case .settled(let word): settlement = try JSONText.encode(word)
        }
    }
}

struct SQLCommitmentRepository: CommitmentRepository {
    let connection: any SQLConnection

    func insert(_ commitment: Commitment, at instant: Instant) throws {
        try connection.perform(.insert(commitment, StateColumns(commitment.state), at: instant))
        if commitment.isOwed { try show(commitment) }
    }

    func update(_ commitment: Commitment, at instant: Instant) throws {
        try connection.perform(.update(commitment, StateColumns(commitment.state), at: instant))
        try show(commitment)
    }

    func commitment(_ id: Commitment.ID) throws -> Commitment? {
        try connection.first("\(.commitments) WHERE id = \(id)").map(Self.commitment)
    }

    func owed(in conversation: Conversation.ID) throws -> [Commitment] {
        try connection.query("\(.commitments) WHERE conversation = \(conversation) AND is_owed ORDER BY due_at, id")
            .map(Self.commitment)
    }

    func concerning(_ reply: Message.ID) throws -> [Commitment] {
        let made = try connection.query("\(.commitments) WHERE message = \(reply)")
        let kept = try connection.query("\(.commitments) WHERE keeper = \(reply)")
        return try (made + kept).map(Self.commitment)
    }

    func owed(in workspace: Workspace.ID) throws -> [(commitment: Commitment, inbox: Inbox.ID)] {
        try connection.query(.owed(in: workspace)).map { (try Self.commitment($0), try $0.identifier("inbox")) }
    }

    func escalating(at now: Instant, limit: Int) throws -> [Commitment] {
        try connection.query(.escalating(at: now, limit: limit)).map(Self.commitment)
    }

    func nextEscalationAt() throws -> Instant? {
        try connection.first(.nextEscalation)?.instant("escalates_at")
    }

    func escalate(_ commitment: Commitment, from level: EscalationLevel, at instant: Instant) throws -> Bool {
        guard try connection.run(.escalate(commitment, from: level, at: instant)) == 1 else { return false }
        try show(commitment)
        return true
    }

    private func show(_ commitment: Commitment) throws {
        try connection.perform(.sum(commitment))
        try connection.perform(.show(commitment, beside: connection.first(.obligation(in: commitment.conversation))))
    }

    private static func commitment(_ row: SQLRow) throws -> Commitment {
        Commitment(
            id: try row.identifier("id"), workspace: try row.identifier("workspace"), conversation: try row.identifier("conversation"),
            message: try row.identifier("message"),
            promise: Commitment.Promise(text: try row.sealedText("text"), dueAt: try row.instant("due_at")),
            member: try row.identifier("member"), madeAt: try row.instant("made_at"), state: try state(row),
            keeper: try row.optionalIdentifier("keeper"),
            escalation: try row.escalation(level: "escalation_level", nextAt: "escalates_at"))
    }

    private static func state(_ row: SQLRow) throws -> Commitment.State {
        if try row.bool("is_owed") { return .owed }
        if let word = try row.optionalSealedJSON("settlement", as: Commitment.Settlement.self) { return .settled(word) }
        if try row.bool("is_kept"), let keeper: Message.ID = try row.optionalIdentifier("keeper") { return .kept(by: keeper) }
        return .unspoken
    }
}
