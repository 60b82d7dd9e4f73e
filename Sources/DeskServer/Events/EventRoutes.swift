import DeskCore
import DeskServices
import Foundation
import Hummingbird

/// `GET /api/v1/events`: what changes, for programs. Says which things changed, never what they hold.
struct EventRoutes {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        let feed = EventFeed(context: parts.context, hub: parts.hub)
        router.get("/api/v1/events") { request, context in
            try await feed.answer(request, context, render: Self.blocks)
        }
    }

    private static func blocks(_ delivery: EventFeed.Delivery) throws -> [ServerSentEvent] {
        switch delivery {
        case .opened: return []
        case .reset, .narrowed: return [ServerSentEvent(name: "reset", data: "{}")]
        case .events(let events):
            return try events.map { event in
                ServerSentEvent(id: event.sequence, name: event.kind.rawValue, data: try APIAnswer.line(EventBody(event)))
            }
        }
    }
}

/// An event as programs see it.
struct EventBody: Encodable {
    let id: String
    let type: String
    let workspaceID: Workspace.ID
    @OrNull var conversationID: Conversation.ID?
    @OrNull var messageID: Message.ID?
    let at: String

    init(_ event: DeskEvent) {
        id = String(event.sequence)
        type = event.kind.rawValue
        workspaceID = event.workspace
        conversationID = event.conversation
        messageID = event.message
        at = event.at.timestamp
    }
}
