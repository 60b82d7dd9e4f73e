package import ChannelKit
package import DeskCore
package import MailTransport

/// How a mailbox is reached, as the operator set it.
package struct MailboxSettings: Sendable {
    /// Names of the settings and secrets; the first ones are part of the outside contract.
    package enum Key {
        package static let address = "address"
        package static let imapHost = "imap_host"
        package static let imapPort = "imap_port"
        package static let imapSecurity = "imap_security"
        package static let smtpHost = "smtp_host"
        package static let smtpPort = "smtp_port"
        package static let smtpSecurity = "smtp_security"
        package static let username = "username"
        package static let password = "password"
        package static let tokenURL = "oauth_token_url"
        package static let clientID = "oauth_client_id"
        package static let clientSecret = "oauth_client_secret"
        package static let refreshToken = "oauth_refresh_token"
        /// PEM text of an authority that is trusted beside the system's.
        package static let authority = "certificate_authority"
        /// Who signs: the name beside the address.
        package static let senderName = "sender_name"
        /// What stands under every reply.
        package static let signature = "signature"
        /// Folders to collect, parted by commas.
        package static let folders = "folders"
        /// Which folder the principal's own answers are in; detected where it is missing.
        package static let sentFolder = "sent_folder"
        /// Days of mails from before the connection that are shown.
        package static let historyDays = "history_days"
        /// `desk`: a copy of each reply is laid into the Sent folder; `provider`: the provider does that by itself.
        package static let sentCopy = "sent_copy"
        /// `on`: an answered mail gets the flag `\Answered`.
        package static let marksAnswered = "mark_answered"
        /// Seconds between two looks where the server says nothing by itself; and at the folder of sent mails always.
        package static let lookSeconds = "look_seconds"
        /// Who of the `Authentication-Results` is believed: the receiving server's authserv-id.
        package static let trustedServer = "trusted_server"
    }

    /// How somebody proves that the mailbox is theirs.
    package enum Access: Sendable {
        case password(Secret)
        /// A refresh token (RFC 6749 section 6), and where it is changed for an access token.
        case authorization(OAuthGrant)
    }

    package let address: String
    package let imap: MailServer
    package let smtp: MailServer
    package let username: String
    package let access: Access
    package let senderName: String
    package let signature: String
    /// In the order in which they are collected.
    package let folders: [String]
    /// Nil: found by its use or its name.
    package let sentFolder: String?
    package let historyDays: Int
    package let laysSentCopies: Bool
    package let marksAnswered: Bool
    package let trustedServer: String?
    package let look: Duration
    /// With what the desk marks its own Message-IDs.
    let threadKey: Secret

    /// - Throws: `invalid_request`, which names the setting.
    package init(_ account: ChannelAccount) throws(DeskError) {
        address = try Self.address(account)
        let authority = account.text(Key.authority)
        imap = try MailServer(
            account, host: Key.imapHost, port: Key.imapPort, security: Key.imapSecurity, ports: (993, 143), authority: authority)
        smtp = try MailServer(
            account, host: Key.smtpHost, port: Key.smtpPort, security: Key.smtpSecurity, ports: (465, 587), authority: authority)
        username = account.text(Key.username) ?? address
        access = try Access(account)
        senderName = account.text(Key.senderName) ?? ""
        signature = account.text(Key.signature) ?? ""
        folders = (account.text(Key.folders) ?? "INBOX").split(separator: ",").map { $0.trimmingSpaces }.filter { !$0.isEmpty }
        sentFolder = account.text(Key.sentFolder)
        historyDays = account.text(Key.historyDays).flatMap { Int($0) }.map { min(max($0, 0), 3_650) } ?? 30
        laysSentCopies = account.text(Key.sentCopy) != "provider"
        marksAnswered = account.text(Key.marksAnswered) == "on"
        trustedServer = account.text(Key.trustedServer)
        look = .seconds(account.text(Key.lookSeconds).flatMap { Int($0) }.map { min(max($0, 2), 300) } ?? 60)
        threadKey = account.secrets[Inbox.keyName] ?? Secret("")
    }

    /// What we call ourselves to servers.
    var domain: String { address.split(separator: "@").last.map { $0.lowercased() } ?? "localhost" }

    private static func address(_ account: ChannelAccount) throws(DeskError) -> String {
        guard let address = account.text(Key.address), address.contains("@"), !address.contains(where: \.isWhitespace) else {
            throw DeskError(.invalidRequest, message: "The setting “\(Key.address)” must be the mailbox's address.")
        }
        return address
    }
}

/// What a mailbox is opened with where there is no password.
package struct OAuthGrant: Sendable, Hashable {
    package let tokenURL: String
    package let clientID: String
    package let clientSecret: Secret?
    package let refreshToken: Secret

    package init(tokenURL: String, clientID: String, clientSecret: Secret?, refreshToken: Secret) {
        self.tokenURL = tokenURL
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.refreshToken = refreshToken
    }
}

extension MailboxSettings.Access {
    fileprivate init(_ account: ChannelAccount) throws(DeskError) {
        typealias Key = MailboxSettings.Key
        if let password = account.secrets[Key.password], !password.isEmpty {
            self = .password(password)
        } else if let token = account.secrets[Key.refreshToken], let url = account.text(Key.tokenURL),
            let client = account.text(Key.clientID)
        {
            self = .authorization(
                OAuthGrant(tokenURL: url, clientID: client, clientSecret: account.secrets[Key.clientSecret], refreshToken: token))
        } else {
            throw DeskError(.invalidRequest, message: "The mailbox needs its “\(Key.password)”, or an OAuth refresh token.")
        }
    }
}

extension MailServer {
    fileprivate init(
        _ account: ChannelAccount, host: String, port: String, security: String, ports: (tls: Int, other: Int), authority: String?
    ) throws(DeskError) {
        guard let name = account.text(host) else { throw DeskError(.invalidRequest, message: "The setting “\(host)” is missing.") }
        guard let manner = Security(rawValue: account.text(security) ?? "tls") else {
            throw DeskError(
                .invalidRequest, message: "The setting “\(security)” must be tls, starttls, or none for a server on this machine.")
        }
        let number = account.text(port).map { Int($0) ?? 0 } ?? (manner == .tls ? ports.tls : ports.other)
        guard (1...65_535).contains(number) else {
            throw DeskError(.invalidRequest, message: "The setting “\(port)” must be a number from 1 to 65535.")
        }
        self.init(host: name, port: number, security: manner, authorities: authority)
        guard manner != .plain || mayBeSpokenToInTheClear else {
            throw DeskError(.invalidRequest, message: "Without protection only a mail server on this machine is spoken to.")
        }
    }
}

extension ChannelAccount {
    /// A setting that says something.
    func text(_ key: String) -> String? {
        guard let text = settings[key]?.trimmingSpaces, !text.isEmpty else { return nil }
        return text
    }
}

extension StringProtocol {
    var trimmingSpaces: String {
        String(self.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
