import DeskCore
import DeskServices

extension SQLStatement {
    static let messages: SQLStatement = """
        SELECT id, conversation, position, direction, kind, text, content, sent_at, received_at, provider_id, delivery,
               delivery_details, author, answers, edited_at, deleted_at, reactions, is_history, commitment_salt, reply_digest
        FROM messages
        """

    fileprivate static func insert(
        _ message: Message, _ columns: MessageColumns, _ workspace: Workspace.ID, _ inbox: Inbox.ID, _ reply: ReplyKey?
    ) -> SQLStatement {
        let key = SealSubject.conversation(message.conversation)
        return """
            INSERT INTO messages
                (workspace, id, conversation, inbox, position, direction, kind, text, content, sent_at, received_at, provider_id, delivery,
                 delivery_details, author, answers, edited_at, deleted_at, reactions, is_history, is_automatic, commitment_salt, reply_member,
                 reply_key, reply_digest)
            VALUES
                (\(workspace), \(message.id), \(message.conversation), \(inbox), \(message.position), \(message.direction.rawValue),
                 \(message.content.kind.rawValue), \(message.content.text, sealedFor: key), \(columns.content, sealedFor: key),
                 \(message.sentAt), \(message.receivedAt), \(message.providerID, sealedFor: .lookup(.inbox(inbox))),
                 \(columns.delivery?.name), \(columns.delivery?.details, sealedFor: key), \(message.author), \(message.answers),
                 \(message.editedAt), \(message.deletedAt), \(columns.reactions, sealedFor: key), \(message.isHistory), \(message.isAutomatic),
                 \(message.commitmentSalt, sealedFor: key), \(reply?.user), \(reply.map { Digest.of($0.key) }), \(reply?.digest, sealedFor: key))
            ON CONFLICT (inbox, provider_id, direction) WHERE provider_id IS NOT NULL DO NOTHING
            """
    }

    fileprivate static func update(_ message: Message, _ columns: MessageColumns) -> SQLStatement {
        let key = SealSubject.conversation(message.conversation)
        return """
            UPDATE messages
            SET kind = \(message.content.kind.rawValue), text = \(message.content.text, sealedFor: key),
                content = \(columns.content, sealedFor: key), sent_at = \(message.sentAt),
                provider_id = \(message.providerID, sealedFor: .lookup(.conversation(message.conversation))),
                delivery = \(columns.delivery?.name), delivery_details = \(columns.delivery?.details, sealedFor: key),
                author = \(message.author), answers = \(message.answers), edited_at = \(message.editedAt),
                deleted_at = \(message.deletedAt), reactions = \(columns.reactions, sealedFor: key)
            WHERE id = \(message.id)
            RETURNING workspace
            """
    }

    /// The newest by place is shown; a message from before the inbox was connected, only where no later one is shown already.
    fileprivate static func showNewest(_ message: Message, in workspace: Workspace.ID) -> SQLStatement {
        let condition: SQLStatement =
            message.isHistory ? "AND (preview_sent_at IS NULL OR preview_sent_at <= \(message.sentAt))" : ""
        return """
            UPDATE conversations
            SET preview_message = \(message.id), preview_position = \(message.position), preview_kind = \(message.content.kind.rawValue),
                preview_direction = \(message.direction.rawValue), 
                preview_text = \(MessageColumns.preview(of: message), sealedFor: .conversation(message.conversation)),
                preview_sent_at = \(message.sentAt)
            WHERE workspace = \(workspace) AND id = \(message.conversation) AND preview_position < \(message.position) \(condition)
            """
    }

    fileprivate static func showDelivery(_ message: Message, _ columns: DeliveryColumns, in workspace: Workspace.ID) -> SQLStatement {
        """
        UPDATE conversations
        SET delivery_message = \(message.id), delivery_position = \(message.position), delivery = \(columns.name),
            delivery_details = \(columns.details, sealedFor: .conversation(message.conversation))
        WHERE workspace = \(workspace) AND id = \(message.conversation) AND delivery_position <= \(message.position)
        """
    }

    fileprivate static func showChange(_ message: Message, in workspace: Workspace.ID) -> SQLStatement {
        """
        UPDATE conversations
        SET preview_kind = \(message.content.kind.rawValue),
            preview_text = \(MessageColumns.preview(of: message), sealedFor: .conversation(message.conversation)),
            preview_sent_at = \(message.sentAt)
        WHERE workspace = \(workspace) AND id = \(message.conversation) AND preview_message = \(message.id)
        """
    }

    /// A provider may give an echo the id of the message that was sent from here; the one from here goes first.
    fileprivate static func message(providerID: String, in inbox: Inbox.ID) -> SQLStatement {
        """
        \(messages) WHERE inbox = \(inbox) AND provider_id = \(providerID, sealedFor: .lookup(.inbox(inbox)))
        ORDER BY CASE direction WHEN 'outbound' THEN 0 WHEN 'inbound' THEN 1 ELSE 2 END LIMIT 1
        """
    }

    /// The workspace leads the key; a conversation belongs to one.
    private static func messages(of conversation: Conversation.ID) -> SQLStatement {
        """
        \(messages)
        WHERE workspace = (SELECT workspace FROM conversations WHERE id = \(conversation)) AND conversation = \(conversation)
        """
    }

