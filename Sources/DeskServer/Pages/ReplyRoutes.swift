import DeskCore
import DeskServices
import DeskWeb
import Hummingbird

/// Answering, and what is decided about an answer afterwards.
struct ReplyRoutes {
    let parts: ServerParts
    let answers: PageAnswers

    private var deciding: DecideReply { DecideReply(parts.context) }

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.post("/conversations/{id}/replies", use: reply)
        router.post("/messages/{id}/undo", use: undo)
        router.post("/messages/{id}/retry", use: retry)
        router.post("/messages/{id}/resolution", use: resolve)
    }

    @Sendable private func reply(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let identity = try context.requireIdentity().user
        let user = identity.id
        let id: Conversation.ID = try context.identifier("id")
        let form = try await Form.read(request, context, limit: parts.settings.maximumRequestBytes)
        do {
            let outcome = try await SendReply(parts.context).send(try await self.request(id, form, of: identity), by: user)
            let message =
                switch outcome {
                case .recorded(let message), .repeated(let message): message
                }
            let next = try await NextConversation.find(after: id, for: user, in: parts.storage, at: parts.context.time.now()) ?? id
            return .redirect(toPage: "/conversations/\(next.text)?undo=\(message.id.text)")
        } catch let error as DeskError where Self.isForTheWriter(error) {
            return try await returned(form, error, id, request, context)
        }
    }

    private func request(_ id: Conversation.ID, _ form: Form, of user: User) async throws -> SendReply.Request {
        var attachments: [OutboundAttachment] = []
        for file in form.files where !file.bytes.isEmpty {
            attachments.append(try await parts.stored(file.bytes, named: file.fileName, file.mediaType))
        }
        let draft = ReplyDraft(
            text: form["text"], attachments: attachments, seenVersion: Int(form["version"]) ?? -1,
            quote: form.optional("quote").map { Message.ID($0) })
        return SendReply.Request(
            conversation: id, answers: form.optional("answers").map { Message.ID($0) }, draft: draft,
            idempotencyKey: form["idempotency_key"], promise: promise(in: form, of: user), keeps: try await kept(in: id, form),
            copies: (0..<CopyChoice.most).compactMap { form.optional(CopyChoice.field($0)) })
    }

    /// What was promised, by when on the writer's own clock. A time that can't be read is one that has passed.
    private func promise(in form: Form, of user: User) -> Commitment.Promise? {
        guard let text = form.optional("promise_text") else { return nil }
        let wall = WallClock(zone: user.timeZone, rules: parts.context.timeZones)
        let dueAt = form["promise_due"] == "other" ? wall.instant(local: form["promise_other"]) : Instant(timestamp: form["promise_due"])
        return Commitment.Promise(text: text, dueAt: dueAt ?? Instant(unixSeconds: 0))
    }

    private func kept(in id: Conversation.ID, _ form: Form) async throws -> [Commitment.ID] {
        try await parts.storage.read { try $0.commitments.owed(in: id) }.map(\.id)
            .filter { form[PromiseView.field(of: $0.text)] == "on" }
    }

    private static func isForTheWriter(_ error: DeskError) -> Bool {
        let codes: [DeskError.Code] = [
            .staleConversation, .commitmentRefused, .replyWindowClosed, .emptyReply, .replyTooLong, .attachmentTooLarge,
            .attachmentNotAllowed, .pictureTooLarge, .quoteNotPossible,
        ]
        return codes.contains(error.code) || error == .noRoomForFiles
    }

    /// The page again, with the words that were not sent, why, and what is new.
    private func returned(
        _ form: Form, _ error: DeskError, _ id: Conversation.ID, _ request: Request, _ context: DeskRequestContext
    ) async throws -> Response {
        let user = try context.requireIdentity().user.id
        try await TendConversation(parts.context).keepDraft(form["text"], in: id, by: user)
        let key = parts.context.chance.bytes(16).hexadecimal
        let quote = error.code == .quoteNotPossible ? nil : form.optional("quote").map { Message.ID($0) }
        let conversation = ConversationRoutes(parts: parts, answers: answers)
        return try await conversation.page(of: id, quote: quote, request, context, status: error.status) { view in
            let isStale = error.code == .staleConversation
            return ConversationViewing.Returned(
                text: form["text"], idempotencyKey: key,
                error: isStale ? nil : problem(error, form, view),
                stale: isStale ? view.stale(after: Int(form["seen_through"]) ?? 0) : nil, promise: form["promise_text"])
        }
    }

    private func problem(_ error: DeskError, _ form: Form, _ view: ConversationViewing) -> String {
        let channel = view.reading.row.summary.inbox.channel
        let maximum = form.files.compactMap {
            parts.context.channels.maximumBytes(ofMediaType: MediaTypes.settled($0.mediaType), on: channel)
        }
        if error == .noRoomForFiles { return view.wording.text("problem.no_room_for_files") }
        return view.problem(error.code, hasFiles: !form.files.isEmpty, maximumBytes: maximum.min())
    }

    @Sendable private func undo(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await decide(request, context, done: .undone) { id, user, _ in try await deciding.undo(id, by: user) }
    }

    @Sendable private func retry(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await decide(request, context, done: .retrying) { id, user, _ in
            try await deciding.retry(id, on: Self.occasion(of: request), by: user)
        }
    }

    @Sendable private func resolve(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await decide(request, context, done: .resolved) { id, user, form in
            guard let decision = DecideReply.Decision(rawValue: form["outcome"]) else {
                throw DeskError(.invalidRequest, message: "Say whether it was sent or is to be sent again. Nothing was changed.")
            }
            return try await deciding.resolve(id, as: decision, on: Self.occasion(of: request), by: user)
        }
    }

    /// The call that the person saw before deciding.
    private static func occasion(of request: Request) -> DecideReply.Occasion? {
        URLEncoded.parse(request.uri.query ?? "")["call"].flatMap { Int($0) }.map { .call($0) }
    }

    private func decide(
        _ request: Request, _ context: DeskRequestContext, done: Flash.Deed,
        _ body: (Message.ID, User.ID, Form) async throws -> Message
    ) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let id: Message.ID = try context.identifier("id")
        let form = try await Form.read(request, context, limit: 65_536)
        do {
            let message = try await body(id, user, form)
            let quoted = done == .undone ? try await quoted(by: message) : nil
            let quote = quoted.map { "&quote=\($0.text)" } ?? ""
            return .redirect(toPage: "/conversations/\(message.conversation.text)?done=\(done.rawValue)\(quote)")
        } catch let error as DeskError where error.code == .alreadySent {
            let message = try await parts.storage.read { try $0.messages.message(id) }
            return .redirect(toPage: message.map { "/conversations/\($0.conversation.text)" } ?? "/", problem: .alreadySent)
        }
    }

    /// What was quoted above a reply that was taken back is quoted above the next one.
    private func quoted(by message: Message) async throws -> Message.ID? {
        guard let providerID = message.content.quotedProviderID else { return nil }
        return try await parts.storage.read { session in
            guard let conversation = try session.conversations.conversation(message.conversation) else { return nil }
            return try session.messages.message(providerID: providerID, in: conversation.inbox)?.id
        }
    }
}
