import DeskCore
import DeskServices

/// A message as programs see it.
struct MessageBody: Encodable {
    struct FailureBody: Encodable {
        let `class`: String
        let code: String
        let text: String
    }

    let id: Message.ID
    let conversationID: Conversation.ID
    let direction: Message.Direction
    let kind: MessageKind
    let text: String
    let sentAt: String
    let receivedAt: String
    @OrNull var status: String?
    @OrNull var failure: FailureBody?
    let attachments: [AttachmentBody]
    @OrNull var author: User.ID?
    @OrNull var answers: Message.ID?
    @OrNull var providerID: String?
    @OrNull var editedAt: String?
    @OrNull var deletedAt: String?
    let reactions: [ReactionBody]
    let isHistory: Bool
    let isForwarded: Bool
    @OrNull var quotedProviderID: String?
    @OrNull var location: Location?
    let sharedContacts: [SharedContact]
    @OrNull var order: Order?
    @OrNull var payload: String?
    @OrNull var referral: Referral?
    @OrNull var form: [FormAnswer]?
    @OrNull var product: ReferredProduct?
    @OrNull var mail: MailBody?

    /// - Parameter isMasked: whether numbers and addresses are covered; providers' ids go then too, since WhatsApp writes phone numbers
    ///   in them.
    init(_ message: Message, isMasked: Bool) {
        let shown = isMasked ? message.masked : message
        let content = shown.content
        id = message.id
        conversationID = message.conversation
        direction = message.direction
        kind = content.kind
        text = content.text
        sentAt = message.sentAt.timestamp
        receivedAt = message.receivedAt.timestamp
        status = message.delivery?.name
        failure = message.delivery.flatMap(FailureBody.init)
        attachments = content.attachments.indices.map { AttachmentBody(of: shown, at: $0) }
        author = message.author
        answers = message.answers
        providerID = isMasked ? nil : message.providerID
        editedAt = message.editedAt?.timestamp
        deletedAt = message.deletedAt?.timestamp
        reactions = message.reactions.map(ReactionBody.init)
        isHistory = message.isHistory
        isForwarded = content.isForwarded
        quotedProviderID = isMasked ? nil : content.quotedProviderID
        location = content.location
        sharedContacts = content.sharedContacts
        order = content.order
        payload = content.payload
        referral = content.referral
        form = content.form
        product = content.product
        mail = content.mail.map(MailBody.init)
    }
}

extension MessageBody.FailureBody {
    /// Nil for states that nothing went wrong in.
    init?(_ state: ReactionAttempt.State) {
        switch state {
        case .failed(let failure): self.init(class: failure.class.rawValue, code: failure.code, text: failure.text)
        case .unknown(let reason): self.init(class: "unknown", code: "unknown", text: reason)
        case .sending, .accepted: return nil
        }
    }

    /// Nil for states that nothing went wrong in. That nobody knows is a failure of its own class.
    init?(_ state: DeliveryState) {
        switch state {
        case .failed(let failure): self.init(class: failure.class.rawValue, code: failure.code, text: failure.text)
        case .unknown(let reason): self.init(class: "unknown", code: "unknown", text: reason)
        case .held, .queued, .sending, .accepted, .delivered, .read, .undone: return nil
        }
    }
}

/// A reaction as programs see it.
struct ReactionBody: Encodable {
    let author: MessageReaction.Author
    let emoji: String
    /// Of a reaction that was put or taken away from here: which of both, and how far it got.
    @OrNull var act: String?
    @OrNull var status: String?
    @OrNull var failure: MessageBody.FailureBody?

    init(_ reaction: MessageReaction) {
        author = reaction.author
        emoji = reaction.emoji
        act = reaction.attempt?.act.rawValue
        status = reaction.attempt?.state.name
        failure = (reaction.attempt?.state).flatMap(MessageBody.FailureBody.init)
    }
}

/// A file of a message as programs see it. Links of the provider's are not shown: they are for us, and short-lived.
struct AttachmentBody: Encodable {
    let index: Int
    let kind: MessageKind
    let mediaType: String
    @OrNull var fileName: String?
    @OrNull var byteCount: Int?
    @OrNull var sha256: String?
    /// `stored`, `fetching` or `failed`.
    let state: String
    /// Where its bytes are, once they are here.
    @OrNull var url: String?
    @OrNull var failure: String?
    @OrNull var isVoice: Bool?
    @OrNull var isAnimated: Bool?

    init(of message: Message, at index: Int) {
        let attachment = message.content.attachments[index]
        self.index = index
        kind = attachment.kind
        mediaType = attachment.mediaType
        fileName = attachment.fileName
        byteCount = attachment.byteCount
        sha256 = attachment.blob
        state = attachment.blob != nil ? "stored" : attachment.failure != nil ? "failed" : "fetching"
        url = attachment.blob.map { _ in "/api/v1/attachments/\(message.id.text)/\(index)" }
        failure = attachment.failure
        isVoice = attachment.isVoice
        isAnimated = attachment.isAnimated
    }
}
