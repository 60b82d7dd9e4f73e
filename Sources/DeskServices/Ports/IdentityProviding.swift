package import DeskCore

/// The way to identity providers, by the authorization code flow of OpenID Connect Core 1.0 (section 3.1) with PKCE (RFC 7636).
package protocol IdentityProviding: Sendable {
    /// Asks the provider what it is, before it is set.
    /// - Returns: what the operator should know of it, in sentences; nothing when all is as it should be.
    /// - Throws: `provider_unsuitable`, which says in plain words why it can't be used.
    func inspect(issuer: String, at now: Instant) async throws -> [String]

    /// Where the browser goes to sign in (section 3.1.2.1).
    /// - Parameter address: ours, to which the provider sends the browser back.
    /// - Throws: `provider_unavailable` (transient).
    func signInAddress(
        at provider: IdentityProvider, carrying challenge: SignInChallenge, returningTo address: String, at now: Instant
    ) async throws -> String

    /// Exchanges the code for an ID token and checks that (sections 3.1.3.1 and 3.1.3.7).
    /// - Throws: `provider_unavailable` (transient) when it can't be asked, or does not know this desk; `identity_refused` when what came
    ///   proves nothing.
    func identity(
        provenBy answer: ProviderAnswer, to challenge: SignInChallenge, from connection: ProviderConnection,
        returningTo address: String, at now: Instant
    ) async throws -> ProvenIdentity
}

/// A provider with what this desk proves itself by there.
package struct ProviderConnection: Hashable, Sendable {
    package let provider: IdentityProvider
    package let secret: Secret

    package init(provider: IdentityProvider, secret: Secret) {
        self.provider = provider
        self.secret = secret
    }
}

extension DeskError.Code {
    /// It can't be set as a provider; the message says why.
    package static let providerUnsuitable = Self("provider_unsuitable")
    package static let providerUnavailable = Self("provider_unavailable")
    /// What came from the provider proves nobody's identity.
    package static let identityRefused = Self("identity_refused")
    /// The way to the provider and back was begun too long ago, in another browser, or has been gone already.
    package static let signInExpired = Self("sign_in_expired")
    /// The person said no at the provider.
    package static let signInCancelled = Self("sign_in_cancelled")
    package static let identityNotLinked = Self("identity_not_linked")
    /// The identity opens another account, or the account has one already.
    package static let identityTaken = Self("identity_taken")
    /// The provider's word alone does not open this account.
    package static let passwordNeeded = Self("password_needed")
}
