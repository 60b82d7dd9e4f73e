import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static let attempts: SQLStatement = """
        SELECT workspace, id, message, conversation, obligation, recipient, seen_through, state, state_details, due_at, calls, provider_id
        FROM attempts
        """

    fileprivate static func insert(_ attempt: Attempt, _ recipient: String, _ state: DeliveryColumns, at instant: Instant) -> SQLStatement {
        let key = SealSubject.conversation(attempt.conversation)
        return """
            INSERT INTO attempts
                (workspace, id, message, conversation, inbox, position, obligation, recipient, seen_through, state, state_details, due_at,
                 calls, provider_id, created_at, changed_at)
            VALUES
                (\(attempt.workspace), \(attempt.id), \(attempt.message), \(attempt.conversation), \(attempt.recipient.inbox),
                 (SELECT position FROM messages WHERE id = \(attempt.message) AND workspace = \(attempt.workspace)),
                 \(attempt.obligation), \(recipient, sealedFor: key), \(attempt.seenThrough), \(state.name),
                 \(state.details, sealedFor: key), \(attempt.dueAt), \(attempt.calls),
                 \(attempt.providerID, sealedFor: .lookup(.inbox(attempt.recipient.inbox))), \(instant), \(instant))
            """
    }

    fileprivate static func update(_ attempt: Attempt, _ state: DeliveryColumns, at instant: Instant) -> SQLStatement {
        """
        UPDATE attempts
        SET state = \(state.name), state_details = \(state.details, sealedFor: .conversation(attempt.conversation)),
            due_at = \(attempt.dueAt), calls = \(attempt.calls),
            provider_id = \(attempt.providerID, sealedFor: .lookup(.conversation(attempt.conversation))), changed_at = \(instant)
        WHERE workspace = \(attempt.workspace) AND id = \(attempt.id)
        """
    }

    fileprivate static func attempt(providerID: String, in inbox: Inbox.ID) -> SQLStatement {
        """
        \(attempts) WHERE inbox = \(inbox) AND provider_id = \(providerID, sealedFor: .lookup(.inbox(inbox))) ORDER BY id LIMIT 1
        """
    }

    fileprivate static let inFlight: SQLStatement = """
        \(attempts) WHERE state IN ('held', 'queued', 'sending') ORDER BY conversation, position
        """

    fileprivate static let counts: SQLStatement = """
        SELECT state, count(*) AS count FROM attempts WHERE state IN ('held', 'queued', 'sending') GROUP BY state
        UNION ALL
        SELECT state, count(*) AS count FROM attempts WHERE state = 'unknown' GROUP BY state
        """

    /// An attempt may go when no earlier message of its conversation is still on its way, and its workspace sends at all.
    private static func waiting(except busy: Set<Inbox.ID>) -> SQLStatement {
        let elsewhere: SQLStatement = busy.isEmpty ? "" : "AND a.inbox NOT IN (\(list: busy.sorted()))"
        return """
            FROM attempts a
            WHERE a.state IN ('held', 'queued') \(elsewhere)
              AND NOT EXISTS (SELECT 1 FROM delivery_holds h WHERE h.workspace = a.workspace)
              AND NOT EXISTS (
                  SELECT 1 FROM attempts b
                  WHERE b.conversation = a.conversation AND b.position < a.position AND b.state IN ('held', 'queued', 'sending'))
            """
    }

    fileprivate static func due(at now: Instant, limit: Int, except busy: Set<Inbox.ID>) -> SQLStatement {
        """
        SELECT a.workspace, a.id, a.message, a.conversation, a.obligation, a.recipient, a.seen_through, a.state, a.state_details,
               a.due_at, a.calls, a.provider_id
        \(waiting(except: busy)) AND a.due_at <= \(now)
        ORDER BY a.due_at, a.id LIMIT \(limit)
        """
    }

    fileprivate static func nextDue(except busy: Set<Inbox.ID>) -> SQLStatement {
        "SELECT a.due_at \(waiting(except: busy)) ORDER BY a.due_at, a.id LIMIT 1"
    }

    fileprivate static func restartWaits(at now: Instant) -> SQLStatement {
        """
        UPDATE attempts SET due_at = due_at - changed_at + \(now), changed_at = \(now)
        WHERE state IN ('held', 'queued') AND changed_at > \(now)
        """
    }

    fileprivate static func undecided(in workspace: Workspace.ID, of scope: Scope, limit: Int) -> SQLStatement {
        """
        \(attempts) WHERE workspace = \(workspace) AND state = 'unknown' AND EXISTS (
            SELECT 1 FROM conversations c JOIN contacts p ON p.workspace = c.workspace AND p.id = c.contact
            WHERE c.workspace = attempts.workspace AND c.id = attempts.conversation \(sight(of: scope, in: workspace)))
        ORDER BY id LIMIT \(limit)
        """
    }
}

