import DeskCore
import DeskServices
import DeskWeb
import HTTPTypes
import Hummingbird

/// The programs that act for people: one's own, and for the principal those of a member.
struct TokenRoutes {
    let parts: ServerParts
    let answers: PageAnswers

    private var tokens: AccessTokens { AccessTokens(parts.context) }

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/settings/account/tokens", use: show)
        router.post("/settings/account/tokens/{handle}/revocation", use: revokeOwn)
        router.post("/people/{workspace}/members/{member}/tokens/{handle}/revocation", use: revoke)
    }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let identity = try context.requireIdentity()
        let own = try await tokens.all(of: identity.user.id, limitedTo: identity.limit)
        let names = try await Self.names(of: own, in: parts.storage)
        return try await answers.page(request, context) { page in
            TokensPage(tokens: own.map { TokensPage.Row($0, names, under: "/settings/account", wording: page.wording) })
        }
    }

    @Sendable private func revokeOwn(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let identity = try context.requireIdentity()
        _ = try await Form.read(request, context, limit: 65_536)
        try await tokens.revoke(context.parameters.get("handle") ?? "", of: identity.user.id, limitedTo: identity.limit)
        return .redirect(toPage: "/settings/account/tokens", done: .tokenRevoked)
    }

    @Sendable private func revoke(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let id: Workspace.ID = try context.identifier("workspace")
        let member: User.ID = try context.identifier("member")
        let path = "/people/\(id.text)/members/\(member.text)"
        let user = try context.requireFreshIdentity(backTo: path).user.id
        _ = try await Form.read(request, context, limit: 65_536)
        try await tokens.revoke(context.parameters.get("handle") ?? "", in: id, by: user)
        return .redirect(toPage: path, done: .tokenRevoked)
    }

    /// The names of the desks that tokens are limited to.
    static func names(of tokens: [AccessToken], in storage: any Storage) async throws -> [Workspace.ID: String] {
        let limits = Set(tokens.compactMap(\.workspace))
        guard !limits.isEmpty else { return [:] }
        return try await storage.read { session in
            try limits.reduce(into: [:]) { $0[$1] = try session.workspaces.workspace($1)?.name }
        }
    }
}

extension TokensPage.Row {
    /// - Parameter path: of the page whose programs they are.
    init(_ token: AccessToken, _ names: [Workspace.ID: String], under path: String, wording: Wording) {
        self.init(
            handle: token.handle, deskName: token.workspace.map { names[$0] ?? $0.text }, createdAt: token.createdAt,
            expiresAt: token.expiresAt, path: "\(path)/tokens/\(token.handle)/revocation", wording: wording)
    }
}
