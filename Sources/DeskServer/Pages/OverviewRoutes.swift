import DeskCore
import DeskServices
import DeskWeb
import Hummingbird
import NIOCore

/// Pages beside the work: search, what waits for a decision, help, files, styles.
struct OverviewRoutes {
    private static let listLength = 50

    let parts: ServerParts
    let answers: PageAnswers

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/search", use: search)
        router.get("/waiting", use: waiting)
        router.get("/help", use: help)
        router.get("/attachments/{message}/{index}", use: attachment)
        router.get("/static/**", use: asset)
    }

    @Sendable private func search(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let query = URLEncoded.parse(request.uri.query ?? "")
        let words = query["q"] ?? ""
        let reader = try context.requireIdentity().reader(by: .page)
        let workspaces = try await parts.storage.read { try Authorization($0, at: parts.now).scope(of: user).workspaces }
        if !words.isEmpty { try await RecordReading(parts.context).searched(words, in: workspaces, by: reader) }
        let (page, inboxes) = try await parts.storage.read { session in
            let scope = try Authorization(session, at: parts.now).scope(of: user)
            let page = try session.search.search(words, scope: scope, limit: Self.listLength, cursor: query["cursor"])
            return (page, try page.items.map { try inbox(of: $0, session) })
        }
        return try await answers.page(request, context) { pageContext in
            let results = zip(page.items, inboxes).map { hit, inbox in
                SearchPage.Result(
                    conversationID: hit.conversation.text, messageID: hit.message?.text, contactName: hit.contactName,
                    channelName: inbox.map { pageContext.wording.channelName($0.channel) } ?? "", inboxName: inbox?.name ?? "",
                    at: hit.at, excerpt: hit.text, wording: pageContext.wording)
            }
            return SearchPage(query: words, results: results, nextCursor: page.nextCursor, wording: pageContext.wording)
        }
    }

    private func inbox(of hit: SearchHit, _ session: any StorageSession) throws -> Inbox? {
        try session.conversations.conversation(hit.conversation).flatMap { try session.inboxes.inbox($0.inbox) }
    }

    @Sendable private func waiting(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let reading = try await parts.storage.read { session in try DecisionReading(for: user, session, at: parts.now) }
        return try await answers.page(request, context) { page in
            WaitingPage(decisions: reading.view(page.wording), eventsPath: LiveRoutes.path(decidingAfter: reading.lastEvent))
        }
    }

    @Sendable private func help(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        _ = try context.requireIdentity()
        return try await answers.page(request, context) { _ in HelpPage() }
    }

    @Sendable private func attachment(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let reader = try context.requireIdentity().reader(by: .page)
        let index = context.parameters.get("index").flatMap { Int($0) } ?? -1
        return try await FileAnswers(parts: parts).file(try context.identifier("message"), index, for: reader)
    }

    @Sendable private func asset(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        guard let file = parts.renderer.staticFiles.file(at: request.uri.path) else {
            throw DeskError.nothingThere
        }
        return Response(
            status: .ok, headers: [.contentType: file.mediaType, .cacheControl: StaticFiles.cacheControl],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }
}
