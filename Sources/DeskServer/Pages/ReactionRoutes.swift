import DeskCore
import DeskServices
import DeskWeb
import Hummingbird

/// Reacting to a contact's message, and taking the reaction away again.
struct ReactionRoutes {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.post("/messages/{id}/reaction", use: react)
    }

    /// What came of it is shown at the message; what could not even be tried, above the page.
    @Sendable private func react(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let id: Message.ID = try context.identifier("id")
        let form = try await Form.read(request, context, limit: 65_536)
        do {
            let emoji = form["remove"] == "on" ? nil : try Emoji(form["emoji"])
            let message = try await ReactToMessage(parts.context).react(to: id, with: emoji, by: user)
            return .redirect(toPage: "/conversations/\(message.conversation.text)#\(MessageBubble.elementID(of: id.text))")
        } catch let error as DeskError where Flashes.shown.contains(error.code) {
            let conversation = try await parts.storage.read { session in
                try Authorization(session, at: parts.now).message(id, for: .read, by: user).conversation.id
            }
            return .redirect(toPage: "/conversations/\(conversation.text)", problem: error.code)
        }
    }
}
