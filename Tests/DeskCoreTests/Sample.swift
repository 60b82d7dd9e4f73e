import DeskCore
import Testing

/// One conversation with one contact, and the moments of one day. What a test does not name is as here.
enum Sample {
    static let noon = Instant(unixSeconds: 1_790_000_000)
    static let workspace = Workspace.ID("workspace")
    static let inbox = Inbox.ID("inbox")
    static let conversation = Conversation.ID("conversation")
    static let contact = Contact.ID("contact")
    static let member = User.ID("member")
    static let phone = ProviderIdentity(.phone, "5215512345678")
    static let answerTarget = AnswerTarget.minutes(60)
    static let limits = ChannelLimits(
        maximumTextLength: 20, maximumCaptionLength: 10, maximumAttachments: 1, replyWindow: .hours(24))

    static func message(
        _ direction: Message.Direction = .inbound, at position: Int = 1, sentAt: Instant = noon,
        in conversation: Conversation.ID = conversation
    ) -> Message {
        Message(
            id: Message.ID("message-\(position)"), conversation: conversation, position: position, direction: direction,
            content: MessageContent(kind: .text, text: "hola"), sentAt: sentAt, receivedAt: sentAt, providerID: "wamid.\(position)")
    }

    static func inbound(
        at position: Int = 1, sentAt: Instant = noon, in conversation: Conversation.ID = conversation
    ) throws -> InboundMessage {
        try #require(InboundMessage(message(at: position, sentAt: sentAt, in: conversation)))
    }

    static func failure(_ class: DeliveryFailure.Class = .recipient, code: String = "131026") -> DeliveryFailure {
        DeliveryFailure(`class`, code: code, text: "Message undeliverable")
    }
}

extension Instant {
    static func noon(plus duration: Duration) -> Instant { Sample.noon + duration }
}
