import ChannelKit
package import DeskCore
import MailTransport

/// What connects a mailbox, with what was left out: from the provider's table, else by trying where servers usually are.
package struct MailboxDetection: Sendable {
    package let provider: MailProvider?
    private let settings: [String: String]
    private let secrets: [String: Secret]
    private let complete: MailboxSettings
    private let imap: [MailServer]
    private let smtp: [MailServer]

    /// - Parameters:
    ///   - settings: what somebody gave; what is there is never changed.
    ///   - provider: as somebody chose it; nil: by the address.
    /// - Throws: `invalid_request`, which names the setting.
    package init(
        settings given: [String: String], secrets: [String: Secret], provider chosen: MailProvider? = nil
    ) throws(DeskError) {
        let given = given.mapValues { $0.trimmingSpaces }.filter { !$0.value.isEmpty }
        let address = given[MailboxSettings.Key.address] ?? ""
        provider = chosen ?? MailProviders.provider(of: address)
        let guesses = MailProviders.guesses(for: address)
        let filled = Self.filled(given, by: provider, at: address, guesses)
        let account = ChannelAccount(channel: .email, settings: filled, secrets: secrets)
        let complete = try MailboxSettings(account)
        let isKnown = (
            imap: given[MailboxSettings.Key.imapHost] != nil || provider != nil,
            smtp: given[MailboxSettings.Key.smtpHost] != nil || provider != nil
        )
        imap = isKnown.imap ? [complete.imap] : guesses.imap.map { MailServer($0, trusting: complete.imap.authorities) }
        smtp = isKnown.smtp ? [complete.smtp] : guesses.smtp.map { MailServer($0, trusting: complete.smtp.authorities) }
        settings = filled
        self.secrets = secrets
        self.complete = complete
    }

    /// Whether it is known without asking anybody where both servers are.
    package var isCertain: Bool { imap.count == 1 && smtp.count == 1 }

    /// All settings, as far as they are known before anything is tried.
    package var known: [String: String] { settings }

    /// Signs in to both servers, and tells what was found on the way.
    /// - Throws: the finding that ended it.
    package func tried(
        through endpoint: OAuthEndpoint, telling told: @Sendable (MailboxFinding) async -> Void = { _ in }
    ) async throws(MailboxFailure) -> (mailbox: TriedMailbox, report: MailboxReport) {
        let (credentials, renewed) = try await credentials(through: endpoint)
        do throws(MailboxRefusal) {
            let report = try await MailboxTrial(imap: imap, smtp: smtp, credentials: credentials).run(telling: told)
            let mailbox = TriedMailbox(
                settings: settings.merging(Self.places(report)) { $1 }, secrets: secrets.merging(renewed) { $1 },
                mailCount: report.inboxCount)
            return (mailbox, report)
        } catch {
            throw MailboxFailure(
                finding: error.finding(at: provider), isTransient: error.fault.isTransient, renewed: renewed)
        }
    }

    private func credentials(
        through endpoint: OAuthEndpoint
    ) async throws(MailboxFailure) -> (MailCredentials, renewed: [String: Secret]) {
        switch complete.access {
        case .password(let password): return (.password(user: complete.username, password: password), [:])
        case .authorization(let grant):
            do throws(OAuthFault) {
                let answer = try await endpoint.refresh(grant, with: grant.refreshToken)
                let renewed = answer.refreshToken.map { [MailboxSettings.Key.refreshToken: $0] } ?? [:]
                return (.bearer(user: complete.username, token: answer.accessToken), renewed)
            } catch {
                throw MailboxFailure(error)
            }
        }
    }

    /// What was given stays; a provider's own settings come next, then the likeliest place.
    private static func filled(
        _ given: [String: String], by provider: MailProvider?, at address: String,
        _ guesses: (imap: [MailProvider.Place], smtp: [MailProvider.Place])
    ) -> [String: String] {
        typealias Key = MailboxSettings.Key
        var filled = given
        var known = provider?.settings(for: address) ?? [:]
        if provider == nil, let imap = guesses.imap.first, let smtp = guesses.smtp.first {
            known = [Key.imapHost: imap.host, Key.smtpHost: smtp.host]
        }
        // Ports and manners belong to their host: beside another one they would be wrong.
        for key in [Key.imapPort, Key.imapSecurity] where given[Key.imapHost] != nil { known[key] = nil }
        for key in [Key.smtpPort, Key.smtpSecurity] where given[Key.smtpHost] != nil { known[key] = nil }
        filled.merge(known) { given, _ in given }
        return filled
    }

    private static func places(_ report: MailboxReport) -> [String: String] {
        typealias Key = MailboxSettings.Key
        return [
            Key.imapHost: report.imap.host, Key.imapPort: String(report.imap.port), Key.imapSecurity: report.imap.security.rawValue,
            Key.smtpHost: report.smtp.host, Key.smtpPort: String(report.smtp.port), Key.smtpSecurity: report.smtp.security.rawValue,
        ]
    }
}

/// A trial that ended.
package struct MailboxFailure: Error, Hashable, Sendable {
    package let finding: MailboxFinding
    /// Whether the same may go well later.
    package let isTransient: Bool
    /// What came from the provider before that in the place of a secret that was given, and which alone is good from now on.
    package let renewed: [String: Secret]

    init(finding: MailboxFinding, isTransient: Bool, renewed: [String: Secret] = [:]) {
        self.finding = finding
        self.isTransient = isTransient
        self.renewed = renewed
    }

    init(_ fault: OAuthFault) {
        let problem: MailboxProblem =
            switch fault.kind {
            case .ended: .signInNeeded
            case .misconfigured: .settings
            case .unavailable: .unreachable
            }
        self.init(finding: MailboxFinding(.reading, .bad(problem), detail: fault.reason), isTransient: fault.kind == .unavailable)
    }
}

extension MailServer {
    init(_ place: MailProvider.Place, trusting authorities: String?) {
        self.init(
            host: place.host, port: place.port, security: Security(rawValue: place.security) ?? .tls, authorities: authorities)
    }
}
