import DeskCore
import DeskServices
import DeskWeb

/// What is late, and what only a person can decide, as read for one viewer.
struct DecisionReading: Sendable {
    struct Send: Sendable {
        let message: Message
        let contactName: String
        /// How often the provider was called so far.
        let calls: Int
        /// Whether it waited in a backup that was restored since.
        let isOfBackup: Bool
    }

    struct Gap: Sendable {
        let incident: Incident
        let inbox: Inbox
    }

    struct Event: Sendable {
        let raw: RawEvent
        let inboxName: String
        let reason: String
    }

    private let viewer: User.ID
    /// What is late and concerns the viewer.
    let late: [QueueReading.Row]
    let sends: [Send]
    let events: [Event]
    /// In which something may be lost.
    let gaps: [Gap]
    /// The last event of the desk that this reading includes.
    let lastEvent: Int64

    private static let listLength = 50

    init(for user: User.ID, _ session: any StorageSession, at now: Instant) throws {
        viewer = user
        let limit = Self.listLength
        let authorization = Authorization(session, at: now)
        let scope = try authorization.scope(of: user)
        let care = try authorization.scope(of: user, for: .administer)
        lastEvent = try session.events.bounds()?.last ?? 0
        var names = PeopleNames(session)
        let levels = try authorization.concerns(in: scope)
        late = try session.conversations.escalated(levels, scope: scope, limit: limit).map {
            try QueueReading.row($0, scope: scope, names: &names, session: session)
        }
        sends = try session.attempts.undecided(scope: scope, limit: limit).compactMap { attempt in
            guard let message = try session.messages.message(attempt.message),
                let summary = try session.conversations.summary(message.conversation, scope: scope)
            else { return nil }
            return Send(
                message: scope.isMasked(in: attempt.workspace) ? message.masked : message, contactName: summary.contact.displayName,
                calls: attempt.calls, isOfBackup: attempt.state == .unknown(reason: DeliveryState.mayHaveGoneSinceBackup))
        }
        gaps = try session.incidents.uncleared(scope: care, limit: limit).filter { $0.kind == .deaf }.compactMap { incident in
            try session.inboxes.inbox(incident.inbox).map { Gap(incident: incident, inbox: $0) }
        }
        events = try session.rawEvents.quarantined(scope: care, limit: limit).map { raw in
            let reason = if case .quarantined(let reason) = raw.outcome { reason } else { "" }
            return Event(raw: raw, inboxName: try session.inboxes.inbox(raw.inbox)?.name ?? "?", reason: reason)
        }
    }
}

extension DecisionReading {
    func view(_ wording: Wording) -> Decisions {
        Decisions(
            late: late.map { $0.card(for: viewer, wording: wording) },
            unknownSends: sends.map { send in
                Decisions.UnknownSend(
                    messageID: send.message.id.text, conversationID: send.message.conversation.text, contactName: send.contactName,
                    text: MessageSummary.words(send.message.content, wording: wording), at: send.message.sentAt, calls: send.calls,
                    isOfBackup: send.isOfBackup, wording: wording)
            },
            quarantinedEvents: events.map { event in
                Decisions.QuarantinedEvent(
                    eventID: event.raw.id.text, workspaceID: event.raw.workspace.text, inboxName: event.inboxName,
                    reason: event.reason, at: event.raw.receivedAt, wording: wording)
            },
            incidents: gaps.map { IncidentNotice($0.incident, inboxName: wording.inbox($0.inbox), wording: wording) })
    }
}
