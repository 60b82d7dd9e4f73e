import DeskCore

extension Gallery {
    func conversationPage(composer: Composer, window: ReplyWindowView? = nil) -> ConversationPage {
        let header = header(window: window)
        return ConversationPage(
            queue: queue(currentID: "ana"), header: header, earlierPath: "/conversations/ana?before=c2FtcGxl", timeline: timeline,
            composer: composer, panel: panel(header), eventsPath: "/events?conversation=ana")
    }

    private func header(window: ReplyWindowView?) -> ConversationHeader {
        ConversationHeader(
            conversationID: "ana", contactName: "Ana Beltrán", contactAddress: "+57 300 555 0114", channelName: "WhatsApp",
            inboxName: "Tienda", owed: .init(since: ago(74), due: ahead(-14), messageCount: 3), assignee: .me,
            window: window ?? ReplyWindowView(channelName: "WhatsApp", closesAt: ahead(22 * 60), wording: wording), promises: promises,
            escalation: .supervisor, wording: wording)
    }

    private var promises: [PromiseView] {
        [
            PromiseView(commitmentID: "p1", text: "Enviar el presupuesto", due: ahead(20 * 60), wording: wording),
            PromiseView(commitmentID: "p2", text: "Confirmar la dirección", due: ago(40), wording: wording),
        ]
    }

    var closedWindow: ReplyWindowView { ReplyWindowView(channelName: "WhatsApp", closesAt: ago(130), wording: wording) }

    private var timeline: [TimelineEntry] {
        let words: [(message: MessageBubble, at: Instant)] = [
            said("a1", "Hola, buenas tardes. Quería saber si todavía tienen turno para el jueves.", 26 * 60),
            replied("a2", "¡Hola, Ana! Sí, el jueves hay lugar a las *10:00* y a las *16:30*. ¿Cuál queda mejor?", 26 * 60 - 9, .read),
            said("a3", "A las 10 perfecto, gracias", 26 * 60 - 14, reaction: "🙏"),
            noted("a4", "Prefiere que la llamen por la mañana.", 25 * 60),
            replied("a5", "Queda anotado para el jueves a las 10:00.", 24 * 60 + 40, .delivered),
            said("a6", "Buenas. Les paso la dirección: https://ejemplo.com/plano", 80),
            said("a7", "Y otra cosa, ¿se puede pagar con transferencia?", 76, quote: quote),
            said("a8", "¿Me confirman si el jueves a las 10 sigue en pie?", 74),
        ]
        return TimelineEntry.entries(for: words, wording: wording)
    }

    private var quote: Quote {
        Quote(author: "Lucía Ferro", snippet: "Queda anotado para el jueves a las 10:00.", path: "#message-a5")
    }

    private func said(
        _ id: String, _ text: String, _ minutes: Int, quote: Quote? = nil, reaction: String? = nil
    ) -> (message: MessageBubble, at: Instant) {
        let reactions = reaction.map { [ReactionView(emoji: $0, authorName: "Lucía Ferro", isOurs: true, wording: wording)] } ?? []
        let notices = reaction.flatMap { unsure($0, of: id) }.map { [$0] } ?? []
        let acts = MessageActs(
            messageID: id, conversationID: "ana", author: "Ana Beltrán", words: text, standing: reaction, canReact: true, wording: wording)
        let message = MessageBubble(
            id: id, direction: .inbound(contactName: "Ana Beltrán"), content: MessageContent(kind: .text, text: text),
            sentAt: ago(minutes), languageTag: "es", quote: quote, changes: .init(reactions: reactions, notices: notices), acts: acts,
            wording: wording)
        return (message, ago(minutes))
    }

    private func unsure(_ emoji: String, of id: String) -> ReactionNotice? {
        let attempt = ReactionAttempt(
            id: ReactionAttempt.ID("r1"), act: .put, author: User.ID("lucia"), startedAt: ago(60),
            state: .unknown(reason: "The answer was cut off."))
        return ReactionNotice(MessageReaction(author: .us, emoji: emoji, attempt: attempt), of: id, wording: wording)
    }

    private func replied(
        _ id: String, _ text: String, _ minutes: Int, _ status: DeliveryView.Status
    ) -> (message: MessageBubble, at: Instant) {
        let message = MessageBubble(
            id: id, direction: .outbound(authorName: "Lucía Ferro"), content: MessageContent(kind: .text, text: text),
            sentAt: ago(minutes), delivery: DeliveryView(messageID: id, status: status, wording: wording), wording: wording)
        return (message, ago(minutes))
    }

    private func noted(_ id: String, _ text: String, _ minutes: Int) -> (message: MessageBubble, at: Instant) {
        let message = MessageBubble(
            id: id, direction: .note(authorName: "Marta Rey"), content: MessageContent(kind: .text, text: text), sentAt: ago(minutes),
            wording: wording)
        return (message, ago(minutes))
    }

    var draft: String { "Sí, Ana, el jueves a las 10:00 sigue en pie. " }

    func composer(
        draft: String = "", stale: StaleNotice? = nil, undo: UndoBar? = nil, dismissal: DismissalBar? = nil, promiseText: String = ""
    ) -> Composer {
        Composer(
            conversationID: "ana", answers: "a8",
            quote: ComposerQuote(
                messageID: "a8", author: "Ana Beltrán", words: "¿Me confirman si el jueves a las 10 sigue en pie?", isChosen: true,
                wording: wording), showsTyping: true, version: 12, idempotencyKey: "sample-key", draft: draft, stale: stale, undo: undo,
            dismissal: dismissal, promiseText: promiseText, promises: promiseText.isEmpty ? [] : promises, isOwed: undo == nil,
            acceptedTypes: "image/jpeg,image/png,application/pdf", wording: wording)
    }

    var closedComposer: Composer {
        Composer(
            conversationID: "ana", answers: "a8", version: 12, idempotencyKey: "sample-key",
            blocked: wording.problem(.replyWindowClosed), isOwed: true, wording: wording)
    }

    var staleNotice: StaleNotice {
        StaleNotice(
            items: [.init(author: "Ana Beltrán", words: "Ah, y si se puede a las 10:30, mejor", time: wording.timeOfDay(ago(0)))],
            wording: wording)
    }

    var dismissalBar: DismissalBar { DismissalBar(conversationID: "sol", contactName: "Sol Andrade", wording: wording) }

    var undoBar: UndoBar {
        UndoBar(messageID: "a9", snippet: "Sí, Ana, el jueves a las 10:00 sigue en pie.", until: Self.now + .seconds(5), wording: wording)
    }

    func panel(_ header: ConversationHeader) -> ContextPanel {
        ContextPanel(
            header: header,
            facts: [
                Fact(.address, "+57 300 555 0114", wording: wording), Fact(.channel, "WhatsApp", wording: wording),
                Fact(.firstSeen, wording.day(ago(60 * 24 * 90)), wording: wording), Fact(.messageCount, "48", wording: wording),
            ],
            notes: [NoteView(author: "Marta Rey", text: "Prefiere que la llamen por la mañana.", at: ago(25 * 60), wording: wording)],
            pastConversations: [
                PastConversation(
                    conversationID: "ana-2", words: "Consulta por el envío a Medellín", lastAt: ago(60 * 24 * 40), wording: wording)
            ],
            receiptPath: "/ledger?receipt=a5")
    }
}
