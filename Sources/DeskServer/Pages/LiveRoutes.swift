import DeskCore
import DeskServices
import DeskWeb
import Hummingbird

/// `GET /events`: what changes on a page that is open, as the very pieces that the page was made of.
struct LiveRoutes {
    let parts: ServerParts
    let answers: PageAnswers

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/events", use: listen)
    }

    /// Where a page listens that shows this part of the queue, and perhaps one conversation.
    /// - Parameter sequence: the last event that the page was made after; it is told what came since.
    static func path(_ filter: QueueFilter = QueueFilter(), conversation: Conversation.ID? = nil, after sequence: Int64) -> String {
        var query = ["state=\(filter.state.rawValue)", "last_event_id=\(sequence)"]
        switch filter.assignee {
        case .anyone: break
        case .nobody: query.append("assignee=none")
        case .user: query.append("assignee=me")
        }
        if let inbox = filter.inbox { query.append("inbox=\(PageAnswers.encoded(inbox.text))") }
        if let conversation { query.append("conversation=\(PageAnswers.encoded(conversation.text))") }
        return "/events?" + query.joined(separator: "&")
    }

    /// Where a page listens that waits for an inbox's first message.
    static func path(connecting inbox: Inbox.ID, after sequence: Int64) -> String {
        path(after: sequence) + "&connecting=\(PageAnswers.encoded(inbox.text))"
    }

    /// Where the page of decisions listens.
    static func path(decidingAfter sequence: Int64) -> String { path(after: sequence) + "&deciding=on" }

    @Sendable private func listen(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let page = try await answers.pageContext(request, context)
        let query = URLEncoded.parse(request.uri.query ?? "")
        let view = LiveView(
            parts: parts, viewer: user, filter: QueueRoutes.filter(of: request, user: user),
            open: query["conversation"].map { Conversation.ID($0) }, connecting: query["connecting"].map { Inbox.ID($0) },
            isDeciding: query["deciding"] == "on", page: page)
        let feed = EventFeed(context: parts.context, hub: parts.hub)
        return try await feed.answer(request, context) { delivery in
            switch delivery {
            case .opened(let sight): [ServerSentEvent(name: "sight", data: sight)]
            case .narrowed: [ServerSentEvent(name: "reload", data: "{}")]
            case .reset: [ServerSentEvent(name: "reset", data: "{}")]
            case .events(let events): try await view.blocks(for: events)
            }
        }
    }
}

/// What one open page has to be told.
struct LiveView: Sendable {
    let parts: ServerParts
    let viewer: User.ID
    let filter: QueueFilter
    let open: Conversation.ID?
    let connecting: Inbox.ID?
    let isDeciding: Bool
    let page: PageContext

    func blocks(for events: [DeskEvent]) async throws -> [ServerSentEvent] {
        let context = currentContext
        let reading = try await parts.storage.read { session in try changes(in: events, session) }
        var blocks = try reading.rows.map { try card($0, context) }
        let summary = QueueSummary(owedCount: reading.owedCount, wording: context.wording)
        blocks.append(try block("summary", LiveTarget.queueSummary, summary, .replace, context))
        if let conversation = reading.open { blocks += try self.conversation(conversation, events, context) }
        if let connection = reading.connection?.view(publicURL: parts.settings.publicURL) {
            blocks.append(try block("inbox", connection.elementID, connection, .replace, context))
        }
        if let decisions = reading.decisions?.view(context.wording) {
            blocks.append(try block("decision", LiveTarget.decisions, decisions, .replace, context))
        }
        return blocks
    }

    private struct Reading: Sendable {
        let rows: [(row: QueueReading.Row, isNews: Bool)]
        let owedCount: Int
        let open: ConversationReading?
        let connection: ConnectionReading?
        let decisions: DecisionReading?
    }

