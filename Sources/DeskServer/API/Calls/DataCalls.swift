import DeskCore
import DeskServices
import HTTPTypes
import Hummingbird

/// What is kept of people: giving it out, erasing it, and for how long.
struct DataCalls {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/api/v1/conversations/:conversation/export") { try await export($0, $1) }
        router.delete("/api/v1/conversations/:conversation/contact") { try await erase($0, $1) }
        router.get("/api/v1/workspaces/:workspace/retention") { try await retention($0, $1) }
        router.put("/api/v1/workspaces/:workspace/retention") { try await setRetention($0, $1) }
    }

    /// Both must be there: null keeps everything, and that is not to be said by leaving something out.
    private struct RetentionBody: Decodable {
        let conversationDays: Int?
        let rawEventDays: Int?

        enum CodingKeys: String, CodingKey {
            case conversationDays = "conversation_days"
            case rawEventDays = "raw_event_days"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            conversationDays = try container.decode(Int?.self, forKey: .conversationDays)
            rawEventDays = try container.decode(Int?.self, forKey: .rawEventDays)
        }
    }

    private struct RetentionAnswer: Encodable {
        @OrNull var conversationDays: Int?
        @OrNull var rawEventDays: Int?

        init(_ retention: Retention) {
            conversationDays = retention.conversationDays
            rawEventDays = retention.rawEventDays
        }
    }

    private func export(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(context)
        try caller.requireFresh()
        let id = try context.identifier("conversation", of: Conversation.self)
        try await parts.storage.read { _ = try caller.conversation(id, for: .export, $0) }
        return try ContactExport(try await ExportData(parts.context).contact(in: id, for: caller.reader)).answer
    }

    private func erase(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(changingBy: request, context)
        try caller.requireFresh()
        let id = try context.identifier("conversation", of: Conversation.self)
        let contact = try await parts.storage.read { try caller.conversation(id, for: .govern, $0).contact }
        try await EraseContact(parts.context, blobs: parts.blobs).erase(contact, for: .request(by: caller.user.id))
        return Response(status: .noContent)
    }

    private func retention(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(context)
        let workspace = try reached(caller, context)
        let retention = try await parts.storage.read { session in
            try Authorization(session, at: parts.now).require(.govern, in: workspace, of: caller.user.id)
            return try session.data.retention(of: workspace)
        }
        return try APIAnswer.json(RetentionAnswer(retention))
    }

    private func setRetention(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(changingBy: request, context)
        try caller.requireFresh()
        let workspace = try reached(caller, context)
        let body = try await JSONBody.read(RetentionBody.self, from: request)
        let retention = Retention(conversationDays: body.conversationDays, rawEventDays: body.rawEventDays)
        try await SetRetention(parts.context).set(retention, of: workspace, by: caller.user.id)
        return try APIAnswer.json(RetentionAnswer(retention))
    }

    private func reached(_ caller: Caller, _ context: DeskRequestContext) throws -> Workspace.ID {
        let workspace = try context.identifier("workspace", of: Workspace.self)
        guard caller.reaches(workspace) else { throw DeskError.nothingThere }
        return workspace
    }
}
