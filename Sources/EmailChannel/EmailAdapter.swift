package import ChannelKit
package import DeskCore
import MailFormat
import MailTransport

/// E-mail, over the mailbox's own servers: IMAP for what comes, SMTP for what goes.
package struct EmailAdapter: ChannelAdapter {
    package init() {}

    package var channel: ChannelName { .email }

    package var accountSetting: String { MailboxSettings.Key.address }

    package var settings: [ChannelSetting] {
        typealias Key = MailboxSettings.Key
        return [
            ChannelSetting(Key.address),
            ChannelSetting(Key.imapHost), ChannelSetting(Key.imapPort, isRequired: false),
            ChannelSetting(Key.imapSecurity, isRequired: false, defaultValue: "tls"),
            ChannelSetting(Key.smtpHost), ChannelSetting(Key.smtpPort, isRequired: false),
            ChannelSetting(Key.smtpSecurity, isRequired: false, defaultValue: "tls"),
            ChannelSetting(Key.username, isRequired: false),
            ChannelSetting(Key.password, isSecret: true, isRequired: false),
            ChannelSetting(Key.senderName, isRequired: false), ChannelSetting(Key.signature, isRequired: false),
            ChannelSetting(Key.folders, isRequired: false, defaultValue: "INBOX"), ChannelSetting(Key.sentFolder, isRequired: false),
            ChannelSetting(Key.historyDays, isRequired: false, defaultValue: "30"),
            ChannelSetting(Key.sentCopy, isRequired: false, defaultValue: "desk"),
            ChannelSetting(Key.marksAnswered, isRequired: false, defaultValue: "off"),
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
    func credentials(_ settings: MailboxSettings, _ egress: any Egress) async throws(CollectionFailure) -> MailCredentials {
        switch settings.access {
        case .password(let password): return .password(user: settings.username, password: password)
        case .authorization:
            throw CollectionFailure("This program can't sign in to mailboxes with OAuth yet.", isTransient: false)
        }
    }
}

extension CollectionFailure {
    init(_ fault: MailFault) { self.init("\(fault.kind.rawValue): \(fault.reason)", isTransient: fault.isTransient) }
}
