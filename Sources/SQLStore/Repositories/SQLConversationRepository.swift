import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static let conversations: SQLStatement = """
        SELECT workspace, id, inbox, contact, thread, version, last_position, last_inbound_at, last_activity_at, assignee, snoozed_until,
               topic
        FROM conversations
        """

    fileprivate static func conversation(in inbox: Inbox.ID, with contact: Contact.ID) -> SQLStatement {
        """
        \(conversations)
        WHERE workspace = (SELECT workspace FROM inboxes WHERE id = \(inbox)) AND inbox = \(inbox) AND contact = \(contact)
          AND thread = ''
        """
    }

    fileprivate static func conversations(in inbox: Inbox.ID, marked mark: String) -> SQLStatement {
        """
        \(conversations)
        WHERE id IN (
            SELECT conversation FROM thread_marks
            WHERE workspace = (SELECT workspace FROM inboxes WHERE id = \(inbox)) AND inbox = \(inbox)
              AND mark = \(mark, sealedFor: .lookup(.inbox(inbox))))
        ORDER BY id
        """
    }

    fileprivate static func mark(_ conversation: Conversation, as mark: String) -> SQLStatement {
        """
        INSERT INTO thread_marks (workspace, inbox, mark, conversation)
        VALUES (\(conversation.workspace), \(conversation.inbox), \(mark, sealedFor: .lookup(.inbox(conversation.inbox))),
                \(conversation.id))
        ON CONFLICT (workspace, inbox, mark, conversation) DO NOTHING
        """
    }

    fileprivate static func insert(_ conversation: Conversation) -> SQLStatement {
        """
        INSERT INTO conversations
            (workspace, id, inbox, contact, thread, version, last_position, last_inbound_at, last_activity_at, assignee,
             snoozed_until, topic)
        VALUES
            (\(conversation.workspace), \(conversation.id), \(conversation.inbox), \(conversation.contact), \(conversation.thread),
             \(conversation.version), \(conversation.lastPosition), \(conversation.lastInboundAt), \(conversation.lastActivityAt),
             \(conversation.assignee), \(conversation.snoozedUntil), \(conversation.topic?.rawValue))
        """
    }

    fileprivate static func update(_ conversation: Conversation) -> SQLStatement {
        """
        UPDATE conversations
        SET version = \(conversation.version), last_position = \(conversation.lastPosition),
            last_inbound_at = \(conversation.lastInboundAt), last_activity_at = \(conversation.lastActivityAt),
            snoozed_until = \(conversation.snoozedUntil), topic = \(conversation.topic?.rawValue)
        WHERE workspace = \(conversation.workspace) AND id = \(conversation.id)
        """
    }

    /// Apart from the rest: it seldom changes, and setting it would have its indexes written anew with every message.
    fileprivate static func assign(_ conversation: Conversation) -> SQLStatement {
        """
        UPDATE conversations SET assignee = \(conversation.assignee)
        WHERE workspace = \(conversation.workspace) AND id = \(conversation.id)
          AND assignee IS DISTINCT FROM \(conversation.assignee)
        """
    }

    fileprivate static func draft(of conversation: Conversation.ID, by user: User.ID) -> SQLStatement {
        """
        SELECT text FROM drafts
        WHERE workspace = (SELECT workspace FROM conversations WHERE id = \(conversation))
          AND conversation = \(conversation) AND member = \(user)
        """
    }

    fileprivate static func setDraft(
        _ text: String, of conversation: Conversation.ID, by user: User.ID, at instant: Instant
    ) -> SQLStatement {
        """
        INSERT INTO drafts (workspace, conversation, member, text, changed_at)
        VALUES ((SELECT workspace FROM conversations WHERE id = \(conversation)), \(conversation), \(user),
                \(text, sealedFor: .conversation(conversation)), \(instant))
        ON CONFLICT (workspace, conversation, member) DO UPDATE SET text = excluded.text, changed_at = excluded.changed_at
        """
    }

    fileprivate static func removeDraft(of conversation: Conversation.ID, by user: User.ID) -> SQLStatement {
        """
        DELETE FROM drafts
        WHERE workspace = (SELECT workspace FROM conversations WHERE id = \(conversation))
          AND conversation = \(conversation) AND member = \(user)
        """
    }
}

struct SQLConversationRepository: ConversationRepository {
    let connection: SealingConnection

    func conversation(_ id: Conversation.ID) throws -> Conversation? {
        try connection.first("\(.conversations) WHERE id = \(id)").map { try Conversation($0) }
    }

    func conversation(in inbox: Inbox.ID, with contact: Contact.ID) throws -> Conversation? {
        try connection.first(.conversation(in: inbox, with: contact)).map { try Conversation($0) }
    }

    func conversations(in inbox: Inbox.ID, marked mark: String) throws -> [Conversation] {
        try connection.query(.conversations(in: inbox, marked: mark)).map { try Conversation($0) }
    }

    func mark(_ conversation: Conversation, as mark: String) throws {
        try connection.perform(.mark(conversation, as: mark))
    }

    func insert(_ conversation: Conversation) throws {
        try connection.makeKey(of: conversation.id.text, in: conversation.workspace)
        try connection.perform(.insert(conversation))
    }

    func update(_ conversation: Conversation) throws {
        try connection.perform(.update(conversation))
        try connection.perform(.assign(conversation))
    }

    func queue(_ filter: QueueFilter, scope: Scope, limit: Int, cursor: String?) throws -> Page<ConversationSummary> {
        try SQLQueue(connection: connection, filter: filter).page(scope: scope, limit: limit, cursor: cursor)
    }

    func summary(_ id: Conversation.ID, scope: Scope) throws -> ConversationSummary? {
        try SQLQueue(connection: connection, filter: QueueFilter(state: .all)).summary(id, scope: scope)
    }

    func owedCount(scope: Scope, maximum: Int) throws -> Int {
        try SQLQueue(connection: connection, filter: QueueFilter(state: .owed)).owedCount(scope: scope, maximum: maximum)
    }

    func escalated(_ levels: [Workspace.ID: EscalationLevel], scope: Scope, limit: Int) throws -> [ConversationSummary] {
        try SQLQueue(connection: connection, filter: QueueFilter(state: .owed)).escalated(levels, scope: scope, limit: limit)
    }

    func draft(of conversation: Conversation.ID, by user: User.ID) throws -> String? {
        try connection.first(.draft(of: conversation, by: user))?.sealedText("text")
    }

    func setDraft(_ text: String?, of conversation: Conversation.ID, by user: User.ID, at instant: Instant) throws {
        guard let text, !text.isEmpty else {
            try connection.perform(.removeDraft(of: conversation, by: user))
            return
        }
        try connection.perform(.setDraft(text, of: conversation, by: user, at: instant))
    }
}
