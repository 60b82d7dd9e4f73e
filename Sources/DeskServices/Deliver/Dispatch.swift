import DeskCore

/// The last look before a provider is called: is it still the same recipient, and may it still go?
enum Dispatch {
    /// - Parameter answered: the provider's id of the message that is answered, to be marked as read.
    case ready(OutboundMessage, InboxConnection, answered: String?)
    case refused(DeliveryFailure)
    /// Another server found the attempt under way since it was claimed, and left it to a person.
    case overtaken

    var refusal: Attempt.Event? {
        switch self {
        case .ready, .overtaken: nil
        case .refused(let failure): .called(.rejected(failure))
        }
    }

    static func prepare(_ attempt: Attempt, in context: DeskContext) async throws -> Dispatch {
        let now = context.time.now()
        return try await context.storage.read { session in
            guard let current = try session.attempts.attempt(attempt.id), current.awaitsCall(attempt.calls) else { return .overtaken }
            guard let message = try session.messages.message(attempt.message),
                let conversation = try session.conversations.conversation(attempt.conversation),
                let connection = try session.inboxes.connection(of: attempt.recipient.inbox)
            else { return .refused(DeliveryFailure(.content, code: "gone", text: "The message or its inbox is no longer there.")) }
            if let failure = try objection(to: attempt, message, in: conversation, connection, context, session, now) {
                return .refused(failure)
            }
            let answered = try message.answers.flatMap { try session.messages.message($0) }
            return .ready(outbound(message, attempt), connection, answered: answered?.providerID)
        }
    }

    private static func objection(
        to attempt: Attempt, _ message: Message, in conversation: Conversation, _ connection: InboxConnection, _ context: DeskContext,
        _ session: any StorageSession, _ now: Instant
    ) throws -> DeliveryFailure? {
        let recipient = attempt.recipient
        guard recipient.isIntact, recipient.inbox == conversation.inbox, recipient.conversation == conversation.id else {
            return DeliveryFailure(.recipient, code: "recipient_changed", text: "The recipient is not the one that was approved.")
        }
        guard try session.contacts.contact(conversation.contact)?.isReached(by: recipient.identity) ?? false else {
            return DeliveryFailure(
                .recipient, code: "recipient_moved", text: "The contact has another number or address since the reply was approved.")
        }
        let length = context.channels.limits(of: connection.inbox.channel)?.replyWindow
        guard ReplyWindow(length: length, lastInboundAt: conversation.lastInboundAt, now: now).isOpen else {
            return DeliveryFailure(.window, code: "reply_window_closed", text: "The reply window closed before the reply could leave.")
        }
        guard let author = message.author else { return nil }
        do {
            try Authorization(session, at: now).require(.reply, on: conversation, of: author)
            return nil
        } catch {
            return DeliveryFailure(.content, code: "author_revoked", text: "Its author may no longer answer in this workspace.")
        }
    }

    static func outbound(_ message: Message, _ attempt: Attempt) -> OutboundMessage {
        let files = message.content.attachments.compactMap { file in
            file.blob.map {
                OutboundAttachment(blob: $0, mediaType: file.mediaType, fileName: file.fileName ?? "file", byteCount: file.byteCount ?? 0)
            }
        }
        return OutboundMessage(
            attempt: attempt.id.text, recipient: attempt.recipient.identity, text: message.content.text, attachments: files,
            quotedProviderID: message.content.quotedProviderID, mail: message.content.mail, writtenAt: message.sentAt)
    }
}
