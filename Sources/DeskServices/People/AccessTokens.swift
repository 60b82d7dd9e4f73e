package import DeskCore

/// The tokens by which programs act for people: what there is of them, and that one of them ends. What is ended is refused from the next
/// request on, and an open stream of it ends within a second.
package struct AccessTokens: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// Those of somebody that still work, the newest first.
    /// - Parameter limit: only those that are limited to this workspace; nil for all.
    package func all(of user: User.ID, limitedTo limit: Workspace.ID?) async throws -> [AccessToken] {
        let now = context.time.now()
        return try await context.storage.read { try Self.open($0, of: user, at: now) { limit == nil || $0.workspace == limit } }
    }

    /// Ends one of one's own.
    /// - Throws: `not_found` for one that is none of theirs.
    package func revoke(_ handle: String, of user: User.ID, limitedTo limit: Workspace.ID?) async throws {
        let now = context.time.now()
        try await context.storage.write { session in
            let tokens = try Self.open(session, of: user, at: now) { limit == nil || $0.workspace == limit }
            try Self.remove(handle, among: tokens, session)
        }
    }

    /// Those that reach a workspace for its members, the newest first for each: for the principal.
    /// - Parameter member: only theirs; nil for everybody's.
    /// - Throws: `not_found`, `out_of_grant`.
    package func all(in workspace: Workspace.ID, of member: User.ID? = nil, for user: User.ID) async throws -> [AccessToken] {
        let now = context.time.now()
        return try await context.storage.read { session in
            try Authorization(session, at: now).require(.govern, in: workspace, of: user)
            return try Self.open(session, in: workspace, at: now).filter { member == nil || $0.user == member }
        }
    }

    /// Ends a member's, by the principal; it is in the ledger. One that reaches several workspaces ends for all of them.
    /// - Throws: `not_found`, `out_of_grant`.
    package func revoke(_ handle: String, in workspace: Workspace.ID, by user: User.ID) async throws {
        let now = context.time.now()
        try await context.storage.write { session in
            try Authorization(session, at: now).require(.govern, in: workspace, of: user)
            let owner = try Self.remove(handle, among: try Self.open(session, in: workspace, at: now), session).user
            try session.ledger.append(
                LedgerFact(.tokenRevoked, owner.text, ["by": user.text, "token": handle]), in: workspace, at: now)
        }
    }

    private static func open(
        _ session: any StorageSession, of user: User.ID, at now: Instant, where isMeant: (AccessToken) -> Bool
    ) throws -> [AccessToken] {
        try session.credentials.accessTokens(of: user).filter { $0.expiresAt > now && isMeant($0) }
    }

    /// Nobody decides here about the tokens of whoever has left.
    private static func open(_ session: any StorageSession, in workspace: Workspace.ID, at now: Instant) throws -> [AccessToken] {
        try session.people.members(of: workspace).filter { $0.membership.isInForce(at: now) }.flatMap { member in
            try open(session, of: member.user.id, at: now) { $0.reaches(workspace) }
        }
    }

    @discardableResult
    private static func remove(_ handle: String, among tokens: [AccessToken], _ session: any StorageSession) throws -> AccessToken {
        guard let token = tokens.first(where: { $0.handle == handle }) else { throw DeskError.nothingThere }
        try session.credentials.removeAccessToken(digest: token.digest)
        return token
    }
}
