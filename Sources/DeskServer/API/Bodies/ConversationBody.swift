import DeskCore
import DeskServices

/// A conversation as programs see it.
struct ConversationBody: Encodable, Sendable {
    struct ContactBody: Encodable, Sendable {
        let id: Contact.ID
        @OrNull var name: String?
        @OrNull var address: String?
        let `class`: ContactClass
        let isMasked: Bool
    }

    struct WindowBody: Encodable, Sendable {
        let open: Bool
        @OrNull var closesAt: String?
    }

    struct PreviewBody: Encodable, Sendable {
        let kind: MessageKind
        let direction: Message.Direction
        let text: String
        let sentAt: String
    }

    /// A promise that is owed.
    struct CommitmentBody: Encodable, Sendable {
        let id: Commitment.ID
        let text: String
        let dueAt: String
        let messageID: Message.ID
        let member: User.ID
        let madeAt: String
        let escalation: String

        init(_ commitment: Commitment) {
            id = commitment.id
            text = commitment.text
            dueAt = commitment.dueAt.timestamp
            messageID = commitment.message
            member = commitment.member
            madeAt = commitment.madeAt.timestamp
            escalation = commitment.escalation.level.name
        }
    }

    let id: Conversation.ID
    let workspaceID: Workspace.ID
    let inboxID: Inbox.ID
    let channel: ChannelName
    let contact: ContactBody
    let state: String
    @OrNull var owedSince: String?
    @OrNull var dueAt: String?
    let escalation: String
    let commitments: [CommitmentBody]
    @OrNull var topic: Topic?
    @OrNull var assignee: User.ID?
    @OrNull var snoozedUntil: String?
    let version: Int
    let replyWindow: WindowBody
    let lastActivityAt: String
    @OrNull var lastMessage: PreviewBody?

    /// - Parameters:
    ///   - commitments: those that are owed.
    ///   - limits: the channel's; nil for a channel that this program no longer has, where nothing can be answered.
    init(_ summary: ConversationSummary, commitments: [Commitment], limits: ChannelLimits?, now: Instant) {
        let conversation = summary.conversation
        id = conversation.id
        workspaceID = conversation.workspace
        inboxID = conversation.inbox
        channel = summary.inbox.channel
        contact = ContactBody(
            id: summary.contact.id, name: summary.contact.name, address: summary.contact.identities.first?.value,
            class: summary.contact.contactClass, isMasked: summary.isMasked)
        state = Self.state(of: summary)
        owedSince = (summary.obligation?.owedSince ?? commitments.map(\.madeAt).min())?.timestamp
        dueAt = summary.dueAt?.timestamp
        escalation = summary.escalation.name
        self.commitments = commitments.map { CommitmentBody(summary.isMasked ? $0.masked : $0) }
        topic = summary.conversation.topic
        assignee = conversation.assignee
        snoozedUntil = conversation.snoozedUntil.flatMap { $0 > now ? $0.timestamp : nil }
        version = conversation.version
        replyWindow = Self.window(of: conversation, limits: limits, now: now)
        lastActivityAt = conversation.lastActivityAt.timestamp
        lastMessage = summary.lastMessage.map {
            PreviewBody(kind: $0.kind, direction: $0.direction, text: $0.text, sentAt: $0.sentAt.timestamp)
        }
    }

    /// Answered is where the last word is ours; closed, where it is the contact's and nothing is owed for it.
    private static func state(of summary: ConversationSummary) -> String {
        guard summary.dueAt == nil else { return "owed" }
        switch summary.lastMessage?.direction {
        case .outbound, .echo: return "answered"
        case .inbound, .note, nil: return "closed"
        }
    }

    private static func window(of conversation: Conversation, limits: ChannelLimits?, now: Instant) -> WindowBody {
        guard let limits else { return WindowBody(open: false, closesAt: nil) }
        let window = ReplyWindow(length: limits.replyWindow, lastInboundAt: conversation.lastInboundAt, now: now)
        return WindowBody(open: window.isOpen, closesAt: window.closesAt?.timestamp)
    }
}
