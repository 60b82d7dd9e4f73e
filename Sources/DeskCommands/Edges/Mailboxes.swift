import ChannelKit
import DeskCore
import DeskServices
import EmailChannel

/// Joins the use cases to the mail servers.
struct Mailboxes: MailboxConnecting {
    private let endpoint: OAuthEndpoint

    init(egress: any Egress) { endpoint = OAuthEndpoint(egress: egress) }

    var providers: [MailProvider] { MailProviders.all }

    func provider(of address: String) -> MailProvider? { MailProviders.provider(of: address) }

    func tryOut(
        _ request: MailboxRequest, telling told: @escaping @Sendable (MailboxFinding) async -> Void
    ) async -> MailboxOutcome {
        let detection: MailboxDetection
        do throws(DeskError) {
            detection = try self.detection(request)
        } catch {
            return .failed(MailboxFinding(.reading, .bad(.settings), detail: error.message))
        }
        do throws(MailboxFailure) {
            return .letIn(try await detection.tried(through: endpoint, telling: told).mailbox)
        } catch {
            return .failed(error.finding, renewed: error.renewed)
        }
    }

    func permissionAddress(for permission: MailboxPermission, state: String, verifier: Secret, returningTo address: String) -> String? {
        AuthorizationJourney.address(
            at: permission.authorizationURL, scope: permission.scope, parameters: permission.parameters, clientID: permission.clientID,
            hint: permission.address, returningTo: address, state: state, verifier: verifier)
    }

    func refreshToken(
        for code: Secret, verifier: Secret, permission: MailboxPermission, returningTo address: String
    ) async throws(DeskError) -> Secret {
        do throws(OAuthFault) {
            let answer = try await endpoint.exchange(
                code, verifier: verifier, returningTo: address, at: permission.tokenURL, clientID: permission.clientID,
                clientSecret: permission.clientSecret)
            guard let token = answer.refreshToken else {
                throw OAuthFault(.misconfigured, "The provider gave a permission that ends by itself: no refresh token came.")
            }
            return token
        } catch {
            throw DeskError(
                .mailboxPermission, message: "\(error.reason) Nothing was connected.", isTransient: error.kind == .unavailable)
        }
    }

    private func detection(_ request: MailboxRequest) throws(DeskError) -> MailboxDetection {
        try MailboxDetection(settings: request.settings, secrets: request.secrets, provider: request.provider)
    }
}