struct SQLAttemptRepository: AttemptRepository {
    let connection: any SQLConnection

    func insert(_ attempt: Attempt, at instant: Instant) throws {
        let recipient = try JSONText.encode(attempt.recipient)
        try connection.perform(.insert(attempt, recipient, DeliveryColumns(attempt.state), at: instant))
    }

    func update(_ attempt: Attempt, at instant: Instant) throws {
        try connection.perform(.update(attempt, DeliveryColumns(attempt.state), at: instant))
    }

    func attempt(_ id: Attempt.ID) throws -> Attempt? {
        try connection.first("\(.attempts) WHERE id = \(id)").map(Self.attempt)
    }

    func attempt(of message: Message.ID) throws -> Attempt? {
        try connection.first("\(.attempts) WHERE message = \(message)").map(Self.attempt)
    }

    func attempt(providerID: String, in inbox: Inbox.ID) throws -> Attempt? {
        try connection.first(.attempt(providerID: providerID, in: inbox)).map(Self.attempt)
    }

    func due(at now: Instant, limit: Int, except busy: Set<Inbox.ID>) throws -> [Attempt] {
        try connection.claim(.due(at: now, limit: limit, except: busy)).map(Self.attempt)
    }

    func nextDueAt(except busy: Set<Inbox.ID>) throws -> Instant? {
        try connection.first(.nextDue(except: busy))?.instant("due_at")
    }

    func restartWaits(at now: Instant) throws {
        try connection.perform(.restartWaits(at: now))
    }

    func sending() throws -> [Attempt] {
        try connection.query("\(.attempts) WHERE state = 'sending' ORDER BY id").map(Self.attempt)
    }

    func inFlight() throws -> [Attempt] {
        try connection.query(.inFlight).map(Self.attempt)
    }

    func counts() throws -> [String: Int] {
        try connection.query(.counts).reduce(into: [:]) { counts, row in counts[try row.text("state")] = try row.int("count") }
    }

    func undecided(scope: Scope, limit: Int) throws -> [Attempt] {
        let all = try scope.workspaces.flatMap { try connection.query(.undecided(in: $0, of: scope, limit: limit)).map(Self.attempt) }
        return Array(all.sorted { $0.id < $1.id }.prefix(limit))
    }

    func undecidedCount(in workspace: Workspace.ID) throws -> Int {
        try connection.first("SELECT count(*) AS count FROM attempts WHERE workspace = \(workspace) AND state = 'unknown'")?.int("count")
            ?? 0
    }

    private static func attempt(_ row: SQLRow) throws -> Attempt {
        Attempt(
            id: try row.identifier("id"), workspace: try row.identifier("workspace"), message: try row.identifier("message"),
            conversation: try row.identifier("conversation"), obligation: try row.optionalIdentifier("obligation"),
            recipient: try row.sealedJSON("recipient"), seenThrough: try row.int("seen_through"),
            state: try row.delivery("state", details: "state_details"), dueAt: try row.instant("due_at"), calls: try row.int("calls"),
            providerID: try row.optionalSealedText("provider_id"))
    }
}
