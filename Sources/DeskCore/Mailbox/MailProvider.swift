/// Somebody who keeps mailboxes for others: where their servers are, and what they ask of whoever connects one.
package struct MailProvider: Hashable, Sendable {
    /// What a person has to do at the provider before a mailbox can be connected.
    package enum Demand: String, Sendable, Hashable, CaseIterable {
        /// No password at all: only OAuth.
        case signIn = "sign_in"
        /// The account's own password is refused: one is made for this desk alone.
        case appPassword = "app_password"
        /// A program of the provider has to run on this machine.
        case bridge
        /// IMAP is switched off until somebody switches it on.
        case switchOn = "switch_on"
    }

    /// What is told as the name of the account.
    package enum Username: Sendable, Hashable { case address, localPart }

    package struct Place: Hashable, Sendable {
        package let host: String
        package let port: Int
        /// As the settings of a mailbox have it: `tls` or `starttls`.
        package let security: String

        package init(_ host: String, _ port: Int, _ security: String) {
            self.host = host
            self.port = port
            self.security = security
        }
    }

    /// Where a browser signs in, and where its code and its refresh token are exchanged (RFC 6749 section 3).
    package struct Authorization: Hashable, Sendable {
        package let address: String
        package let tokenURL: String
        package let scope: String
        /// What has to be added so that a refresh token comes at all.
        package let parameters: [String: String]

        package init(address: String, tokenURL: String, scope: String, parameters: [String: String] = [:]) {
            self.address = address
            self.tokenURL = tokenURL
            self.scope = scope
            self.parameters = parameters
        }
    }

    /// A short word; the same for ever, since forms carry it.
    package let id: String
    package let name: String
    /// Domains of addresses that can only be theirs; none where each customer has a domain of their own.
    package let domains: Set<String>
    package let imap: Place
    package let smtp: Place
    package let username: Username
    package let demands: Set<Demand>
    /// The provider's own page on what it demands.
    package let help: String?
    package let authorization: Authorization?
    /// Whether what is handed in comes to lie in the Sent folder without our doing.
    package let storesSentMails: Bool

    package init(
        id: String, name: String, domains: Set<String>, imap: Place, smtp: Place, username: Username = .address,
        demands: Set<Demand> = [], help: String? = nil, authorization: Authorization? = nil, storesSentMails: Bool = false
    ) {
        self.id = id
        self.name = name
        self.domains = domains
        self.imap = imap
        self.smtp = smtp
        self.username = username
        self.demands = demands
        self.help = help
        self.authorization = authorization
        self.storesSentMails = storesSentMails
    }
}
