import DeskCore

/// Compares what two stores hold of what providers sent: message by message, by the provider's ids, because ours differ.
struct ReplayComparison: Sendable {
    private static let stretch = 500

    let live: any Storage
    let rebuilt: any Storage
    let skipped: Set<Workspace.ID>

    /// - Returns: how many messages were compared, and the first difference.
    func compare() async throws -> (count: Int, difference: ReplayCheck.Difference?) {
        var count = 0
        let unfounded = try await walk(live, missing: .unfounded, in: rebuilt) { count += $0 }
        if let unfounded { return (count, unfounded) }
        return (count, try await walk(rebuilt, missing: .missing, in: live) { _ in })
    }

    /// Looks every message of one store up in the other.
    private func walk(
        _ store: any Storage, missing: ReplayCheck.Difference.Kind, in other: any Storage, count: (Int) -> Void
    ) async throws -> ReplayCheck.Difference? {
        var last: Message.ID?
        while true {
            let after = last
            let (messages, known) = try await store.read { session in
                let messages = try session.operations.messages(after: after, limit: Self.stretch)
                return (messages, try messages.compactMap { try Reported($0, session) }.filter { !skipped.contains($0.workspace) })
            }
            count(known.count)
            let difference = try await other.read { session -> ReplayCheck.Difference? in
                for message in known {
                    if let difference = try message.difference(missing: missing, session) { return difference }
                }
                return nil
            }
            if let difference { return difference }
            last = messages.last?.id
            if messages.count < Self.stretch { return nil }
        }
    }
}

/// A message that a provider reported, with where it belongs.
private struct Reported: Sendable {
    let message: Message
    let providerID: String
    let workspace: Workspace.ID
    let inbox: Inbox.ID
    let identities: Set<ProviderIdentity>
    let lastInboundAt: Instant?

    /// - Returns: nil for what people wrote here, and for what has no provider's id to know it by.
    init?(_ message: Message, _ session: any StorageSession) throws {
        guard message.direction == .inbound || message.direction == .echo, let providerID = message.providerID,
            let conversation = try session.conversations.conversation(message.conversation)
        else { return nil }
        self.message = message
        self.providerID = providerID
        workspace = conversation.workspace
        inbox = conversation.inbox
        identities = Set(try session.contacts.contact(conversation.contact)?.identities ?? [])
        lastInboundAt = conversation.lastInboundAt
    }

    func difference(missing: ReplayCheck.Difference.Kind, _ session: any StorageSession) throws -> ReplayCheck.Difference? {
        guard let stored = try session.messages.message(providerID: providerID, in: inbox) else { return told(missing, []) }
        // The principal's phone reports what was sent from here as well.
        guard let other = try Reported(stored, session) else { return nil }
        let parts = differingParts(from: other)
        if !parts.isEmpty { return told(.changed, parts) }
        return lastInboundAt == other.lastInboundAt ? nil : told(.misplaced, ["last_inbound_at"])
    }

    private func told(_ kind: ReplayCheck.Difference.Kind, _ parts: [String]) -> ReplayCheck.Difference {
        ReplayCheck.Difference(kind: kind, inbox: inbox, providerID: providerID, parts: parts)
    }

    private func differingParts(from other: Reported) -> [String] {
        let (mine, theirs) = (message, other.message)
        let parts = [
            ("direction", mine.direction == theirs.direction), ("content", mine.content.asReported == theirs.content.asReported),
            ("sent_at", mine.sentAt == theirs.sentAt), ("history", mine.isHistory == theirs.isHistory),
            ("edited_at", mine.editedAt == theirs.editedAt), ("deleted_at", mine.deletedAt == theirs.deletedAt),
            ("reactions", mine.contactReactions == theirs.contactReactions), ("contact", identities == other.identities),
        ]
        return parts.filter { !$0.1 }.map(\.0)
    }
}

extension MessageContent {
    /// Without what fetching its files has added.
    fileprivate var asReported: MessageContent {
        var content = self
        for index in content.attachments.indices {
            content.attachments[index].blob = nil
            content.attachments[index].byteCount = nil
            content.attachments[index].failure = nil
            content.attachments[index].mediaType = ""
        }
        return content
    }
}

extension Message {
    fileprivate var contactReactions: [MessageReaction] { reactions.filter { $0.author == .contact } }
}
