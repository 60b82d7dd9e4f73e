import DeskCore
import DeskServices
import DeskWeb

/// A draft as its page shows it.
struct DraftView {
    private let draft: MailboxDraft
    private let mailboxes: any MailboxConnecting
    private let returnAddress: String
    private let wording: Wording

    init(_ draft: MailboxDraft, mailboxes: any MailboxConnecting, returnAddress: String, wording: Wording) {
        self.draft = draft
        self.mailboxes = mailboxes
        self.returnAddress = returnAddress
        self.wording = wording
    }

    var page: MailboxPage {
        switch draft.state {
        case .asked: MailboxPage(form: form)
        case .underWay(let findings): MailboxPage(trial: .init(findings, isUnderWay: true, isConnected: false, wording: wording))
        case .failed(let findings):
            MailboxPage(trial: .init(findings, isUnderWay: false, isConnected: false, wording: wording), form: form)
        case .connected(let inbox, let mailCount, let findings):
            MailboxPage(
                trial: .init(findings, isUnderWay: false, isConnected: true, wording: wording),
                end: .init(inboxName: inbox.name, mailCount: mailCount, wording: wording))
        }
    }

    private var provider: MailProvider? { draft.provider ?? mailboxes.provider(of: draft.address) }
    private var problem: MailboxProblem? { draft.findings.compactMap(\.problem).last }

    private var form: MailboxPage.Form {
        MailboxPage.Form(
            path: "/connect/mailbox/drafts/\(draft.id)", address: draft.address, name: Field(draft.name), provider: provider,
            keepsPassword: draft.secrets["password"] != nil, isPermitted: draft.secrets["oauth_refresh_token"] != nil, servers: servers,
            permission: permission, wording: wording)
    }

    private var servers: MailboxPage.Servers {
        let byAddress = Choice(value: "", label: wording.text("mailbox.servers.byAddress"), isChosen: draft.provider == nil)
        return MailboxPage.Servers(
            words: places, isOpen: isAboutServers || !draft.settings.isEmpty,
            providers: [byAddress]
                + mailboxes.providers.map { Choice(value: $0.id, label: $0.name, isChosen: $0.id == draft.provider?.id) },
            imap: server("imap"), smtp: server("smtp"), username: draft.settings["username"] ?? "",
            authority: draft.settings["certificate_authority"] ?? "")
    }

    private var places: String {
        let imap = draft.settings["imap_host"] ?? provider?.imap.host
        let smtp = draft.settings["smtp_host"] ?? provider?.smtp.host
        guard let imap, let smtp else {
            let domain = draft.address.split(separator: "@").last.map(String.init) ?? ""
            return wording.text("mailbox.servers.looked", ["domain": domain])
        }
        return wording.text("mailbox.servers.known", ["imap": imap, "smtp": smtp])
    }

    private var isAboutServers: Bool {
        switch problem {
        case .nameUnknown, .unreachable, .tooSlow, .notTrusted, .unprotected, .notUnderstood: true
        case .passwordRefused, .appPasswordNeeded, .signInNeeded, .refused, .settings, nil: false
        }
    }

    private func server(_ name: String) -> MailboxPage.Server {
        MailboxPage.Server(
            host: draft.settings["\(name)_host"] ?? "", port: draft.settings["\(name)_port"] ?? "",
            security: draft.settings["\(name)_security"] ?? "", wording: wording)
    }

    private var permission: MailboxPage.Permission {
        let asked = draft.permissionAsked(by: provider)
        return MailboxPage.Permission(
            isOpen: provider?.demands.contains(.signIn) == true || problem == .signInNeeded || !asked.clientID.isEmpty,
            returnAddress: returnAddress, authorizationURL: asked.authorizationURL, tokenURL: asked.tokenURL, scope: asked.scope,
            clientID: asked.clientID)
    }
}
