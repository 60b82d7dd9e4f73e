package import DeskCore
import Logging

/// A browser's way to an identity provider and back: once, within ten minutes, and back to the browser that set out.
struct ProviderJourney: Sendable {
    static let span = Duration.minutes(10)
    /// Ways that are begun from one network address within the span of failures: each is a row in the store.
    static let allowedOfPlace = 300

    let context: DeskContext
    let providers: any IdentityProviding
    /// The address to which providers send browsers back.
    let returnAddress: String

    /// - Parameters:
    ///   - browser: what the browser's cookie holds, if it has one.
    ///   - session: to link an identity in it; nil to sign in.
    /// - Throws: `not_found`, `too_many_attempts`, `provider_unavailable` (transient).
    func begin(
        at id: IdentityProvider.ID, from origin: SignInOrigin, browser: String?, linkingIn session: SignInSession? = nil,
        next: String = "/"
    ) async throws -> Departure {
        let now = context.time.now()
        guard let provider = try await context.storage.read({ try $0.identities.provider(id) }) else { throw DeskError.nothingThere }
        let state = OpaqueToken(from: context.chance)
        let cookie = browser.flatMap { OpaqueToken.digest(of: $0) == nil ? nil : Secret($0) } ?? OpaqueToken(from: context.chance).text
        let begun = BegunSignIn(
            stateDigest: state.digest, browserDigest: Digest.of(cookie.exposed()), provider: id, linkingSession: session?.tokenDigest,
            next: next, expiresAt: now + Self.span)
        let address = try await providers.signInAddress(
            at: provider, carrying: SignInChallenge(state: state.text.exposed(), browser: cookie), returningTo: returnAddress, at: now)
        try await keep(begun, from: origin.place, at: now)
        return Departure(provider: provider, address: address, browser: cookie)
    }

    private func keep(_ begun: BegunSignIn, from place: String, at now: Instant) async throws {
        let key = "departure:" + place
        try await context.storage.write { session in
            let count = try session.credentials.failures(of: key, since: now - SignIn.failureSpan)
            guard count < Self.allowedOfPlace else { throw SignIn.tooMany }
            try session.credentials.recordFailure(of: key, at: now)
            try session.identities.insert(begun, at: now)
        }
    }

    /// - Parameters:
    ///   - browser: what the browser's cookie holds.
    ///   - session: in which the browser is signed in now.
    /// - Throws: `sign_in_expired`, `sign_in_cancelled`, `identity_refused`, `provider_unavailable` (transient).
    func end(_ answer: ProviderAnswer, browser: String?, session: SignInSession?) async throws -> Arrival {
        let now = context.time.now()
        guard let begun = try await take(answer.state), let browser, let digest = OpaqueToken.digest(of: browser),
            begun.isOwed(to: digest, in: session, at: now),
            let connection = try await context.storage.read({ try $0.identities.connection(of: begun.provider) })
        else { throw DeskError.signInExpired }
        try requireCode(answer, connection.provider)
        let challenge = SignInChallenge(state: answer.state, browser: Secret(browser))
        let identity = try await providers.identity(
            provenBy: answer, to: challenge, from: connection, returningTo: returnAddress, at: now)
        guard identity.issuer == connection.provider.issuer else { throw DeskError.identityRefused }
        return Arrival(begun: begun, provider: connection.provider, identity: identity)
    }

    /// Used up by whoever shows its state, even if they may not have it.
    private func take(_ state: String) async throws -> BegunSignIn? {
        guard let digest = OpaqueToken.digest(of: state) else { return nil }
        return try await context.storage.write { try $0.identities.take(stateDigest: digest) }
    }

    /// An answer in the name of another provider is a mix-up (RFC 9207 section 2.4), whatever it says.
    private func requireCode(_ answer: ProviderAnswer, _ provider: IdentityProvider) throws(DeskError) {
        guard answer.issuer ?? provider.issuer == provider.issuer else { throw .identityRefused }
        if let error = answer.error {
            guard error != "access_denied" else { throw .signInCancelled }
            context.logger.warning(
                "an identity provider refused",
                metadata: ["provider": "\(provider.id)", "error": "\(error.filter { $0.isLetter || $0 == "_" }.prefix(60))"])
            throw .providerUnavailable
        }
        guard answer.code?.isEmpty == false else { throw .identityRefused }
    }
}

/// Where a browser is sent, and what it must bring back.
package struct Departure: Sendable {
    package let provider: IdentityProvider
    package let address: String
    /// For the cookie.
    package let browser: Secret
}

/// A browser that came back, with somebody for whom the provider vouches.
struct Arrival: Sendable {
    let begun: BegunSignIn
    let provider: IdentityProvider
    let identity: ProvenIdentity
}

extension BegunSignIn {
    /// Whether it may end in a browser: the one that set out and, to link, in the very session.
    func isOwed(to browserDigest: String, in session: SignInSession?, at now: Instant) -> Bool {
        guard browserDigest == self.browserDigest, expiresAt > now else { return false }
        return linkingSession == nil || linkingSession == session?.tokenDigest
    }
}

extension DeskError {
    static let signInExpired = DeskError(
        .signInExpired, message: "This way to the identity provider ended, or began in another browser. Nobody was signed in; begin again.")
    static let signInCancelled = DeskError(.signInCancelled, message: "It was called off at the identity provider. Nothing was changed.")
    package static let identityRefused = DeskError(
        .identityRefused, message: "What came from the identity provider proves nobody's identity. Nothing was changed; begin again.")
    package static let providerUnavailable = DeskError(
        .providerUnavailable, message: "The identity provider did not do its part. Nothing was changed; the password works.",
        isTransient: true)
}
