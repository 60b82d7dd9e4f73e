package import DeskCore
package import DeskServices
import Synchronization

/// Mail servers that let in whoever has the right password, and remember what they were asked with.
package final class ScriptedMailboxes: MailboxConnecting {
    package static let password = "tres panes sin sal"
    package static let refreshToken = "refresh-1"

    private let asked = Mutex<[MailboxRequest]>([])

    package init() {}

    /// What was tried, in this order.
    package var requests: [MailboxRequest] { asked.withLock { $0 } }

    package let providers = [
        MailProvider(
            id: "panadero", name: "Correo Panadero", domains: ["panadero.example"], imap: .init("imap.panadero.example", 993, "tls"),
            smtp: .init("smtp.panadero.example", 465, "tls"), demands: [.appPassword], help: "https://panadero.example/ayuda",
            authorization: .init(
                address: "https://panadero.example/authorize", tokenURL: "https://panadero.example/token", scope: "mail"))
    ]

    package func provider(of address: String) -> MailProvider? {
        providers.first { $0.domains.contains(String(address.split(separator: "@").last ?? "")) }
    }

    package func tryOut(
        _ request: MailboxRequest, telling told: @escaping @Sendable (MailboxFinding) async -> Void
    ) async -> MailboxOutcome {
        asked.withLock { $0.append(request) }
        let given = request.secrets["password"]?.exposed() == Self.password
        guard given || request.secrets["oauth_refresh_token"]?.exposed() == Self.refreshToken else {
            return .failed(MailboxFinding(.reading, .bad(.passwordRefused), detail: "imap.panadero.example:993: no"))
        }
        for step in MailboxStep.allCases { await told(MailboxFinding(step, .good, detail: "7")) }
        let settings = request.settings.merging(["imap_host": "imap.panadero.example", "smtp_host": "smtp.panadero.example"]) { $1 }
        return .letIn(TriedMailbox(settings: settings, secrets: request.secrets, mailCount: 7))
    }

    package func permissionAddress(
        for permission: MailboxPermission, state: String, verifier: Secret, returningTo address: String
    ) -> String? {
        permission.authorizationURL.hasPrefix("https://") ? "\(permission.authorizationURL)?state=\(state)" : nil
    }

    package func refreshToken(
        for code: Secret, verifier: Secret, permission: MailboxPermission, returningTo address: String
    ) async throws(DeskError) -> Secret {
        guard code.exposed() == "good-code" else { throw DeskError(.mailboxPermission, message: "The provider did not take the code.") }
        return Secret(Self.refreshToken)
    }
}
