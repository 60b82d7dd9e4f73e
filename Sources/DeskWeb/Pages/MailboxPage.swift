package import DeskCore

/// Connecting a mailbox, step by step: whose it is, what it needs, the trial, and the end.
package struct MailboxPage: PageModel {
    package static let template = "pages.mailbox"

    /// The first step.
    package let address: AddressForm?
    package let trial: Trial?
    /// What is needed beside the address; again after a trial that went wrong.
    package let form: Form?
    package let end: End?
    package var section: NavigationSection? { .connect }

    package init(address: AddressForm) {
        self.address = address
        trial = nil
        form = nil
        end = nil
    }

    package init(trial: Trial? = nil, form: Form) {
        address = nil
        self.trial = trial
        self.form = form
        end = nil
    }

    package init(trial: Trial, end: End? = nil) {
        address = nil
        self.trial = trial
        form = nil
        self.end = end
    }

    /// Form field: `address`.
    package struct AddressForm: Sendable {
        package let field: Field

        package init(_ field: Field = Field()) { self.field = field }
    }

    /// How far a trial is.
    package struct Trial: Sendable {
        package let title: String
        package let isUnderWay: Bool
        package let checks: [Check]

        package init(_ findings: [MailboxFinding], isUnderWay: Bool, isConnected: Bool, wording: Wording) {
            self.isUnderWay = isUnderWay
            title = wording.text(isUnderWay ? "mailbox.trial.underWay" : isConnected ? "mailbox.trial.good" : "mailbox.trial.bad")
            checks = findings.map { Check($0, wording: wording) }
        }
    }

    package struct Check: Sendable {
        package let level: String
        package let levelWords: String
        package let name: String
        package let words: String
        package let remedy: String?
        /// The server and its own words, for whoever helps.
        package let detail: String?

        init(_ finding: MailboxFinding, wording: Wording) {
            name = wording.text("mailbox.step.\(finding.step.rawValue)")
            switch finding.result {
            case .good:
                (level, remedy, detail) = ("good", nil, nil)
                words = wording.text("mailbox.good.\(finding.step.rawValue)", ["detail": finding.detail])
            case .weak:
                (level, remedy, detail) = ("attention", nil, nil)
                words = wording.text("mailbox.weak.\(finding.step.rawValue)")
            case .bad(let problem):
                (level, detail) = ("broken", finding.detail)
                words = wording.text("mailbox.problem.\(problem.rawValue)")
                remedy = wording.text("mailbox.remedy.\(problem.rawValue)")
            }
            levelWords = wording.text("health.level.\(level)")
        }
    }

    package struct End: Sendable {
        package let words: String

        package init(inboxName: String, mailCount: Int, wording: Wording) {
            words = wording.text("mailbox.connected.text", ["name": inboxName, "count": String(mailCount)])
        }
    }
}

extension MailboxPage {
    /// Form fields: `name`, `password`, `provider`, `imap_host`, `imap_port`, `imap_security`, the same for `smtp`, `username`,
    /// `certificate_authority`; for a permission `oauth_authorization_url`, `oauth_token_url`, `oauth_scope`, `oauth_client_id`,
    /// `oauth_client_secret`. The button's `act` is `try` or `permission`. Secrets are never filled in again.
    package struct Form: Sendable {
        package let path: String
        package let address: String
        package let name: Field
        package let hints: [Hint]
        /// Whether the provider lets in by a password at all.
        package let takesPassword: Bool
        /// Whether there is something to try: a password, or a permission that was given already.
        package let canTry: Bool
        /// Whether a password was typed before, which is used when the field is left empty.
        package let keepsPassword: Bool
        package let servers: Servers
        package let permission: Permission

        package init(
            path: String, address: String, name: Field, provider: MailProvider?, keepsPassword: Bool, isPermitted: Bool = false,
            servers: Servers, permission: Permission, wording: Wording
        ) {
            takesPassword = provider?.demands.contains(.signIn) != true
            canTry = takesPassword || isPermitted
            self.path = path
            self.address = address
            self.name = name
            self.keepsPassword = keepsPassword
            self.servers = servers
            self.permission = permission
            hints = provider.map { Hint.all(of: $0, wording: wording) } ?? [Hint(wording.text("mailbox.demand.none"))]
        }
    }

    /// What a provider asks of people.
    package struct Hint: Sendable {
        package let words: String
        package let link: String?
        package let linkWords: String?

        init(_ words: String, link: String? = nil, linkWords: String? = nil) {
            self.words = words
            self.link = link
            self.linkWords = linkWords
        }

        static func all(of provider: MailProvider, wording: Wording) -> [Hint] {
            let demands = MailProvider.Demand.allCases.filter(provider.demands.contains)
            return demands.enumerated().map { index, demand in
                let words = wording.text("mailbox.demand.\(demand.rawValue)", ["name": provider.name])
                guard index == 0, let help = provider.help else { return Hint(words) }
                return Hint(words, link: help, linkWords: wording.text("mailbox.help", ["name": provider.name]))
            }
        }
    }

    package struct Servers: Sendable {
        /// Where both are, as far as it is known.
        package let words: String
        package let isOpen: Bool
        package let providers: [Choice]
        package let imap: Server
        package let smtp: Server
        package let username: String
        package let authority: String

        package init(
            words: String, isOpen: Bool, providers: [Choice], imap: Server, smtp: Server, username: String, authority: String
        ) {
            self.words = words
            self.isOpen = isOpen
            self.providers = providers
            self.imap = imap
            self.smtp = smtp
            self.username = username
            self.authority = authority
        }
    }

    package struct Server: Sendable {
        package let host: String
        package let port: String
        package let securities: [Choice]

        /// - Parameter security: as the settings have it; empty: as is usual.
        package init(host: String, port: String, security: String, wording: Wording) {
            self.host = host
            self.port = port
            securities = ["", "tls", "starttls", "none"].map { value in
                let name = value.isEmpty ? "usual" : value
                return Choice(value: value, label: wording.text("mailbox.security.\(name)"), isChosen: value == security)
            }
        }
    }

    package struct Permission: Sendable {
        package let isOpen: Bool
        /// What the provider must be told of this desk.
        package let returnAddress: String
        package let authorizationURL: String
        package let tokenURL: String
        package let scope: String
        package let clientID: String

        package init(
            isOpen: Bool, returnAddress: String, authorizationURL: String, tokenURL: String, scope: String, clientID: String
        ) {
            self.isOpen = isOpen
            self.returnAddress = returnAddress
            self.authorizationURL = authorizationURL
            self.tokenURL = tokenURL
            self.scope = scope
            self.clientID = clientID
        }
    }
}
