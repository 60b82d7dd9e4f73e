import DeskCore

extension Gallery {
    var deskPages: [(name: String, page: any PageModel)] {
        [
            ("queue", QueuePage(queue: queue(), eventsPath: "/events?view=queue")),
            ("queue-empty", QueuePage(queue: emptyQueue, eventsPath: "/events?view=queue")),
            ("queue-first-day", QueuePage(queue: emptyQueue, eventsPath: nil, checklist: checklist)),
            ("conversation", conversationPage(composer: composer())),
            ("conversation-undo", conversationPage(composer: composer(undo: undoBar))),
            ("conversation-promise", conversationPage(composer: composer(promiseText: wording.text("promise.what")))),
            ("conversation-dismissed", conversationPage(composer: composer(dismissal: dismissalBar))),
            ("conversation-stale", conversationPage(composer: composer(draft: draft, stale: staleNotice))),
            ("conversation-closed", conversationPage(composer: closedComposer, window: closedWindow)),
            ("conversation-kinds", kindsPage),
        ]
    }

    func queue(currentID: String? = nil) -> QueueColumn {
        let filters = QueueFilters(inboxes: [("tienda", "Tienda"), ("reservas", "Reservas")], wording: wording)
        return QueueColumn(owedCount: 7, filters: filters, cards: cards(currentID: currentID), nextCursor: "c2FtcGxl", wording: wording)
    }

    var emptyQueue: QueueColumn {
        QueueColumn(owedCount: 0, filters: QueueFilters(wording: wording), cards: [], wording: wording)
    }

    var cards: [QueueCard] { cards(currentID: nil) }

    func cards(currentID: String?) -> [QueueCard] {
        [
            card(
                "ana", "Ana Beltrán", "¿Me confirman si el jueves a las 10 sigue en pie?", waited: 74, left: -14, messages: 3,
                promise: -40, escalation: .supervisor, isCurrent: currentID == "ana"),
            card(
                "iglesias", "Taller Iglesias", "Factura 0412 — Adjunto la factura corregida, avísenme cuando la reciban", waited: 55,
                left: 6, channel: .email),
            card("rosa", "Rosa", "Nota de voz", waited: 41, left: 22, messages: 2, assignee: .other(name: "Marta")),
            card(
                "joao", "João Pedro Nunes", "Oi! Vocês entregam em Niterói no sábado?", waited: 33, left: 29, assignee: .me,
                isSending: true),
            card("milton", "+57 300 555 0182", "Foto: la vitrina", waited: 12, left: 48, failure: wording.text("delivery.failed")),
            card(
                "emma", "Emma Clarke", "Could you send me the invoice for February?", waited: 4, left: 56, snoozed: true, promise: 60 * 20),
            card("sol", "Sol Andrade", "Mil gracias, quedó hermoso", waited: 2, left: 58),
            settledCard,
        ]
    }

    private func card(
        _ id: String, _ name: String, _ words: String, waited: Int, left: Int, messages: Int = 1,
        assignee: QueueCard.Assignee = .nobody, isSending: Bool = false, failure: String? = nil, snoozed: Bool = false,
        promise: Int? = nil, escalation: EscalationLevel = .member, isCurrent: Bool = false, channel: ChannelName = .whatsApp
    ) -> QueueCard {
        QueueCard(
            conversationID: id, contactName: name, channelName: wording.channelName(channel),
            inboxName: waited % 2 == 0 ? "Tienda" : "Reservas",
            lastWords: words, isFromUs: false, lastAt: ago(waited),
            owed: .init(since: ago(waited), due: ahead(left), messageCount: messages), assignee: assignee, isSending: isSending,
            failure: failure, snoozedUntil: snoozed ? ahead(30) : nil, promiseDue: promise.map(ahead), escalation: escalation,
            isCurrent: isCurrent, wording: wording)
    }

    private var settledCard: QueueCard {
        QueueCard(
            conversationID: "ramiro", contactName: "Ramiro Ochoa", channelName: "WhatsApp", inboxName: "Tienda",
            lastWords: "Listo, queda reservado a tu nombre. ¡Buen fin de semana!", isFromUs: true, lastAt: ago(95), owed: nil,
            answeredAt: ago(95), wording: wording)
    }

    var checklist: [ChecklistItem] {
        [
            ChecklistItem(.channel, isDone: true, wording: wording),
            ChecklistItem(.agreement, isDone: false, path: "/agreement/quiroga", wording: wording),
            ChecklistItem(.charter, isDone: false, wording: wording),
            ChecklistItem(.shifts, isDone: false, wording: wording),
            ChecklistItem(.people, isDone: false, wording: wording),
        ]
    }
}
