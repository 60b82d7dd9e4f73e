package import ChannelKit

extension MailboxSettings {
    /// What connects a mailbox, in the order in which a person is asked. What is not required is detected, or has a default.
    package static let asked: [ChannelSetting] =
        [ChannelSetting(Key.address)]
        + [
            Key.imapHost, Key.imapPort, Key.imapSecurity, Key.smtpHost, Key.smtpPort, Key.smtpSecurity, Key.username, Key.tokenURL,
            Key.clientID, Key.authority, Key.senderName, Key.signature, Key.folders, Key.sentFolder, Key.historyDays, Key.sentCopy,
            Key.marksAnswered, Key.trustedServer,
        ].map { ChannelSetting($0, isRequired: false) }
        + [Key.password, Key.clientSecret, Key.refreshToken].map { ChannelSetting($0, isSecret: true, isRequired: false) }
}
