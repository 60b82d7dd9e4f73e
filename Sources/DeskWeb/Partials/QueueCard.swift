package import DeskCore

/// One conversation in the queue: a real link, with its clock.
package struct QueueCard: PartialModel {
    package static let template = "partials.queue-card"

    package let elementID: String
    /// `/conversations/{id}`, with the filters of the queue that it was opened from.
    package let path: String
    package let contactName: String
    package let initials: String
    /// "WhatsApp · Tienda": the channel's name and the inbox's.
    package let channel: String
    /// Shown only to people who work for several desks.
    package let workspaceName: String?
    /// The last words of the conversation, or what stands for them ("Nota de voz").
    package let lastWords: String
    /// "Respuesta:" before words of ours; nil before the contact's.
    package let lastWordsPrefix: String?
    package let time: String
    /// Nil when nothing is owed.
    package let clock: WaitClock?
    /// What is true when nothing is owed: "respondida hace 2 h", "No hizo falta responder".
    package let settled: String?
    /// "2 mensajes sin responder"; nil for one or none.
    package let unansweredWords: String?
    package let unansweredCount: Int?
    /// "La tiene Marta" / "En tus manos"; nil while nobody has it.
    package let assigneeWords: String?
    package let isMine: Bool
    /// "Enviando…" while a reply is on its way.
    package let sendingWords: String?
    /// "Prometido para mañana 9:00"; nil without a promise.
    package let promise: PromiseMark?
    /// "Avisado a supervisión" once it is late; nil before.
    package let escalationWords: String?
    /// Why the last reply didn't go out.
    package let failureWords: String?
    /// "Hasta hoy 18:00" when somebody put it aside; it stays owed.
    package let snoozedWords: String?
    package let isCurrent: Bool
    /// The list is in ascending order of this (the due time in milliseconds; settled ones come after all owed ones).
    package let sortKey: Int64

    /// What is owed to a contact, since when, and by when.
    package struct Owed: Sendable {
        package let since: Instant
        package let due: Instant
        /// How many messages nobody has answered.
        package let messageCount: Int

        package init(since: Instant, due: Instant, messageCount: Int) {
            self.since = since
            self.due = due
            self.messageCount = messageCount
        }
    }

    /// Who has a conversation in hand.
    package enum Assignee: Sendable {
        case nobody
        case me
        case other(name: String)
    }

    /// - Parameters:
    ///   - query: the queue's own filters (`?state=owed&…`), kept in the link; empty over the event stream.
    ///   - lastWords: see `MessageSummary.words`.
    ///   - isFromUs: whether those words were a reply.
    ///   - lastAt: when the last message was sent.
    ///   - owed: nil when nothing is owed.
    ///   - answeredAt: when the last obligation was met, for a settled conversation.
    ///   - isSending: whether a reply is held, queued or on its way.
    ///   - failure: why the last reply did not go out, in words.
    ///   - promiseDue: when the most urgent commitment is due.
    ///   - isByPromise: whether the list is sorted by what was promised.
    package init(
        conversationID: String, query: String = "", contactName: String, channelName: String, inboxName: String,
        workspaceName: String? = nil, lastWords: String, isFromUs: Bool, lastAt: Instant, owed: Owed?, answeredAt: Instant? = nil,
        assignee: Assignee = .nobody, isSending: Bool = false, failure: String? = nil, snoozedUntil: Instant? = nil,
        promiseDue: Instant? = nil, escalation: EscalationLevel = .member, isByPromise: Bool = false, isCurrent: Bool = false,
        wording: Wording
    ) {
        elementID = Self.elementID(of: conversationID)
        path = "/conversations/\(conversationID)\(query)"
        self.contactName = contactName
        initials = Initials.of(contactName)
        channel = [channelName, inboxName].filter { !$0.isEmpty }.joined(separator: " · ")
        self.workspaceName = workspaceName
        self.lastWords = lastWords
        lastWordsPrefix = isFromUs ? wording.text("queue.card.ours") : nil
        time = Self.time(lastAt, wording)
        clock = owed.map { WaitClock(since: $0.since, due: $0.due, wording: wording) }
        promise = promiseDue.map { PromiseMark(due: $0, wording: wording) }
        escalationWords = wording.escalation(escalation)
        settled = owed == nil && promiseDue == nil ? Self.settledWords(answeredAt, wording) : nil
        unansweredCount = owed.flatMap { $0.messageCount > 1 ? $0.messageCount : nil }
        unansweredWords = unansweredCount.map { wording.text("queue.card.unanswered", count: $0) }
        assigneeWords = Self.words(for: assignee, wording)
        if case .me = assignee { isMine = true } else { isMine = false }
        sendingWords = isSending ? wording.text("queue.card.sending") : nil
        failureWords = failure
        snoozedWords = snoozedUntil.map { wording.text("queue.card.snoozed", ["moment": wording.moment($0)]) }
        self.isCurrent = isCurrent
        let due = isByPromise ? promiseDue : [owed?.due, promiseDue].compactMap(\.self).min()
        sortKey = (due.map(\.microseconds) ?? 8_000_000_000_000_000 - lastAt.microseconds) / 1_000
    }

    /// The id of the card's element, the target of live updates.
    package static func elementID(of conversationID: String) -> String { "card-\(conversationID)" }

    private static func time(_ instant: Instant, _ wording: Wording) -> String {
        wording.dayNumber(instant) == wording.dayNumber(wording.now) ? wording.timeOfDay(instant) : wording.day(instant)
    }

    private static func settledWords(_ answeredAt: Instant?, _ wording: Wording) -> String {
        guard let answeredAt else { return wording.text("queue.card.nothingOwed") }
        return wording.text("queue.card.answered", ["ago": wording.ago(answeredAt)])
    }

    private static func words(for assignee: Assignee, _ wording: Wording) -> String? {
        switch assignee {
        case .nobody: nil
        case .me: wording.text("queue.card.mine")
        case .other(let name): wording.text("queue.card.assigned", ["name": name])
        }
    }
}
