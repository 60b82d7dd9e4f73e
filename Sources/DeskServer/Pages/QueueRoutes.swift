import DeskCore
import DeskServices
import DeskWeb
import Hummingbird

/// Home: who waits.
struct QueueRoutes {
    let parts: ServerParts
    let answers: PageAnswers

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/", use: queue)
    }

    @Sendable private func queue(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let identity = try await entered(request, context)
        guard let identity else { return .redirect(toPage: "/setup") }
        let user = identity.user.id
        let filter = Self.filter(of: request, user: user)
        let cursor = URLEncoded.parse(request.uri.query ?? "")["cursor"]
        let reading = try await parts.storage.read { session -> Home in
            let scope = try Authorization(session, at: parts.now).scope(of: user)
            if scope.workspaces.isEmpty, let pending = try Self.unsigned(user, session) { return .unsigned(pending) }
            return .queue(try QueueReading(filter, scope: scope, cursor: cursor, session: session), scope.workspaces)
        }
        switch reading {
        case .unsigned(let workspace): return .redirect(toPage: "/agreement/\(workspace.text)")
        case .queue(let reading, let workspaces):
            try await RecordReading(parts.context).listed(workspaces, by: identity.reader(by: .page))
            return try await answers.page(request, context) { page in
                QueuePage(
                    queue: reading.column(for: user, wording: page.wording), eventsPath: LiveRoutes.path(filter, after: reading.lastEvent),
                    checklist: reading.inboxes.isEmpty ? Checklist.items(hasInbox: false, page.wording) : [])
            }
        }
    }

    private enum Home: Sendable {
        case queue(QueueReading, [Workspace.ID])
        case unsigned(Workspace.ID)
    }

    /// - Returns: nil when nobody has set this desk up yet.
    private func entered(_ request: Request, _ context: DeskRequestContext) async throws -> Identity? {
        if let identity = context.identity { return identity }
        let isNew = try await parts.storage.read { try $0.workspaces.all().isEmpty }
        return isNew ? nil : try context.requireIdentity()
    }

    private static func unsigned(_ user: User.ID, _ session: any StorageSession) throws -> Workspace.ID? {
        try session.people.memberships(of: user).first { $0.revokedAt == nil }?.workspace
    }

    static func filter(of request: Request, user: User.ID) -> QueueFilter {
        let query = URLEncoded.parse(request.uri.query ?? "")
        let assignee: QueueFilter.Assignee =
            switch query["assignee"] {
            case "me": .user(user)
            case "none": .nobody
            default: .anyone
            }
        let inbox = query["inbox"].flatMap { $0.isEmpty ? nil : Inbox.ID($0) }
        return QueueFilter(state: query["state"].flatMap(QueueFilter.State.init) ?? .owed, assignee: assignee, inbox: inbox)
    }
}

/// What is still to be done before a desk is ready.
enum Checklist {
    static func items(hasInbox: Bool, _ wording: Wording) -> [ChecklistItem] {
        [
            ChecklistItem(.channel, isDone: hasInbox, path: "/connect", wording: wording),
            ChecklistItem(.agreement, isDone: true, wording: wording),
        ]
    }
}
