package import DeskCore

/// What the principal decides about members: who they are to the workspace, what they may see and do, and that it ends (promise P5).
/// It bites at once: pages, event streams, files, drafts and held replies ask anew each time.
package struct GovernMembers: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// Everybody who is or was a member.
    /// - Throws: `not_found`, `out_of_grant`.
    package func members(
        of workspace: Workspace.ID, for user: User.ID
    ) async throws -> [(user: User, membership: Membership)] {
        let now = context.time.now()
        return try await context.storage.read { session in
            try Authorization(session, at: now).require(.govern, in: workspace, of: user)
            return try session.people.members(of: workspace)
        }
    }

    /// - Parameter grant: nil for what the role has by itself.
    /// - Throws: `not_found`, `out_of_grant`; `invalid_request` for a principal, and for an inbox of another workspace.
    package func set(
        _ role: Role, _ grant: Grant?, of member: User.ID, in workspace: Workspace.ID, by user: User.ID
    ) async throws -> Membership {
        try await change(member, in: workspace, by: user) { session, membership, now in
            guard role != .principal else { throw Self.principalStays }
            try Self.require(grant, in: workspace, session)
            membership.role = role
            membership.customGrant = grant
            return LedgerFact(
                .memberChanged, member.text, ["by": user.text, "role": role.rawValue, "grant": membership.grant.summary])
        }
    }

    /// Ends a membership, with what the workspace's identity provider opened.
    /// What the member wrote stays theirs in name; their held replies are not sent.
    /// - Throws: `not_found`, `out_of_grant`; `invalid_request` for a principal.
    package func revoke(_ member: User.ID, in workspace: Workspace.ID, by user: User.ID) async throws -> Membership {
        try await change(member, in: workspace, by: user) { session, membership, now in
            membership.revokedAt = membership.revokedAt ?? now
            try session.identities.unlink(member, in: workspace)
            return LedgerFact(.memberRevoked, member.text, ["by": user.text])
        }
    }

    private func change(
        _ member: User.ID, in workspace: Workspace.ID, by user: User.ID,
        _ body: @escaping @Sendable (any StorageSession, inout Membership, Instant) throws -> LedgerFact
    ) async throws -> Membership {
        let now = context.time.now()
        return try await context.storage.write { session in
            try Authorization(session, at: now).require(.govern, in: workspace, of: user)
            guard var membership = try session.people.memberships(of: member).first(where: { $0.workspace == workspace }) else {
                throw DeskError.nothingThere
            }
            guard membership.role != .principal else { throw Self.principalStays }
            let fact = try body(session, &membership, now)
            try session.people.update(membership)
            try session.ledger.append(fact, in: workspace, at: now)
            return membership
        }
    }

    /// - Throws: `invalid_request`.
    static func require(_ grant: Grant?, in workspace: Workspace.ID, _ session: any StorageSession) throws {
        for inbox in grant?.inboxes ?? [] {
            guard try session.inboxes.inbox(inbox)?.workspace == workspace else {
                throw DeskError(.invalidRequest, message: "The workspace has no inbox \(inbox.text). Nothing was changed.")
            }
        }
        guard grant?.actions.contains(.govern) != true, grant?.contactClasses.contains(.principalOnly) != true else {
            throw DeskError(
                .invalidRequest, message: "Deciding about people, and contacts that are the principal's only, can't be granted.")
        }
    }

    private static let principalStays = DeskError(
        .invalidRequest, message: "Nobody is made a principal, or stops being one, this way. Nothing was changed.")
}
