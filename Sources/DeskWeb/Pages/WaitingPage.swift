package import DeskCore

/// What waits for the reader: what is late, and what only a person can decide, sends of unknown outcome and events that could not be
/// understood.
package struct WaitingPage: PageModel {
    package static let template = "pages.waiting"

    package let decisions: Decisions
    package let eventsPath: String?
    package var section: NavigationSection? { .waiting }

    /// - Parameter eventsPath: the page hears of changes by a `decision` event that replaces `Decisions`.
    package init(decisions: Decisions, eventsPath: String? = nil) {
        self.decisions = decisions
        self.eventsPath = eventsPath
    }
}

/// Everything that waits for a decision, or the word that nothing does.
package struct Decisions: PartialModel {
    package static let template = "partials.decisions"

    package let late: [QueueCard]
    package let hasLate: Bool
    package let unknownSends: [UnknownSend]
    package let hasUnknownSends: Bool
    package let quarantinedEvents: [QuarantinedEvent]
    package let hasQuarantinedEvents: Bool
    package let incidents: [IncidentNotice]
    package let hasIncidents: Bool
    package let isEmpty: Bool

    /// A reply of which nobody knows whether it arrived. The form posts `outcome=was_sent|send_again`.
    package struct UnknownSend: Sendable {
        package let messageID: String
        package let path: String
        package let conversationPath: String
        package let contactName: String
        package let text: String
        package let ago: String
        package let explanation: String

        /// - Parameters:
        ///   - calls: how often the provider was called so far.
        ///   - isOfBackup: whether it waited in a backup that was restored since, and was not cut off on its way.
        package init(
            messageID: String, conversationID: String, contactName: String, text: String, at: Instant, calls: Int = 0,
            isOfBackup: Bool = false, wording: Wording
        ) {
            self.messageID = messageID
            path = "/messages/\(messageID)/resolution?call=\(calls)"
            conversationPath = "/conversations/\(conversationID)#\(MessageBubble.elementID(of: messageID))"
            self.contactName = contactName
            self.text = text
            ago = wording.ago(at)
            explanation = wording.text(isOfBackup ? "waiting.unknown.restored" : "waiting.unknown.explanation")
        }
    }

    /// Something that a channel sent and that could not be read; it is kept as it came. The form posts `workspace`.
    package struct QuarantinedEvent: Sendable {
        package let path: String
        package let workspaceID: String
        package let eventID: String
        package let inboxName: String
        package let reason: String
        package let ago: String

        package init(eventID: String, workspaceID: String, inboxName: String, reason: String, at: Instant, wording: Wording) {
            path = "/raw-events/\(eventID)/retry"
            self.workspaceID = workspaceID
            self.eventID = eventID
            self.inboxName = inboxName
            self.reason = reason
            ago = wording.ago(at)
        }
    }

    /// - Parameters:
    ///   - late: what is late and concerns the reader, the longest due first.
    ///   - incidents: those in which something may be lost.
    package init(
        late: [QueueCard] = [], unknownSends: [UnknownSend], quarantinedEvents: [QuarantinedEvent], incidents: [IncidentNotice] = []
    ) {
        self.late = late
        hasLate = !late.isEmpty
        self.incidents = incidents
        hasIncidents = !incidents.isEmpty
        self.unknownSends = unknownSends
        hasUnknownSends = !unknownSends.isEmpty
        self.quarantinedEvents = quarantinedEvents
        hasQuarantinedEvents = !quarantinedEvents.isEmpty
        isEmpty = late.isEmpty && unknownSends.isEmpty && quarantinedEvents.isEmpty && incidents.isEmpty
    }
}
