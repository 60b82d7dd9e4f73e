package import DeskCore

/// Who somebody is by the word of their workspace's identity provider, and the way back from there, also of those who link.
package struct SignInWithProvider: Sendable {
    /// The path to which providers send browsers back.
    package static let returnPath = "/sign-in/callback"

    /// How long somebody has for the way there and back.
    package static let journeyLength = ProviderJourney.span

    private let context: DeskContext
    private let journey: ProviderJourney

    /// - Parameter address: where providers send browsers back to.
    package init(_ context: DeskContext, providers: any IdentityProviding, returningTo address: String) {
        self.context = context
        journey = ProviderJourney(context: context, providers: providers, returnAddress: address)
    }

    /// What came of an answer.
    package enum Outcome: Sendable {
        case entered(token: OpaqueToken, awaitsCode: Bool, next: String)
        case linked(IdentityProvider)
    }

    /// All that people can choose from, by name.
    package func offered() async throws -> [IdentityProvider] {
        try await context.storage.read { try $0.identities.providers() }
    }

    /// - Parameters:
    ///   - browser: what the browser's cookie holds, if it has one.
    ///   - next: where to go in the end.
    /// - Throws: `not_found`, `too_many_attempts`, `provider_unavailable` (transient).
    package func begin(
        at provider: IdentityProvider.ID, from origin: SignInOrigin, browser: String?, next: String
    ) async throws -> Departure {
        try await journey.begin(at: provider, from: origin, browser: browser, next: next)
    }

    /// What a browser brings back. What proves nothing counts as a wrong password does, by its place.
    /// - Parameter session: in which the browser is signed in now.
    /// - Throws: the codes of `IdentityProviding`; `too_many_attempts` (transient).
    package func end(
        _ answer: ProviderAnswer, browser: String?, in session: SignInSession?, from origin: SignInOrigin
    ) async throws -> Outcome {
        let place = "origin:" + origin.place
        let now = context.time.now()
        let failures = try await context.storage.read { try $0.credentials.failures(of: place, since: now - SignIn.failureSpan) }
        guard failures < SignIn.allowedFailuresOfPlace else { throw SignIn.tooMany }
        do {
            let arrival = try await journey.end(answer, browser: browser, session: session)
            return arrival.begun.linkingSession == nil ? try await enter(arrival, from: origin) : try await link(arrival, in: session)
        } catch let error as DeskError where Self.guesses.contains(error.code) {
            try await context.storage.write { try $0.credentials.recordFailure(of: place, at: now) }
            context.signInLog.refused(.provider, of: session?.user, from: origin.place, because: error)
            throw error
        }
    }

    private static let guesses: Set<DeskError.Code> = [.signInExpired, .identityRefused, .identityNotLinked, .identityTaken]

    private func enter(_ arrival: Arrival, from origin: SignInOrigin) async throws -> Outcome {
        let now = context.time.now()
        let (user, entrance) = try await context.storage.read { session in
            guard let id = try session.identities.user(linkedTo: arrival.identity, through: arrival.provider),
                let user = try session.people.user(id)
            else { throw Self.notLinked }
            let reach = ProviderReach(of: arrival.provider.workspace, over: try session.people.memberships(of: id), at: now)
            return (user, reach.entrance(hasApp: try session.credentials.secondFactor(of: id)?.confirmedAt != nil))
        }
        switch entrance {
        case .nothing: throw Self.notLinked
        case .needsPassword: throw Self.passwordNeeded
        case .opens, .opensAfterCode:
            let token = try await Sessions(context).begin(
                for: user, from: origin, awaitsCode: entrance == .opensAfterCode, through: arrival.provider.id)
            context.signInLog.accepted(.provider, of: user.id, from: origin.place)
            return .entered(token: token, awaitsCode: entrance == .opensAfterCode, next: arrival.begun.next)
        }
    }

    private func link(_ arrival: Arrival, in linking: SignInSession?) async throws -> Outcome {
        guard let user = linking?.user else { throw DeskError.signInExpired }
        let now = context.time.now()
        try await context.storage.write { session in
            let memberships = try session.people.memberships(of: user)
            guard ProviderReach(of: arrival.provider.workspace, over: memberships, at: now).isMember else { throw DeskError.nothingThere }
            guard try session.identities.link(arrival.identity, to: user, through: arrival.provider, at: now) else { throw Self.taken }
            try session.ledger.append(
                LedgerFact(.identityLinked, user.text, ["provider": arrival.provider.id.text]), in: arrival.provider.workspace, at: now)
        }
        return .linked(arrival.provider)
    }

    private static let notLinked = DeskError(
        .identityNotLinked, message: "This identity opens no account. Sign in with the password, and link it under Settings first.")
    private static let passwordNeeded = DeskError(
        .passwordNeeded,
        message: "The account belongs to another workspace too, and has no authenticator app: this provider's word does not open it.")
    private static let taken = DeskError(
        .identityTaken, message: "This identity opens another account already, or this account has one. Nothing was changed.")
}
