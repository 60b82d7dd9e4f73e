import DeskCore
import DeskServices
import HTTPTypes
import Hummingbird

/// The tokens by which programs act: one's own, and for the principal those that reach a workspace.
struct TokenCalls {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/api/v1/tokens") { try await own($0, $1) }
        router.delete("/api/v1/tokens/:token") { try await revokeOwn($0, $1) }
        router.get("/api/v1/workspaces/:workspace/tokens") { try await members($0, $1) }
        router.delete("/api/v1/workspaces/:workspace/tokens/:token") { try await revoke($0, $1) }
    }

    private var tokens: AccessTokens { AccessTokens(parts.context) }

    private func own(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(context)
        let own = try await tokens.all(of: caller.user.id, limitedTo: caller.limit)
        return try APIAnswer.json(ListBody(own.map(TokenBody.init)))
    }

    private func revokeOwn(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(changingBy: request, context)
        try await tokens.revoke(context.parameters.get("token") ?? "", of: caller.user.id, limitedTo: caller.limit)
        return Response(status: .noContent)
    }

    private func members(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = try reach(try Caller(context), context)
        return try APIAnswer.json(ListBody(try await tokens.all(in: workspace, for: caller.user.id).map(TokenBody.init)))
    }

    private func revoke(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = try reach(try Caller(changingBy: request, context), context)
        try caller.requireFresh()
        try await tokens.revoke(context.parameters.get("token") ?? "", in: workspace, by: caller.user.id)
        return Response(status: .noContent)
    }

    private func reach(_ caller: Caller, _ context: DeskRequestContext) throws -> (Caller, Workspace.ID) {
        let workspace = try context.identifier("workspace", of: Workspace.self)
        guard caller.reaches(workspace) else { throw DeskError.nothingThere }
        return (caller, workspace)
    }
}

private struct TokenBody: Encodable, Sendable {
    let id: String
    let userID: User.ID
    /// Nil: it reaches every workspace of its user.
    @OrNull var workspaceID: Workspace.ID?
    let createdAt: String
    let expiresAt: String

    init(_ token: AccessToken) {
        id = token.handle
        userID = token.user
        workspaceID = token.workspace
        createdAt = token.createdAt.timestamp
        expiresAt = token.expiresAt.timestamp
    }
}
