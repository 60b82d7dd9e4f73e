import DeskCore
import DeskServices

/// Which conversation opens when one is done: the most urgent that nobody else has and nothing is on its way to. One in which nobody waits
/// opens only when a promise is due.
enum NextConversation {
    private static let lookAhead = 20

    static func find(
        after done: Conversation.ID, for user: User.ID, in storage: any Storage, at now: Instant
    ) async throws -> Conversation.ID? {
        try await storage.read { session in
            let scope = try Authorization(session, at: now).scope(of: user)
            let candidates = try session.conversations.queue(QueueFilter(), scope: scope, limit: Self.lookAhead, cursor: nil).items
            return candidates.first { candidate in
                let conversation = candidate.conversation
                let isFree = conversation.assignee == nil || conversation.assignee == user
                let isUrgent = candidate.obligation != nil || candidate.promiseDueAt.map { $0 <= now } ?? false
                return conversation.id != done && isUrgent && isFree && !(candidate.delivery?.isInFlight ?? false)
                    && conversation.snoozedUntil == nil
            }?.conversation.id
        }
    }
}
