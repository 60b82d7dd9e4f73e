import ChannelKit
import DeskCore
import DeskServices
import Logging
import OpenIDConnect

/// Joins the use cases to OpenID Connect. Why something was refused is for the log; a browser learns only that it was.
struct IdentityProviders: IdentityProviding {
    private let client: OpenIDConnect
    private let logger: Logger

    init(egress: any Egress, logger: Logger) {
        client = OpenIDConnect(egress: egress)
        self.logger = logger
    }

    func inspect(issuer: String, at now: Instant) async throws -> [String] {
        do throws(OpenIDFault) {
            return try await client.inspect(issuer, at: now)
        } catch {
            throw DeskError(
                .providerUnsuitable, message: "\(error.reason) Nothing was changed.", isTransient: error.kind == .unavailable)
        }
    }

    func signInAddress(
        at provider: IdentityProvider, carrying challenge: SignInChallenge, returningTo address: String, at now: Instant
    ) async throws -> String {
        do throws(OpenIDFault) {
            return try await client.signInAddress(at: provider, carrying: challenge, returningTo: address, now: now)
        } catch {
            throw told(error, of: provider)
        }
    }

    func identity(
        provenBy answer: ProviderAnswer, to challenge: SignInChallenge, from connection: ProviderConnection,
        returningTo address: String, at now: Instant
    ) async throws -> ProvenIdentity {
        do throws(OpenIDFault) {
            return try await client.identity(
                provenBy: answer, to: challenge, from: connection.provider, secret: connection.secret, returningTo: address, now: now)
        } catch {
            throw told(error, of: connection.provider)
        }
    }

    private func told(_ fault: OpenIDFault, of provider: IdentityProvider) -> DeskError {
        logger.warning(
            "sign-in through an identity provider failed", metadata: ["provider": "\(provider.id)", "reason": "\(fault.reason)"])
        return fault.kind == .refused ? .identityRefused : .providerUnavailable
    }
}
