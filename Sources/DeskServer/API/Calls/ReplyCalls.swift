import DeskCore
import DeskServices
import Foundation
import HTTPTypes
import Hummingbird

/// Answering, and what people decide about an answer afterwards.
struct ReplyCalls {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.post("/api/v1/conversations/:conversation/replies") { try await reply($0, $1) }
        router.delete("/api/v1/messages/:message/pending") { try await undo($0, $1) }
        router.post("/api/v1/messages/:message/resolve-unknown") { try await resolve($0, $1) }
        router.post("/api/v1/messages/:message/retry") { try await retry($0, $1) }
    }

    private func reply(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(changingBy: request, context)
        let conversation = try context.identifier("conversation", of: Conversation.self)
        let key = try Self.idempotencyKey(of: request)
        try await requireReply(to: conversation, by: caller)
        let body = try await JSONBody.read(ReplyBody.self, from: request, maximumBytes: parts.settings.maximumRequestBytes)
        let draft = ReplyDraft(
            text: body.text, attachments: try await store(body.attachments ?? []), seenVersion: body.version, quote: body.quote)
        let reply = SendReply.Request(
            conversation: conversation, answers: body.answers, draft: draft, idempotencyKey: key, promise: try body.promise(),
            keeps: body.keeps ?? [], copies: body.copies ?? [])
        do {
            switch try await SendReply(parts.context).send(reply, by: caller.user.id) {
            case .recorded(let message): return try await caller.answer(message, from: parts.storage, status: .created)
            case .repeated(let message): return try await caller.answer(try await current(message), from: parts.storage)
            }
        } catch let error as DeskError where error.code == .staleConversation {
            return try await stale(error, conversation, seen: body.version, caller)
        }
    }

    /// Before a large body is read, and files are stored, for somebody who may not send them.
    private func requireReply(to id: Conversation.ID, by caller: Caller) async throws {
        try await parts.storage.read { _ = try caller.conversation(id, for: .reply, $0) }
    }

    private static func idempotencyKey(of request: Request) throws(DeskError) -> String {
        guard let key = request.headers[.idempotencyKey], (1...255).contains(key.utf8.count) else {
            throw DeskError(
                .invalidRequest,
                message: "Send the header Idempotency-Key, 1 to 255 characters, new for each reply: a repeated request is then one reply. "
                    + "Nothing was sent.")
        }
        return key
    }

    private func store(_ files: [ReplyBody.File]) async throws -> [OutboundAttachment] {
        var stored: [OutboundAttachment] = []
        for file in files {
            let bytes = [UInt8](file.content)
            guard !bytes.isEmpty else {
                throw DeskError(.invalidRequest, message: "The file “\(FileNames.safe(file.name))” is empty. Nothing was sent.")
            }
            stored.append(try await parts.stored(bytes, named: file.name, file.mediaType))
        }
        return stored
    }

    /// The message of a repeated request as it is by now.
    private func current(_ message: Message) async throws -> Message {
        try await parts.storage.read { try $0.messages.message(message.id) } ?? message
    }

    private func stale(
        _ error: DeskError, _ id: Conversation.ID, seen: Int, _ caller: Caller
    ) async throws -> Response {
        let (conversation, messages) = try await parts.storage.read { session in
            let conversation = try caller.conversation(id, for: .read, session)
            let count = min(max(1, conversation.version - seen), StaleBody.maximumMessages)
            let isMasked = try caller.isMasked(conversation, session)
            let messages = try session.messages.messages(of: id, before: nil, limit: count).filter { $0.delivery != .undone }
            return (conversation, messages.map { MessageBody($0, isMasked: isMasked) })
        }
        let body = StaleBody(error, version: conversation.version, messages: messages)
        var response = try APIAnswer.json(body, status: .conflict)
        response.headers[.contentType] = "application/problem+json"
        return response
    }

    private func undo(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await decide(request, context) { try await DecideReply(parts.context).undo($0, by: $1) }
    }

    private func resolve(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(changingBy: request, context)
        let id = try context.identifier("message", of: Message.self)
        let body = try await JSONBody.read(OutcomeBody.self, from: request)
        guard let decision = DecideReply.Decision(rawValue: body.outcome) else {
            let words = DecideReply.Decision.allCases.map(\.rawValue).joined(separator: " or ")
            throw DeskError(.invalidRequest, message: "“outcome” is \(words). Nothing was changed.")
        }
        try await require("unknown", of: id, by: caller)
        let decided = try await DecideReply(parts.context).resolve(
            id, as: decision, on: try Self.occasion(of: request), by: caller.user.id)
        return try await caller.answer(decided, from: parts.storage)
    }

    private func retry(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(changingBy: request, context)
        try await require("failed", of: try context.identifier("message", of: Message.self), by: caller)
        let occasion = try Self.occasion(of: request)
        return try await decide(request, context) { try await DecideReply(parts.context).retry($0, on: occasion, by: $1) }
    }

    private static func occasion(of request: Request) throws(DeskError) -> DecideReply.Occasion? {
        request.headers[.idempotencyKey] == nil ? nil : .request(try idempotencyKey(of: request))
    }

    private func decide(
        _ request: Request, _ context: DeskRequestContext, _ body: (Message.ID, User.ID) async throws -> Message
    ) async throws -> Response {
        let caller = try Caller(changingBy: request, context)
        let id = try context.identifier("message", of: Message.self)
        try await caller.requireReach(of: id, in: parts.storage)
        return try await caller.answer(try await body(id, caller.user.id), from: parts.storage)
    }

    /// What failed can be tried again; of what is unknown, somebody has to say first whether it went.
    private func require(_ status: String, of id: Message.ID, by caller: Caller) async throws {
        let message = try await parts.storage.read { try caller.message(id, for: .reply, $0).message }
        guard let delivery = message.delivery, delivery.name == status else {
            throw DeskError(
                .alreadySent,
                message: "This is for messages whose status is “\(status)”; this one's is "
                    + "“\(message.delivery?.name ?? "none")”. Nothing was changed.")
        }
    }
}
