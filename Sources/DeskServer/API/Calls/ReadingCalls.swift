import DeskCore
import DeskServices
import Hummingbird

/// Reading: the queue, one conversation, its messages, their files, and what is found.
struct ReadingCalls {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/api/v1/conversations") { try await conversations($0, $1) }
        router.get("/api/v1/conversations/:conversation") { try await conversation($0, $1) }
        router.get("/api/v1/conversations/:conversation/messages") { try await messages($0, $1) }
        router.get("/api/v1/attachments/:message/:index") { try await attachment($0, $1) }
        router.get("/api/v1/search") { try await search($0, $1) }
        router.post("/api/v1/conversations/:conversation/reveal") { try await reveal($0, $1) }
    }

    private var recording: RecordReading { RecordReading(parts.context) }

    private func conversations(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(context)
        let query = try ListQuery(request)
        let filter = try Self.filter(query, caller.user.id)
        let bodies = ConversationBodies(parts)
        let (list, workspaces) = try await parts.storage.read { session in
            let scope = try caller.scope(session)
            let page = try session.conversations.queue(filter, scope: scope, limit: query.limit, cursor: query.cursor)
            return (ListBody(try page.items.map { try bodies.body($0, session) }, nextCursor: page.nextCursor), scope.workspaces)
        }
        try await recording.listed(workspaces, by: caller.reader)
        return try APIAnswer.json(list)
    }

    private static func filter(_ query: ListQuery, _ user: User.ID) throws(DeskError) -> QueueFilter {
        guard let state = QueueFilter.State(rawValue: query["state"] ?? "owed") else {
            let words = QueueFilter.State.allCases.map(\.rawValue).joined(separator: ", ")
            throw DeskError(.invalidRequest, message: "“state” is one of: \(words).")
        }
        let topic = try query["topic"].map { name throws(DeskError) in try Topic(named: name) }
        let assignee: QueueFilter.Assignee =
            switch query["assignee"] {
            case nil: .anyone
            case "me": .user(user)
            case "none": .nobody
            case let id?: .user(User.ID(id))
            }
        return QueueFilter(state: state, assignee: assignee, inbox: query["inbox"].map { Inbox.ID($0) }, topic: topic)
    }

    private func conversation(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(context)
        let id = try context.identifier("conversation", of: Conversation.self)
        let workspace = try await parts.storage.read { try caller.conversation(id, for: .read, $0).workspace }
        try await recording.opened(id, in: workspace, by: caller.reader)
        return try await ConversationBodies(parts).answer(id, to: caller)
    }

    /// Oldest first within the answer; the first answer has the newest, and the cursor leads to older ones.
    private func messages(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(context)
        let id = try context.identifier("conversation", of: Conversation.self)
        let query = try ListQuery(request)
        let before = try query.numericCursor().map { Int(clamping: $0) }
        let (messages, isMasked, workspace) = try await parts.storage.read { session in
            let conversation = try caller.conversation(id, for: .read, session)
            return (
                try session.messages.messages(of: conversation.id, before: before, limit: query.limit),
                try caller.isMasked(conversation, session), conversation.workspace
            )
        }
        try await recording.opened(id, in: workspace, by: caller.reader)
        let isMore = messages.count == query.limit && (messages.first?.position ?? 1) > 1
        let bodies = messages.filter { $0.delivery != .undone }.map { MessageBody($0, isMasked: isMasked) }
        return try APIAnswer.json(ListBody(bodies, nextCursor: isMore ? messages.first.map { String($0.position) } : nil))
    }

    private func attachment(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(context)
        let message = try context.identifier("message", of: Message.self)
        guard let index = context.parameters.get("index").flatMap(Int.init) else {
            throw DeskError.nothingThere
        }
        return try await FileAnswers(parts: parts).file(message, index, for: caller.reader, limitedTo: caller.limit)
    }

    /// Uncovers numbers and addresses to the caller for a while, for a reason that the principal reads.
    private func reveal(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(changingBy: request, context)
        let id = try context.identifier("conversation", of: Conversation.self)
        try await caller.requireReach(of: id, in: parts.storage)
        let body = try await JSONBody.read(ReasonBody.self, from: request)
        try await recording.reveal(id, reason: body.reason, by: caller.reader)
        return try await ConversationBodies(parts).answer(id, to: caller)
    }

    private func search(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(context)
        let query = try ListQuery(request)
        guard let words = query["q"], words.contains(where: { $0.isLetter || $0.isNumber }), words.count <= 500 else {
            throw DeskError(
                .invalidRequest, message: "“q” wants the words to search for: at least a letter or a digit, at most 500 characters.")
        }
        let scope = try await parts.storage.read { try caller.scope($0) }
        try await recording.searched(words, in: scope.workspaces, by: caller.reader)
        let page = try await parts.storage.read { session in
            try session.search.search(words, scope: try caller.scope(session), limit: query.limit, cursor: query.cursor)
        }
        return try APIAnswer.json(ListBody(page.items.map(SearchHitBody.init), nextCursor: page.nextCursor))
    }
}

/// Makes conversations' bodies, which need the time and the channels' rules.
struct ConversationBodies: Sendable {
    private let parts: ServerParts

    init(_ parts: ServerParts) { self.parts = parts }

    func body(_ summary: ConversationSummary, _ session: any StorageSession) throws -> ConversationBody {
        let commitments = summary.promiseDueAt == nil ? [] : try session.commitments.owed(in: summary.conversation.id)
        return ConversationBody(
            summary, commitments: commitments, limits: parts.context.channels.limits(of: summary.inbox.channel),
            now: parts.context.time.now())
    }

    /// The conversation as it is now, for a caller who may read it.
    /// - Throws: `not_found`, `agreement_required`.
    func answer(_ id: Conversation.ID, to caller: Caller) async throws -> Response {
        let answer = try await parts.storage.read { session in
            let conversation = try caller.conversation(id, for: .read, session)
            let isMasked = try caller.isMasked(conversation, session)
            return try session.conversations.summary(id, scope: try caller.scope(session)).map { summary in
                try body(isMasked ? summary : summary.uncovered(by: session), session)
            }
        }
        guard let answer else { throw DeskError.nothingThere }
        return try APIAnswer.json(answer)
    }
}

private struct ReasonBody: Decodable {
    let reason: String
}

extension Topic {
    /// - Throws: `invalid_request` for a word that is no topic.
    init(named name: String) throws(DeskError) {
        guard let topic = Topic(rawValue: name) else {
            let words = Topic.allCases.map(\.rawValue).joined(separator: ", ")
            throw DeskError(.invalidRequest, message: "“topic” is one of: \(words).")
        }
        self = topic
    }
}

/// A place where searched words were found, as programs see it.
struct SearchHitBody: Encodable {
    let conversationID: Conversation.ID
    let workspaceID: Workspace.ID
    let contactName: String
    @OrNull var messageID: Message.ID?
    @OrNull var direction: Message.Direction?
    let text: String
    let at: String

    init(_ hit: SearchHit) {
        conversationID = hit.conversation
        workspaceID = hit.workspace
        contactName = hit.contactName
        messageID = hit.message
        direction = hit.direction
        text = hit.text
        at = hit.at.timestamp
    }
}