    private func changes(in events: [DeskEvent], _ session: any StorageSession) throws -> Reading {
        let scope = try Authorization(session, at: parts.now).scope(of: viewer)
        var names = PeopleNames(session)
        let changed = Set(events.compactMap(\.conversation)).sorted()
        let rows = try changed.compactMap { id in
            try session.conversations.summary(id, scope: scope).map { summary in
                let row = try QueueReading.row(summary, scope: scope, names: &names, session: session)
                return (row: row, isNews: events.contains { $0.conversation == id && $0.kind == .messageReceived && summary.isFromContact })
            }
        }
        let isOpenChanged = open.map(changed.contains) ?? false
        return Reading(
            rows: rows, owedCount: try session.conversations.owedCount(scope: scope, maximum: QueueReading.countMaximum),
            open: isOpenChanged ? try open.map { try ConversationReading($0, viewer: viewer, session: session, at: parts.now) } : nil,
            connection: try connecting.map { try ConnectionReading($0, viewer: viewer, session, at: parts.now) },
            decisions: isDeciding ? try DecisionReading(for: viewer, session, at: parts.now) : nil)
    }

    /// Now is another moment than when the page was made.
    private var currentContext: PageContext {
        var context = page
        context.wording = Wording(
            catalogue: page.wording.catalogue, timeZone: page.wording.timeZone, now: parts.context.time.now())
        return context
    }

    private func card(_ change: (row: QueueReading.Row, isNews: Bool), _ context: PageContext) throws -> ServerSentEvent {
        let card = change.row.card(
            for: viewer, isByPromise: filter.state == .promised, isCurrent: change.row.summary.conversation.id == open,
            wording: context.wording)
        guard belongs(change.row) else {
            return try block("card", LivePatch(target: card.elementID, html: "", place: .remove))
        }
        let announcement = change.isNews ? context.wording.arrival(from: card.contactName) : nil
        return try block("card", LiveTarget.queueCards, card, .insertSorted, context, announcement: announcement)
    }

    private func belongs(_ row: QueueReading.Row) -> Bool {
        let conversation = row.summary.conversation
        let fitsAssignee =
            switch filter.assignee {
            case .anyone: true
            case .nobody: conversation.assignee == nil
            case .user(let user): conversation.assignee == user
            }
        let fitsState =
            switch filter.state {
            case .all: true
            case .owed: row.summary.dueAt != nil
            case .promised: row.summary.promiseDueAt != nil
            case .answered: row.summary.dueAt == nil
            }
        return fitsAssignee && fitsState && (filter.inbox == nil || filter.inbox == conversation.inbox)
    }

    private func conversation(
        _ reading: ConversationReading, _ events: [DeskEvent], _ context: PageContext
    ) throws -> [ServerSentEvent] {
        let view = ConversationViewing(
            reading: reading, viewer: viewer, channels: parts.context.channels, wording: context.wording)
        let concerned = Set(events.filter { $0.conversation == open }.compactMap(\.message))
        var blocks = try reading.messages.filter { concerned.contains($0.id) }.map { message in
            try block("message", LiveTarget.timeline, view.bubble(message), .append, context)
        }
        blocks += try reading.undone.filter(concerned.contains).map { id in
            try block("message", LivePatch(target: MessageBubble.elementID(of: id.text), html: "", place: .remove))
        }
        blocks.append(try block("header", LiveTarget.conversationHeader, view.header, .replace, context))
        blocks.append(try block("panel", LiveTarget.contextPanel, view.panel, .replace, context))
        let composer = view.composer(idempotencyKey: parts.context.chance.bytes(16).hexadecimal)
        blocks.append(try block("composer", LiveTarget.composer, composer, .replace, context))
        return blocks
    }

    private func block(
        _ name: String, _ target: String, _ partial: some PartialModel, _ place: LivePatch.Place, _ context: PageContext,
        announcement: String? = nil
    ) throws -> ServerSentEvent {
        let html = try parts.renderer.renderPartial(partial, context: context)
        return try block(name, LivePatch(target: target, html: html, place: place, announcement: announcement))
    }

    private func block(_ name: String, _ patch: LivePatch) throws -> ServerSentEvent {
        ServerSentEvent(name: name, data: try patch.data())
    }
}

extension ConversationSummary {
    fileprivate var isFromContact: Bool { lastMessage?.direction == .inbound }
}
