import DeskCore

extension MailProviders {
    static let worldwide: [MailProvider] = [
        google, outlook, microsoft365, iCloud, yahoo, aol, zoho, zohoEurope, fastmail, proton, yandex, mailCom,
    ]

    /// https://support.google.com/mail/answer/7126229; a password of the account is refused since May 2025.
    private static let google = MailProvider(
        id: "google", name: "Gmail / Google Workspace", domains: ["gmail.com", "googlemail.com"],
        imap: .init("imap.gmail.com", 993, "tls"), smtp: .init("smtp.gmail.com", 465, "tls"), demands: [.appPassword],
        help: "https://myaccount.google.com/apppasswords",
        authorization: .init(
            address: "https://accounts.google.com/o/oauth2/v2/auth", tokenURL: "https://oauth2.googleapis.com/token",
            scope: "https://mail.google.com/", parameters: ["access_type": "offline", "prompt": "consent"]), storesSentMails: true)

    /// https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
    private static let microsoft = MailProvider.Authorization(
        address: "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        tokenURL: "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        scope: "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access")

    private static let outlook = MailProvider(
        id: "outlook", name: "Outlook.com / Hotmail", domains: ["outlook.com", "hotmail.com", "live.com", "msn.com", "windowslive.com"],
        imap: .init("outlook.office365.com", 993, "tls"), smtp: .init("smtp-mail.outlook.com", 587, "starttls"),
        demands: [.signIn, .switchOn],
        help: "https://support.microsoft.com/office/pop-imap-and-smtp-settings-for-outlook-com-d088b986-291d-42b8-9564-9c414e2aa040",
        authorization: microsoft, storesSentMails: true)

    private static let microsoft365 = MailProvider(
        id: "microsoft365", name: "Microsoft 365", domains: ["onmicrosoft.com"], imap: .init("outlook.office365.com", 993, "tls"),
        smtp: .init("smtp.office365.com", 587, "starttls"), demands: [.signIn],
        help:
            "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online",
        authorization: microsoft, storesSentMails: true)

    /// https://support.apple.com/102525: the name is the part before the @ for IMAP, and the address works for both.
    private static let iCloud = MailProvider(
        id: "icloud", name: "iCloud", domains: ["icloud.com", "me.com", "mac.com"], imap: .init("imap.mail.me.com", 993, "tls"),
        smtp: .init("smtp.mail.me.com", 587, "starttls"), demands: [.appPassword], help: "https://support.apple.com/102654")

    private static let yahoo = MailProvider(
        id: "yahoo", name: "Yahoo", domains: ["yahoo.com", "ymail.com", "myyahoo.com", "rocketmail.com"],
        imap: .init("imap.mail.yahoo.com", 993, "tls"), smtp: .init("smtp.mail.yahoo.com", 465, "tls"), demands: [.appPassword],
        help: "https://help.yahoo.com/kb/SLN15241.html")

    private static let aol = MailProvider(
        id: "aol", name: "AOL", domains: ["aol.com", "aim.com"], imap: .init("imap.aol.com", 993, "tls"),
        smtp: .init("smtp.aol.com", 465, "tls"), demands: [.appPassword],
        help: "https://help.aol.com/articles/Create-and-manage-app-password")

    private static let zoho = MailProvider(
        id: "zoho", name: "Zoho (zoho.com)", domains: ["zoho.com", "zohomail.com"], imap: .init("imap.zoho.com", 993, "tls"),
        smtp: .init("smtp.zoho.com", 465, "tls"), demands: [.switchOn], help: "https://www.zoho.com/mail/help/imap-access.html")

    private static let zohoEurope = MailProvider(
        id: "zoho-eu", name: "Zoho (zoho.eu)", domains: ["zoho.eu", "zohomail.eu"], imap: .init("imap.zoho.eu", 993, "tls"),
        smtp: .init("smtp.zoho.eu", 465, "tls"), demands: [.switchOn], help: "https://www.zoho.com/mail/help/imap-access.html")

    private static let fastmail = MailProvider(
        id: "fastmail", name: "Fastmail", domains: ["fastmail.com", "fastmail.fm", "messagingengine.com"],
        imap: .init("imap.fastmail.com", 993, "tls"), smtp: .init("smtp.fastmail.com", 465, "tls"), demands: [.appPassword],
        help: "https://www.fastmail.help/hc/en-us/articles/360058752854")

    /// The bridge decrypts on this machine, and shows a password of its own.
    private static let proton = MailProvider(
        id: "proton", name: "Proton Mail", domains: ["proton.me", "protonmail.com", "protonmail.ch", "pm.me"],
        imap: .init("127.0.0.1", 1_143, "starttls"), smtp: .init("127.0.0.1", 1_025, "starttls"), demands: [.bridge],
        help: "https://proton.me/mail/bridge", storesSentMails: true)

    private static let yandex = MailProvider(
        id: "yandex", name: "Yandex", domains: ["yandex.com", "yandex.ru", "ya.ru"], imap: .init("imap.yandex.com", 993, "tls"),
        smtp: .init("smtp.yandex.com", 465, "tls"), demands: [.appPassword, .switchOn],
        help: "https://yandex.com/support/id/authorization/app-passwords.html")

    private static let mailCom = MailProvider(
        id: "mail.com", name: "mail.com", domains: ["mail.com", "email.com"], imap: .init("imap.mail.com", 993, "tls"),
        smtp: .init("smtp.mail.com", 587, "starttls"), demands: [.switchOn])
}
