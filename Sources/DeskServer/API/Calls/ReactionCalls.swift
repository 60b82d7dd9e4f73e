import DeskCore
import DeskServices
import Hummingbird

/// Reacting to a contact's message.
struct ReactionCalls {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.put("/api/v1/messages/:message/reaction") { try await put($0, $1) }
        router.delete("/api/v1/messages/:message/reaction") { try await remove($0, $1) }
    }

    private func put(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, id) = try await open(request, context)
        let body = try await JSONBody.read(NewReactionBody.self, from: request)
        let message = try await ReactToMessage(parts.context).react(to: id, with: try Emoji(body.emoji), by: caller.user.id)
        return try await caller.answer(message, from: parts.storage)
    }

    private func remove(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, id) = try await open(request, context)
        let message = try await ReactToMessage(parts.context).react(to: id, with: nil, by: caller.user.id)
        return try await caller.answer(message, from: parts.storage)
    }

    private func open(_ request: Request, _ context: DeskRequestContext) async throws -> (Caller, Message.ID) {
        let caller = try Caller(changingBy: request, context)
        let id = try context.identifier("message", of: Message.self)
        try await caller.requireReach(of: id, in: parts.storage)
        return (caller, id)
    }
}

private struct NewReactionBody: Decodable {
    let emoji: String
}