    fileprivate static func before(_ position: Int?, of conversation: Conversation.ID, limit: Int) -> SQLStatement {
        "\(messages(of: conversation)) AND position < \(position ?? .max) ORDER BY position DESC LIMIT \(limit)"
    }

    fileprivate static func after(_ position: Int, of conversation: Conversation.ID, limit: Int) -> SQLStatement {
        "\(messages(of: conversation)) AND position > \(position) ORDER BY position LIMIT \(limit)"
    }

    /// What may be owed, without what it says: opening that costs more than finding it.
    fileprivate static func inbound(
        _ columns: SQLStatement, of conversation: Conversation.ID, after position: Int, limit: Int
    ) -> SQLStatement {
        """
        SELECT \(columns) FROM messages
        WHERE workspace = (SELECT workspace FROM conversations WHERE id = \(conversation)) AND conversation = \(conversation)
          AND position > \(position) AND direction = 'inbound' AND NOT is_history AND NOT is_automatic
        ORDER BY position LIMIT \(limit)
        """
    }

    fileprivate static func inboundCount(of conversation: Conversation.ID, after position: Int, upTo limit: Int) -> SQLStatement {
        "SELECT count(*) AS count FROM (\(inbound("position", of: conversation, after: position, limit: limit))) AS owed"
    }

    fileprivate static func lastInbound(of conversation: Conversation.ID) -> SQLStatement {
        "\(messages(of: conversation)) AND direction = 'inbound' ORDER BY position DESC LIMIT 1"
    }

    fileprivate static func reply(by user: User.ID, key: String) -> SQLStatement {
        "\(messages) WHERE reply_member = \(user) AND reply_key = \(Digest.of(key))"
    }

    fileprivate static func replyCounts(in workspace: Workspace.ID, since: Instant) -> SQLStatement {
        """
        SELECT author, count(*) AS count FROM messages
        WHERE workspace = \(workspace) AND author IS NOT NULL AND sent_at >= \(since) AND direction = 'outbound'
        GROUP BY author
        """
    }
}

struct SQLMessageRepository: MessageRepository {
    let connection: SealingConnection

    func insert(_ message: Message, workspace: Workspace.ID, inbox: Inbox.ID, replyKey: ReplyKey?) throws -> Bool {
        let columns = try MessageColumns(message)
        guard try connection.run(.insert(message, columns, workspace, inbox, replyKey)) == 1 else { return false }
        if message.direction != .note { try connection.perform(.showNewest(message, in: workspace)) }
        try show(columns.delivery, of: message, in: workspace)
        try SearchDocuments(connection).add(message, in: workspace)
        return true
    }

    func update(_ message: Message) throws {
        let columns = try MessageColumns(message)
        guard let row = try connection.first(.update(message, columns)) else { return }
        let workspace: Workspace.ID = try row.identifier("workspace")
        try connection.perform(.showChange(message, in: workspace))
        try show(columns.delivery, of: message, in: workspace)
        try SearchDocuments(connection).update(message, in: workspace)
    }

    func message(_ id: Message.ID) throws -> Message? {
        try connection.first("\(.messages) WHERE id = \(id)").map { try Message($0) }
    }

    func message(providerID: String, in inbox: Inbox.ID) throws -> Message? {
        try connection.first(.message(providerID: providerID, in: inbox)).map { try Message($0) }
    }

    func messages(of conversation: Conversation.ID, before position: Int?, limit: Int) throws -> [Message] {
        try connection.query(.before(position, of: conversation, limit: limit)).map { try Message($0) }.reversed()
    }

    func messages(of conversation: Conversation.ID, after position: Int, limit: Int) throws -> [Message] {
        try connection.query(.after(position, of: conversation, limit: limit)).map { try Message($0) }
    }

    func inbound(of conversation: Conversation.ID, after position: Int, limit: Int) throws -> [InboundMessage] {
        try connection.query(.inbound("id, position, sent_at, provider_id", of: conversation, after: position, limit: limit)).map { row in
            InboundMessage(
                id: try row.identifier("id"), conversation: conversation, position: Int(try row.integer("position")),
                sentAt: try row.instant("sent_at"), providerID: try row.optionalSealedText("provider_id"))
        }
    }

    func inboundCount(of conversation: Conversation.ID, after position: Int, upTo limit: Int) throws -> Int {
        Int(try connection.first(.inboundCount(of: conversation, after: position, upTo: limit))?.integer("count") ?? 0)
    }

    func lastInbound(of conversation: Conversation.ID) throws -> InboundMessage? {
        try connection.first(.lastInbound(of: conversation)).flatMap { InboundMessage(try Message($0)) }
    }

    func reply(by user: User.ID, key: String) throws -> (message: Message, digest: String)? {
        try connection.first(.reply(by: user, key: key)).map { (message: try Message($0), digest: try $0.sealedText("reply_digest")) }
    }

    func replyCounts(in workspace: Workspace.ID, since: Instant) throws -> [User.ID: Int] {
        try connection.query(.replyCounts(in: workspace, since: since)).reduce(into: [:]) { counts, row in
            counts[try row.identifier("author")] = try row.int("count")
        }
    }

    private func show(_ delivery: DeliveryColumns?, of message: Message, in workspace: Workspace.ID) throws {
        guard let delivery, message.direction == .outbound else { return }
        try connection.perform(.showDelivery(message, delivery, in: workspace))
    }
}
