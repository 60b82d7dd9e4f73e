package import DeskCore

/// Identities with which people sign in besides their password. Linking one is always somebody's own deed, with the password at hand:
/// an account is never found by what a provider says of addresses (CVE-2026-84458 and its kin).
package struct LinkIdentity: Sendable {
    private let context: DeskContext
    private let passwords: any PasswordHashing
    private let journey: ProviderJourney

    /// - Parameter address: where providers send browsers back to.
    package init(
        _ context: DeskContext, passwords: any PasswordHashing, providers: any IdentityProviding, returningTo address: String
    ) {
        self.context = context
        self.passwords = passwords
        journey = ProviderJourney(context: context, providers: providers, returnAddress: address)
    }

    /// A provider that somebody can use.
    package struct Standing: Hashable, Sendable {
        package let provider: IdentityProvider
        /// Nil while it is not linked.
        package let linkedAt: Instant?
    }

    /// The providers of the workspaces that somebody is a member of, by name.
    package func standings(of user: User.ID) async throws -> [Standing] {
        let now = context.time.now()
        return try await context.storage.read { session in
            try Self.providers(of: user, session, at: now).map { provider in
                Standing(provider: provider, linkedAt: try session.identities.linkedAt(user, in: provider.workspace))
            }
        }
    }

    /// Sends somebody to the provider, to come back into the same session.
    /// - Throws: `unauthenticated` for a wrong password; `not_found`, `identity_taken`, `too_many_attempts`, `provider_unavailable`.
    package func begin(
        at id: IdentityProvider.ID, password: Secret, user: User, in session: SignInSession, from origin: SignInOrigin, browser: String?
    ) async throws -> Departure {
        let standing = try await standing(of: user, at: id)
        guard standing.linkedAt == nil else {
            throw DeskError(.identityTaken, message: "The account has an identity of this provider already. Nothing was changed.")
        }
        try await SignIn(context, passwords: passwords).confirm(password, of: user)
        return try await journey.begin(at: id, from: origin, browser: browser, linkingIn: session, next: "/settings/account")
    }

    /// Ends the sessions that began through it, this one too if it did.
    /// - Throws: `unauthenticated` for a wrong password; `not_found`, `too_many_attempts`.
    package func unlink(_ id: IdentityProvider.ID, password: Secret, user: User) async throws {
        let standing = try await standing(of: user, at: id)
        guard standing.linkedAt != nil else { throw DeskError.nothingThere }
        try await SignIn(context, passwords: passwords).confirm(password, of: user)
        let now = context.time.now()
        try await context.storage.write { session in
            let workspace = standing.provider.workspace
            try session.identities.unlink(user.id, in: workspace)
            try session.ledger.append(LedgerFact(.identityUnlinked, user.id.text, ["provider": id.text]), in: workspace, at: now)
        }
    }

    private func standing(of user: User, at id: IdentityProvider.ID) async throws -> Standing {
        guard let standing = try await standings(of: user.id).first(where: { $0.provider.id == id }) else { throw DeskError.nothingThere }
        return standing
    }

    private static func providers(of user: User.ID, _ session: any StorageSession, at now: Instant) throws -> [IdentityProvider] {
        try session.people.memberships(of: user).filter { $0.isInForce(at: now) }
            .compactMap { try session.identities.provider(of: $0.workspace) }
            .sorted { $0.name < $1.name }
    }
}
