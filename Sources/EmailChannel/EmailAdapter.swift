package import ChannelKit
package import DeskCore
import MailFormat
import MailTransport

/// E-mail, over the mailbox's own servers: IMAP for what comes, SMTP for what goes.
package struct EmailAdapter: ChannelAdapter {
    private let tokens: OAuthTokens?

    /// - Parameter tokens: for mailboxes that take no password; nil where none is opened.
    package init(tokens: OAuthTokens? = nil) { self.tokens = tokens }

    package var channel: ChannelName { .email }

    package var accountSetting: String { MailboxSettings.Key.address }

    /// Servers that are left out are detected (`MailboxDetection`), so they have no defaults that could be wrong.
    package var settings: [ChannelSetting] {
        typealias Key = MailboxSettings.Key
        return [
            ChannelSetting(Key.address),
            ChannelSetting(Key.imapHost, isRequired: false), ChannelSetting(Key.imapPort, isRequired: false),
            ChannelSetting(Key.imapSecurity, isRequired: false),
            ChannelSetting(Key.smtpHost, isRequired: false), ChannelSetting(Key.smtpPort, isRequired: false),
            ChannelSetting(Key.smtpSecurity, isRequired: false),
            ChannelSetting(Key.username, isRequired: false),
            ChannelSetting(Key.password, isSecret: true, isRequired: false),
            ChannelSetting(Key.senderName, isRequired: false), ChannelSetting(Key.signature, isRequired: false),
            ChannelSetting(Key.folders, isRequired: false, defaultValue: "INBOX"), ChannelSetting(Key.sentFolder, isRequired: false),
            ChannelSetting(Key.historyDays, isRequired: false, defaultValue: "30"),
            ChannelSetting(Key.sentCopy, isRequired: false),
            ChannelSetting(Key.marksAnswered, isRequired: false, defaultValue: "off"),
            ChannelSetting(Key.lookSeconds, isRequired: false, defaultValue: "60"),
            ChannelSetting(Key.trustedServer, isRequired: false), ChannelSetting(Key.authority, isRequired: false),
            ChannelSetting(Key.tokenURL, isRequired: false), ChannelSetting(Key.clientID, isRequired: false),
            ChannelSetting(Key.clientSecret, isSecret: true, isRequired: false),
            ChannelSetting(Key.refreshToken, isSecret: true, isRequired: false),
        ]
    }

    /// Mail has no window, and no length but what people read. Ten files of 25 MB together pass no large provider; each alone may.
    package var limits: ChannelLimits {
        ChannelLimits(
            maximumTextLength: 100_000, maximumCaptionLength: 100_000, maximumAttachments: 10, replyWindow: nil,
            retryHorizon: .hours(30 * 24))
    }

    /// What the large providers take, less a third for its encoding. Source: Gmail Help, "Send attachments with your Gmail message".
    package func maximumBytes(ofMediaType mediaType: String) -> Int? { 18 * 1_048_576 }

    /// With what the mailbox is opened.
    func credentials(_ settings: MailboxSettings) async throws(CollectionFailure) -> MailCredentials {
        switch settings.access {
        case .password(let password): return .password(user: settings.username, password: password)
        case .authorization(let grant):
            guard let tokens else { throw CollectionFailure("No mailbox is opened with a permission here.", isTransient: false) }
            do throws(OAuthFault) {
                return .bearer(user: settings.username, token: try await tokens.token(for: grant, of: settings.mailbox(grant)))
            } catch {
                throw CollectionFailure(error)
            }
        }
    }

    /// What to try in the place of credentials that a server did not take; nil for a password: only a person has another one.
    func credentials(after refused: MailCredentials, _ settings: MailboxSettings) async throws(CollectionFailure) -> MailCredentials? {
        guard case .bearer(_, let token) = refused, case .authorization(let grant) = settings.access else { return nil }
        await tokens?.discard(token, of: settings.mailbox(grant))
        return try await credentials(settings)
    }

    /// Opens the mailbox; once more with a new access token when the server does not take the one that was there.
    func open(_ settings: MailboxSettings) async throws(CollectionFailure) -> IMAPMailbox {
        let credentials = try await credentials(settings)
        do throws(MailFault) {
            return try await IMAPMailbox.open(settings.imap, credentials)
        } catch {
            guard error.kind == .unauthenticated, let next = try await self.credentials(after: credentials, settings) else {
                throw CollectionFailure(error)
            }
            do throws(MailFault) { return try await IMAPMailbox.open(settings.imap, next) } catch { throw CollectionFailure(error) }
        }
    }
}

extension MailboxSettings {
    /// By which a permission's tokens are told from others.
    fileprivate func mailbox(_ grant: OAuthGrant) -> String { "\(address) \(grant.clientID) \(grant.tokenURL)" }
}

extension CollectionFailure {
    init(_ fault: MailFault) { self.init("\(fault.kind.rawValue): \(fault.reason)", isTransient: fault.isTransient) }

    /// A permission that ended is for a person to give again.
    init(_ fault: OAuthFault) {
        let words = fault.kind == .ended ? "The provider's permission ended; sign in again. " : ""
        self.init(words + fault.reason, isTransient: fault.kind == .unavailable)
    }
}
