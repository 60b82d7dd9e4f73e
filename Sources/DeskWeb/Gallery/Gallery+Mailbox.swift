import DeskCore

/// Connecting a mailbox, in each of its states.
extension Gallery {
    var mailboxPages: [(name: String, page: any PageModel)] {
        let good = MailboxStep.allCases.map { step in
            MailboxFinding(
                step, .good, detail: step == .sentFolder ? "Enviados" : step == .folders ? "9" : "imap.estudio-quiroga.example:993")
        }
        let wrong = MailboxFinding(
            .reading, .bad(.appPasswordNeeded), detail: "imap.gmail.com:993: [AUTHENTICATIONFAILED] Invalid credentials")
        let nameless = MailboxFinding(
            .reading, .bad(.nameUnknown), detail: "mail.estudio-quiroga.example:993: There is no server of that name.")
        return [
            ("mailbox", MailboxPage(address: .init())),
            ("mailbox-wrong", MailboxPage(address: .init(Field("hola", error: wording.text("mailbox.addressWrong"))))),
            ("mailbox-app-password", MailboxPage(form: mailboxForm("lucia.quiroga@gmail.com", sampleGoogle))),
            ("mailbox-permission", MailboxPage(form: mailboxForm("lucia.quiroga@outlook.com", sampleMicrosoft))),
            ("mailbox-own-domain", MailboxPage(form: mailboxForm("hola@estudio-quiroga.example", nil))),
            (
                "mailbox-trying",
                MailboxPage(trial: .init(Array(good.prefix(3)), isUnderWay: true, isConnected: false, wording: wording))
            ),
            (
                "mailbox-refused",
                MailboxPage(
                    trial: .init([wrong], isUnderWay: false, isConnected: false, wording: wording),
                    form: mailboxForm("lucia.quiroga@gmail.com", sampleGoogle, keepsPassword: true))
            ),
            (
                "mailbox-no-server",
                MailboxPage(
                    trial: .init([nameless], isUnderWay: false, isConnected: false, wording: wording),
                    form: mailboxForm("hola@estudio-quiroga.example", nil, keepsPassword: true, isOpen: true))
            ),
            ("mailbox-connected", connectedMailbox(good)),
        ]
    }

    private func connectedMailbox(_ findings: [MailboxFinding]) -> MailboxPage {
        let weak = findings.map { $0.step == .news ? MailboxFinding(.news, .weak) : $0 }
        return MailboxPage(
            trial: .init(weak, isUnderWay: false, isConnected: true, wording: wording),
            end: .init(inboxName: "hola@estudio-quiroga.example", mailCount: 1_284, wording: wording))
    }

    private func mailboxForm(
        _ address: String, _ provider: MailProvider?, keepsPassword: Bool = false, isOpen: Bool = false
    ) -> MailboxPage.Form {
        let words =
            provider.map { wording.text("mailbox.servers.known", ["imap": $0.imap.host, "smtp": $0.smtp.host]) }
            ?? wording.text("mailbox.servers.looked", ["domain": "estudio-quiroga.example"])
        let server = MailboxPage.Server(host: "", port: "", security: "", wording: wording)
        let permission = MailboxPage.Permission(
            isOpen: provider?.demands.contains(.signIn) == true, returnAddress: "https://mesa.example.com/connect/mailbox/return",
            authorizationURL: provider?.authorization?.address ?? "", tokenURL: provider?.authorization?.tokenURL ?? "",
            scope: provider?.authorization?.scope ?? "", clientID: "")
        return MailboxPage.Form(
            path: "/connect/mailbox/drafts/5f1e", address: address, name: Field(address), provider: provider,
            keepsPassword: keepsPassword,
            servers: .init(
                words: words, isOpen: isOpen,
                providers: [
                    Choice(value: "", label: wording.text("mailbox.servers.byAddress"), isChosen: true),
                    Choice(value: "google", label: "Gmail / Google Workspace"), Choice(value: "microsoft365", label: "Microsoft 365"),
                ], imap: server, smtp: server, username: "", authority: ""), permission: permission, wording: wording)
    }

    private var sampleGoogle: MailProvider {
        MailProvider(
            id: "google", name: "Gmail", domains: [], imap: .init("imap-mail.gmail.example", 993, "tls"),
            smtp: .init("smtp-mail.gmail.example", 465, "tls"), demands: [.appPassword], help: "https://myaccount.google.com/apppasswords")
    }

    private var sampleMicrosoft: MailProvider {
        MailProvider(
            id: "outlook", name: "Outlook.com", domains: [], imap: .init("outlook.office365.com", 993, "tls"),
            smtp: .init("smtp-mail.outlook.com", 587, "starttls"), demands: [.signIn, .switchOn],
            help: "https://support.microsoft.com/",
            authorization: .init(
                address: "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
                tokenURL: "https://login.microsoftonline.com/common/oauth2/v2.0/token",
                scope: "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access"))
    }
}
