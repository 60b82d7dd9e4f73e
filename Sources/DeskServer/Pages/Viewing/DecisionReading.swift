import DeskCore
import DeskServices

/// What only a person can decide, as read for one viewer.
struct DecisionReading: Sendable {
    struct Send: Sendable {
        let message: Message
        let contactName: String
        let channel: ChannelName
        let failure: DeliveryFailure?
    }

    struct Event: Sendable {
        let raw: RawEvent
        let inboxName: String
        let reason: String
    }

    let sends: [Send]
    let events: [Event]

    init(for user: User.ID, limit: Int, _ session: any StorageSession) throws {
        let scope = try Authorization(session).scope(of: user)
        sends = try session.attempts.undecided(scope: scope, limit: limit).compactMap { attempt in
            guard let message = try session.messages.message(attempt.message),
                let summary = try session.conversations.summary(message.conversation, scope: scope)
            else { return nil }
            let failure: DeliveryFailure? = if case .failed(let failure) = attempt.state { failure } else { nil }
            return Send(
                message: message, contactName: summary.contact.displayName, channel: summary.inbox.channel, failure: failure)
        }
        events = try session.rawEvents.quarantined(scope: scope, limit: limit).map { raw in
            let reason = if case .quarantined(let reason) = raw.outcome { reason } else { "" }
            return Event(raw: raw, inboxName: try session.inboxes.inbox(raw.inbox)?.name ?? "?", reason: reason)
        }
    }
}
