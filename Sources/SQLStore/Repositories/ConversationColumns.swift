import DeskCore
import DeskServices

/// How conversations, contacts and inboxes are read from rows of the queue.
extension Conversation {
    init(_ row: SQLRow) throws {
        self.init(
            id: try row.identifier("id"), workspace: try row.identifier("workspace"), inbox: try row.identifier("inbox"),
            contact: try row.identifier("contact"), thread: try row.text("thread"), version: try row.int("version"),
            lastPosition: try row.int("last_position"),
            lastInboundAt: try row.optionalInstant("last_inbound_at"), lastActivityAt: try row.instant("last_activity_at"),
            assignee: try row.optionalIdentifier("assignee"), snoozedUntil: try row.optionalInstant("snoozed_until"),
            topic: try row.optionalWord("topic"))
    }
}

extension ConversationSummary {
    init(_ row: SQLRow) throws {
        let conversation = try Conversation(row)
        self.init(
            conversation: conversation,
            contact: Contact(
                id: conversation.contact, workspace: conversation.workspace, name: try row.optionalSealedText("contact_name"),
                identities: try row.sealedJSON("contact_identities"), contactClass: try row.word("contact_class")),
            inbox: Inbox(
                id: conversation.inbox, workspace: conversation.workspace, channel: ChannelName(rawValue: try row.text("channel")),
                name: try row.text("inbox_name"), account: try row.text("account"), isSimulated: try row.bool("is_simulated")),
            obligation: try Self.obligation(row, of: conversation),
            promiseDueAt: try row.optionalInstant("promise_due_at"),
            escalation: try row.escalationLevel("escalation"),
            lastMessage: try Self.preview(row),
            delivery: try row.optionalDelivery("delivery", details: "delivery_details"))
    }

    private static func obligation(_ row: SQLRow, of conversation: Conversation) throws -> Obligation? {
        guard let id: Obligation.ID = try row.optionalIdentifier("obligation") else { return nil }
        return Obligation(
            id: id, workspace: conversation.workspace, conversation: conversation.id, owedSince: try row.instant("owed_since"),
            dueAt: try row.instant("owed_due_at"), firstPosition: try row.int("owed_first"), lastPosition: try row.int("owed_last"),
            state: .owed, escalation: try row.escalation(level: "escalation_level", nextAt: "escalates_at"))
    }

    private static func preview(_ row: SQLRow) throws -> MessagePreview? {
        guard let kind: MessageKind = try row.optionalWord("preview_kind") else { return nil }
        return MessagePreview(
            kind: kind, direction: try row.word("preview_direction"), text: try row.sealedText("preview_text"),
            sentAt: try row.instant("preview_sent_at"))
    }
}
