import DeskCore
import DeskServices

/// A message's content in columns: kind and text as they are, everything else as JSON, and null where there is nothing else.
struct MessageColumns {
    let content: String?
    let reactions: String?
    let delivery: DeliveryColumns?

    init(_ message: Message) throws(DeskError) {
        content = try Self.remainder(of: message.content)
        reactions = message.reactions.isEmpty ? nil : try JSONText.encode(message.reactions)
        delivery = if let state = message.delivery { try DeliveryColumns(state) } else { nil }
    }

    private static func remainder(of content: MessageContent) throws(DeskError) -> String? {
        guard content != MessageContent(kind: content.kind, text: content.text) else { return nil }
        var rest = content
        rest.text = ""
        return try JSONText.encode(rest)
    }

    /// What was taken back is no longer shown in lists.
    static func preview(of message: Message) -> String {
        message.deletedAt == nil ? String(message.content.firstWords.prefix(MessagePreview.longest)) : ""
    }

    /// What a message can be found by.
    static func searchText(of message: Message) -> String {
        guard message.deletedAt == nil else { return "" }
        let content = message.content
        let shared = content.sharedContacts.flatMap { [$0.name, $0.organization].compactMap(\.self) + $0.phones + $0.emails }
        let place = [content.location?.name, content.location?.address].compactMap(\.self)
        let parts = [content.mail?.subject ?? "", content.text] + content.attachments.compactMap(\.fileName) + shared + place
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }
}

extension Message {
    init(_ row: SQLRow) throws {
        let kind: MessageKind = try row.word("kind")
        var content: MessageContent = try row.optionalSealedJSON("content") ?? MessageContent(kind: kind)
        content.kind = kind
        content.text = try row.sealedText("text")
        self.init(
            id: try row.identifier("id"), conversation: try row.identifier("conversation"), position: try row.int("position"),
            direction: try row.word("direction"), content: content, sentAt: try row.instant("sent_at"),
            receivedAt: try row.instant("received_at"), providerID: try row.optionalSealedText("provider_id"),
            delivery: try row.optionalDelivery("delivery", details: "delivery_details"), author: try row.optionalIdentifier("author"),
            answers: try row.optionalIdentifier("answers"), editedAt: try row.optionalInstant("edited_at"),
            deletedAt: try row.optionalInstant("deleted_at"), reactions: try row.optionalSealedJSON("reactions") ?? [],
            isHistory: try row.bool("is_history"), commitmentSalt: try row.optionalSealedText("commitment_salt"))
    }
}
