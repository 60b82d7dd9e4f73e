import DeskCore
import DeskServices
import DeskWeb
import HTTPTypes
import Hummingbird

/// One conversation: reading it, and everything that is done with it but answering.
struct ConversationRoutes {
    let parts: ServerParts
    let answers: PageAnswers

    private var tending: TendConversation { TendConversation(parts.context) }

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/conversations/{id}", use: show)
        router.post("/conversations/{id}/draft", use: keepDraft)
        router.post("/conversations/{id}/typing", use: showTyping)
        router.post("/conversations/{id}/no-reply-needed", use: dismiss)
        router.post("/conversations/{id}/no-reply-needed/undo", use: takeBack)
        router.post("/conversations/{id}/notes", use: addNote)
        router.post("/commitments/{id}/settlement", use: settle)
        router.post("/conversations/{id}/assignment", use: assign)
        router.post("/conversations/{id}/snooze", use: snooze)
        router.post("/conversations/{id}/reveal", use: reveal)
        router.post("/conversations/{id}/classification", use: classify)
    }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let id: Conversation.ID = try context.identifier("id")
        let quote = URLEncoded.parse(request.uri.query ?? "")["quote"].map { Message.ID($0) }
        return try await page(of: id, quote: quote, request, context)
    }

    /// - Parameters:
    ///   - quote: the message that the reply is to quote.
    ///   - returned: what came back from a send that was stopped; decides the status with `status`.
    func page(
        of id: Conversation.ID, quote: Message.ID? = nil, _ request: Request, _ context: DeskRequestContext,
        status: HTTPResponse.Status = .ok,
        returned: (@Sendable (ConversationViewing) -> ConversationViewing.Returned)? = nil
    ) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let query = URLEncoded.parse(request.uri.query ?? "")
        let filter = QueueRoutes.filter(of: request, user: user)
        let (queue, reading) = try await parts.storage.read { session in
            let reading = try ConversationReading(
                id, viewer: user, before: query["before"].flatMap { Int($0) }, undo: query["undo"].map { Message.ID($0) },
                dismissed: query["dismissed"].map { Conversation.ID($0) }, quote: quote, session: session,
                at: parts.now)
            let scope = try Authorization(session, at: parts.now).scope(of: user)
            return (try QueueReading(filter, scope: scope, cursor: nil, session: session), reading)
        }
        let reader = try context.requireIdentity().reader(by: .page)
        try await RecordReading(parts.context).opened(id, in: reading.row.summary.conversation.workspace, by: reader)
        let key = parts.context.chance.bytes(16).hexadecimal
        return try await answers.page(request, context, status: status) { page in
            let view = ConversationViewing(reading: reading, viewer: user, channels: parts.context.channels, wording: page.wording)
            let earlier = reading.earlierThan.map { "/conversations/\(id.text)?before=\($0)" }
            return ConversationPage(
                queue: queue.column(for: user, current: id, wording: page.wording), header: view.header, earlierPath: earlier,
                timeline: view.timeline, composer: view.composer(idempotencyKey: key, returned: returned?(view)), panel: view.panel,
                eventsPath: LiveRoutes.path(filter, conversation: id, after: queue.lastEvent))
        }
    }

    /// Uncovers numbers and addresses for a while, for a reason that the principal reads.
    @Sendable private func reveal(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (id, _, form) = try await act(request, context)
        let reader = try context.requireIdentity().reader(by: .page)
        do {
            try await RecordReading(parts.context).reveal(id, reason: form["reason"], by: reader)
        } catch let error as DeskError where error.code == .invalidRequest {
            return .redirect(toPage: "/conversations/\(id.text)", problem: .invalidRequest)
        }
        return .redirect(toPage: "/conversations/\(id.text)", done: .revealed)
    }

    @Sendable private func classify(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (id, user, form) = try await act(request, context)
        let classifying = ClassifyConversation(parts.context)
        try await classifying.set(try form.optional("topic").map { try Topic(named: $0) }, of: id, by: user)
        if let contactClass = form.optional("class").flatMap(ContactClass.init) {
            try await classifying.set(contactClass, ofContactIn: id, by: user)
        }
        return .redirect(toPage: "/conversations/\(id.text)", done: .classified)
    }

    @Sendable private func keepDraft(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (id, user, form) = try await act(request, context)
        try await tending.keepDraft(form["text"], in: id, by: user)
        return Response(status: .noContent)
    }

    @Sendable private func showTyping(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (id, user, _) = try await act(request, context)
        try await ShowTyping(parts.context).show(in: id, by: user)
        return Response(status: .noContent)
    }

    @Sendable private func dismiss(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (id, user, form) = try await act(request, context)
        let reason = [form.optional("reason"), form.optional("note")].compactMap(\.self).joined(separator: ": ")
        do {
            try await tending.noAnswerNeeded(id, reason: reason, seenVersion: form.optional("version").flatMap { Int($0) }, by: user)
        } catch let error as DeskError where error.code == .staleConversation {
            return .redirect(toPage: "/conversations/\(id.text)", problem: .staleConversation)
        }
        let next = try await NextConversation.find(after: id, for: user, in: parts.storage, at: parts.context.time.now()) ?? id
        return .redirect(toPage: "/conversations/\(next.text)?done=\(Flash.Deed.noReplyRecorded.rawValue)&dismissed=\(id.text)")
    }

    @Sendable private func takeBack(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (id, user, _) = try await act(request, context)
        do {
            try await tending.takeBackNoAnswerNeeded(id, by: user)
        } catch let error as DeskError where [.alreadySent, .invalidRequest].contains(error.code) {
            return .redirect(toPage: "/conversations/\(id.text)", problem: error.code)
        }
        return .redirect(toPage: "/conversations/\(id.text)", done: .noReplyTakenBack)
    }

    @Sendable private func settle(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let form = try await Form.read(request, context, limit: 65_536)
        let conversation = try await SettleCommitment(parts.context).settle(
            try context.identifier("id"), reason: form["reason"], by: user)
        return .redirect(toPage: "/conversations/\(conversation.text)", done: .promiseSettled)
    }

    @Sendable private func addNote(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (id, user, form) = try await act(request, context)
        _ = try await tending.addNote(form["text"], to: id, by: user)
        return .redirect(toPage: "/conversations/\(id.text)", done: .noteAdded)
    }

    @Sendable private func assign(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (id, user, form) = try await act(request, context)
        let takes = form["assignee"] == "me"
        try await tending.assign(id, to: takes ? user : nil, by: user)
        return .redirect(toPage: "/conversations/\(id.text)", done: takes ? .taken : .released)
    }

    @Sendable private func snooze(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (id, user, form) = try await act(request, context)
        guard let until = Instant(timestamp: form["until"]) else {
            throw DeskError(.invalidRequest, message: "This is no time to snooze until. Nothing was changed.")
        }
        try await tending.snooze(id, until: until, by: user)
        return .redirect(toPage: "/conversations/\(id.text)", done: .snoozed)
    }

    private func act(_ request: Request, _ context: DeskRequestContext) async throws -> (Conversation.ID, User.ID, Form) {
        let user = try context.requireIdentity().user.id
        return (try context.identifier("id"), user, try await Form.read(request, context, limit: 1_048_576))
    }
}
