import DeskCore
import DeskServices

/// One conversation as the desk has it.
struct ConversationView: Sendable {
    let conversation: Conversation
    let contact: Int
    let messages: [Message]
    let attempts: [Message.ID: Attempt]
    let open: Obligation?
    /// The number by which the desk knows the contact now.
    let phone: ProviderIdentity?
    /// Replies whose promises are owed.
    let promises: Set<Message.ID>

    let inbound: [Message]
    let echoes: [Message]
    let outbound: [Message]
    /// The provider's ids of what came from outside.
    let received: [String]

    /// - Returns: nil for a conversation with nobody of the cast.
    init?(_ id: Conversation.ID, _ cast: Cast, _ session: any StorageSession) throws {
        guard let conversation = try session.conversations.conversation(id),
            let person = try session.contacts.contact(conversation.contact), let number = cast.number(of: person)
        else { return nil }
        self.conversation = conversation
        contact = number
        phone = person.identities.first { $0.scheme == .phone }
        messages = try session.messages.messages(of: id, after: 0, limit: 10_000).map { message in
            var plain = message
            plain.providerID = message.providerID.map(ForgetfulSession.plain)
            return plain
        }
        inbound = messages.filter { $0.direction == .inbound }
        echoes = messages.filter { $0.direction == .echo }
        outbound = messages.filter { $0.direction == .outbound }
        received = (inbound + echoes).compactMap(\.providerID)
        attempts = try outbound.reduce(into: [:]) { attempts, message in
            attempts[message.id] = try session.attempts.attempt(of: message.id)
        }
        open = try session.obligations.open(in: id)
        promises = Set(try session.commitments.owed(in: id).map(\.message))
    }
}
