package import DeskCore

/// The top of a conversation: who it is, what is owed, the clock, and what the channel still allows.
package struct ConversationHeader: PartialModel {
    package static let template = "partials.conversation-header"

    package let conversationID: String
    package let contactName: String
    package let initials: String
    /// What it is about, where the channel says; else who it is.
    package let heading: String
    /// The contact's name beneath what it is about; nil where the name is the heading.
    package let byline: String?
    /// The contact's address as the channel gave it.
    package let contactAddress: String
    package let channel: String
    package let clock: WaitClock?
    /// "2 mensajes sin responder" or "Nada pendiente".
    package let owedWords: String
    package let assigneeWords: String
    package let isMine: Bool
    package let snoozedWords: String?
    package let window: ReplyWindowView?
    package let promises: [PromiseView]
    package let hasPromises: Bool
    /// "Avisado a supervisión" once it is late; nil before.
    package let escalationWords: String?

    /// - Parameters:
    ///   - subject: of the newest mail; nil on channels without subjects.
    ///   - window: nil for channels that allow a reply at any time.
    package init(
        conversationID: String, contactName: String, contactAddress: String, channelName: String, inboxName: String, subject: String? = nil,
        owed: QueueCard.Owed?, assignee: QueueCard.Assignee, snoozedUntil: Instant? = nil, window: ReplyWindowView?,
        promises: [PromiseView] = [], escalation: EscalationLevel = .member, wording: Wording
    ) {
        self.conversationID = conversationID
        self.contactName = contactName
        initials = Initials.of(contactName)
        heading = subject ?? contactName
        byline = subject.map { _ in contactName == contactAddress ? nil : contactName } ?? nil
        self.contactAddress = contactAddress
        channel = [channelName, inboxName].filter { !$0.isEmpty }.joined(separator: " · ")
        clock = owed.map { WaitClock(since: $0.since, due: $0.due, wording: wording) }
        owedWords = owed.map { wording.text("conversation.owed", count: $0.messageCount) } ?? wording.text("conversation.nothingOwed")
        snoozedWords = snoozedUntil.map { wording.text("queue.card.snoozed", ["moment": wording.moment($0)]) }
        self.window = window
        self.promises = promises
        hasPromises = !promises.isEmpty
        escalationWords = wording.escalation(escalation)
        switch assignee {
        case .nobody: (assigneeWords, isMine) = (wording.text("conversation.assignee.nobody"), false)
        case .me: (assigneeWords, isMine) = (wording.text("queue.card.mine"), true)
        case .other(let name): (assigneeWords, isMine) = (wording.text("queue.card.assigned", ["name": name]), false)
        }
    }
}

/// How long the channel still lets us answer.
package struct ReplyWindowView: Sendable {
    package let isOpen: Bool
    /// "WhatsApp permite responder hasta mañana 10:42", or why it is closed.
    package let words: String
    /// Under two hours are left.
    package let isClosing: Bool
    /// "quedan 3 h 12 min"; nil once it is closed.
    package let leftWords: String?
    /// What is said from the moment that it closes.
    package let closedWords: String
    /// Milliseconds since 1970, from which the browser counts down.
    package let closesAtMilliseconds: Int64

    /// - Parameter closesAt: when the window closes, or closed.
    package init(channelName: String, closesAt: Instant, wording: Wording) {
        let left = closesAt - wording.now
        isOpen = left > .zero
        isClosing = isOpen && left < .hours(2)
        let facts = ["channel": channelName, "moment": wording.moment(closesAt)]
        closedWords = wording.text("window.closed", facts)
        words = isOpen ? wording.text("window.open", facts) : closedWords
        leftWords = isOpen ? wording.text("clock.left", ["duration": wording.duration(left)]) : nil
        closesAtMilliseconds = closesAt.microseconds / 1_000
    }
}
