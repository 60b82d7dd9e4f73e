package import DeskCore

/// Makes people members: by a link that works once.
package struct InviteMember: Sendable {
    package static let validity = Duration.hours(24 * 7)

    private let context: DeskContext
    private let passwords: any PasswordHashing

    package init(_ context: DeskContext, passwords: any PasswordHashing) {
        self.context = context
        self.passwords = passwords
    }

    /// - Parameters:
    ///   - grant: what the member will see and do; nil for what the role has.
    ///   - user: who invites; nil for the operator, at the command line.
    /// - Returns: the token that the invitation link carries; it is nowhere stored in clear.
    /// - Throws: `invalid_request`; `not_found`, `out_of_grant`.
    package func invite(
        email: String, to workspace: Workspace.ID, as role: Role, with grant: Grant? = nil, by user: User.ID? = nil
    ) async throws -> OpaqueToken {
        try PersonRules.require(email: email)
        let now = context.time.now()
        let token = OpaqueToken(from: context.chance)
        let invitation = Invitation(
            tokenDigest: token.digest, workspace: workspace, email: email, role: role, customGrant: grant, createdAt: now,
            expiresAt: now + Self.validity)
        try await context.storage.write { session in
            if let user { try Authorization(session, at: now).require(.govern, in: workspace, of: user) }
            guard try session.workspaces.workspace(workspace) != nil else { throw DeskError.nothingThere }
            try GovernMembers.require(grant, in: workspace, session)
            try session.credentials.insert(invitation)
        }
        return token
    }

    /// The invitation behind a presented token, and the workspace's name, while it can still be used.
    /// - Throws: `not_found` for whatever can't be used, without telling why.
    package func open(_ presented: String) async throws -> (invitation: Invitation, workspace: Workspace, hasAccount: Bool) {
        let now = context.time.now()
        guard let digest = OpaqueToken.digest(of: presented) else { throw DeskError.nothingThere }
        return try await context.storage.read { session in
            guard let invitation = try session.credentials.invitation(tokenDigest: digest), invitation.usedAt == nil,
                invitation.expiresAt > now, let workspace = try session.workspaces.workspace(invitation.workspace)
            else { throw DeskError.nothingThere }
            return (invitation, workspace, try session.people.user(email: invitation.email) != nil)
        }
    }

    /// Uses the invitation up: makes the account, or adds the membership to the account that has this address and password.
    /// - Parameter locale: the language in which the invitation was read, and a new account will be; nil: the workspace's.
    /// - Throws: `not_found` when it can't be used any more; `unauthenticated` for a wrong password of an account that exists.
    package func accept(_ presented: String, name: String, password: Secret, locale: String? = nil) async throws -> User {
        let (invitation, workspace, _) = try await open(presented)
        try PersonRules.require(name: name)
        if let known = try await context.storage.read({ try $0.people.user(email: invitation.email) }) {
            try await SignIn(context, passwords: passwords).confirm(password, of: known)
            return try await redeem(invitation, by: known, verifier: nil)
        }
        try PersonRules.require(password: password, context: [invitation.email, name, workspace.name])
        let verifier = try await passwords.verifier(for: password, salt: context.chance.bytes(16))
        let user = User(
            id: context.identifiers.next(at: context.time.now()), email: invitation.email, name: name,
            locale: locale ?? workspace.locale,
            timeZone: workspace.timeZone)
        return try await redeem(invitation, by: user, verifier: verifier)
    }

    private func redeem(_ invitation: Invitation, by user: User, verifier: String?) async throws -> User {
        let now = context.time.now()
        return try await context.storage.write { session in
            guard try session.credentials.redeemInvitation(tokenDigest: invitation.tokenDigest, at: now) else {
                throw DeskError.nothingThere
            }
            if let verifier {
                try session.people.insert(user, at: now)
                try session.credentials.setPassword(verifier, of: user.id, at: now)
            }
            let existing = try session.people.memberships(of: user.id).first { $0.workspace == invitation.workspace }
            guard existing?.role != .principal else { return user }
            let membership = Membership(
                workspace: invitation.workspace, user: user.id, role: invitation.role, customGrant: invitation.customGrant,
                signedAgreement: existing?.signedAgreement, signatureSalt: existing?.signatureSalt)
            if existing == nil {
                try session.people.insert(membership, at: now)
            } else {
                try session.people.update(membership)
            }
            let details = ["role": invitation.role.rawValue, "grant": membership.grant.summary]
            let fact = LedgerFact(.memberJoined, user.id.text, details)
            try session.ledger.append(fact, in: invitation.workspace, at: now)
            return user
        }
    }
}
