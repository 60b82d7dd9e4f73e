import DeskCore
import DeskServices

/// What only a person can decide, as read for one viewer.
struct DecisionReading: Sendable {
    struct Send: Sendable {
        let message: Message
        let contactName: String
    }

    struct Event: Sendable {
        let raw: RawEvent
        let inboxName: String
        let reason: String
    }

    let sends: [Send]
    let events: [Event]
    /// The last event of the desk that this reading includes.
    let lastEvent: Int64

    init(for user: User.ID, limit: Int, _ session: any StorageSession) throws {
        let scope = try Authorization(session).scope(of: user)
        lastEvent = try session.events.bounds()?.last ?? 0
        sends = try session.attempts.undecided(scope: scope, limit: limit).compactMap { attempt in
            guard let message = try session.messages.message(attempt.message),
                let summary = try session.conversations.summary(message.conversation, scope: scope)
            else { return nil }
            return Send(message: message, contactName: summary.contact.displayName)
        }
        events = try session.rawEvents.quarantined(scope: scope, limit: limit).map { raw in
            let reason = if case .quarantined(let reason) = raw.outcome { reason } else { "" }
            return Event(raw: raw, inboxName: try session.inboxes.inbox(raw.inbox)?.name ?? "?", reason: reason)
        }
    }
}
