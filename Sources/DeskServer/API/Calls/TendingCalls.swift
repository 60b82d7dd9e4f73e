import DeskCore
import DeskServices
import HTTPTypes
import Hummingbird

/// What people do with a conversation besides answering.
struct TendingCalls {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.post("/api/v1/conversations/:conversation/no-reply-needed") { try await noReplyNeeded($0, $1) }
        router.delete("/api/v1/conversations/:conversation/no-reply-needed") { try await takeBack($0, $1) }
        router.post("/api/v1/conversations/:conversation/assign") { try await assign($0, $1) }
        router.post("/api/v1/conversations/:conversation/snooze") { try await snooze($0, $1) }
        router.post("/api/v1/conversations/:conversation/notes") { try await addNote($0, $1) }
        router.put("/api/v1/conversations/:conversation/topic") { try await setTopic($0, $1) }
        router.put("/api/v1/conversations/:conversation/contact-class") { try await setContactClass($0, $1) }
        router.post("/api/v1/conversations/:conversation/handover") { try await handOver($0, $1) }
    }

    private var tending: TendConversation { TendConversation(parts.context) }

    private func noReplyNeeded(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, id) = try await open(request, context)
        let body = try await JSONBody.read(NoReplyNeededBody.self, from: request)
        try await tending.noAnswerNeeded(id, reason: body.reason, seenVersion: body.version, by: caller.user.id)
        return try await ConversationBodies(parts).answer(id, to: caller)
    }

    /// Whoever said it by mistake, or too soon.
    private func takeBack(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, id) = try await open(request, context)
        try await tending.takeBackNoAnswerNeeded(id, by: caller.user.id)
        return try await ConversationBodies(parts).answer(id, to: caller)
    }

    private func assign(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, id) = try await open(request, context)
        let body = try await JSONBody.read(AssignBody.self, from: request)
        let assignee = body.assignee.map { $0 == "me" ? caller.user.id : User.ID($0) }
        try await tending.assign(id, to: assignee, by: caller.user.id)
        return try await ConversationBodies(parts).answer(id, to: caller)
    }

    private func snooze(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, id) = try await open(request, context)
        let body = try await JSONBody.read(SnoozeBody.self, from: request)
        let until = try body.until.map { text throws(DeskError) in
            guard let instant = Instant(timestamp: text) else {
                throw DeskError(
                    .invalidRequest, message: "“until” is a time as in RFC 3339, like 2026-05-04T09:00:00Z. Nothing was changed.")
            }
            return instant
        }
        try await tending.snooze(id, until: until, by: caller.user.id)
        return try await ConversationBodies(parts).answer(id, to: caller)
    }

    private func addNote(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, id) = try await open(request, context)
        let body = try await JSONBody.read(NoteBody.self, from: request)
        let note = try await tending.addNote(body.text, to: id, by: caller.user.id)
        return try await caller.answer(note, from: parts.storage, status: .created)
    }

    private func setTopic(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, id) = try await open(request, context)
        let topic = try await JSONBody.read(TopicBody.self, from: request).topic.map { try Topic(named: $0) }
        try await ClassifyConversation(parts.context).set(topic, of: id, by: caller.user.id)
        return Response(status: .noContent)
    }

    private func setContactClass(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, id) = try await open(request, context)
        let word = try await JSONBody.read(ContactClassBody.self, from: request).contactClass
        guard let contactClass = ContactClass(rawValue: word) else {
            let words = ContactClass.allCases.map(\.rawValue).joined(separator: ", ")
            throw DeskError(.invalidRequest, message: "“class” is one of: \(words). Nothing was changed.")
        }
        try await ClassifyConversation(parts.context).set(contactClass, ofContactIn: id, by: caller.user.id)
        return Response(status: .noContent)
    }

    private func handOver(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, id) = try await open(request, context)
        try await parts.storage.read { _ = try caller.conversation(id, for: .handOver, $0) }
        throw DeskError(
            .notSupported, message: "This version has no charter to hand over by. Nothing was changed; use “assign” to give it to a person."
        )
    }

    private func open(_ request: Request, _ context: DeskRequestContext) async throws -> (Caller, Conversation.ID) {
        let caller = try Caller(changingBy: request, context)
        let id = try context.identifier("conversation", of: Conversation.self)
        try await caller.requireReach(of: id, in: parts.storage)
        return (caller, id)
    }
}

private struct NoReplyNeededBody: Decodable {
    let reason: String
    let version: Int?
}

/// `assignee` must be there: null lays the conversation back for anybody.
private struct AssignBody: Decodable {
    let assignee: String?

    enum CodingKeys: CodingKey { case assignee }

    init(from decoder: any Decoder) throws {
        assignee = try decoder.container(keyedBy: CodingKeys.self).decode(String?.self, forKey: .assignee)
    }
}

/// `until` must be there: null wakes the conversation.
private struct SnoozeBody: Decodable {
    let until: String?

    enum CodingKeys: CodingKey { case until }

    init(from decoder: any Decoder) throws {
        until = try decoder.container(keyedBy: CodingKeys.self).decode(String?.self, forKey: .until)
    }
}

private struct NoteBody: Decodable {
    let text: String
}

/// `topic` must be there: null takes it away, and with it whoever may see that topic only.
private struct TopicBody: Decodable {
    let topic: String?

    enum CodingKeys: CodingKey { case topic }

    init(from decoder: any Decoder) throws {
        topic = try decoder.container(keyedBy: CodingKeys.self).decode(String?.self, forKey: .topic)
    }
}

private struct ContactClassBody: Decodable {
    let contactClass: String

    enum CodingKeys: String, CodingKey {
        case contactClass = "class"
    }
}
