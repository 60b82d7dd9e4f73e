package import DeskCore
package import DeskServices
import Synchronization

/// Identity providers that vouch for whomever a test says, once for each code, and only to the question that they were asked.
package final class ScriptedProviders: IdentityProviding {
    private struct State {
        var subjects: [String: String] = [:]
        var questions: [String: SignInChallenge] = [:]
        var failure: DeskError?
        var inspections = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// How often a provider was asked what it is.
    package var inspections: Int { state.withLock { $0.inspections } }

    /// Somebody has signed in there: the code that the browser will bring back.
    package func vouch(for subject: String, by code: String) {
        state.withLock { $0.subjects[code] = subject }
    }

    /// Everything fails from now on; nil to work again.
    package func fail(with error: DeskError?) {
        state.withLock { $0.failure = error }
    }

    package func inspect(issuer: String, at now: Instant) async throws -> [String] {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            state.inspections += 1
            return []
        }
    }

    package func signInAddress(
        at provider: IdentityProvider, carrying challenge: SignInChallenge, returningTo address: String, at now: Instant
    ) async throws -> String {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            state.questions[challenge.state] = challenge
            return "\(provider.issuer)/authorize?state=\(challenge.state)"
        }
    }

    package func identity(
        provenBy answer: ProviderAnswer, to challenge: SignInChallenge, from connection: ProviderConnection,
        returningTo address: String, at now: Instant
    ) async throws -> ProvenIdentity {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            guard state.questions[answer.state] == challenge, let code = answer.code,
                let subject = state.subjects.removeValue(forKey: code.exposed())
            else { throw DeskError.identityRefused }
            return ProvenIdentity(issuer: connection.provider.issuer, subject: subject)
        }
    }
}
