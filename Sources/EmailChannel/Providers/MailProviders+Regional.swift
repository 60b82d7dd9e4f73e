import DeskCore

extension MailProviders {
    /// Hosts whose customers have domains of their own have none here: they are chosen by name.
    static let european: [MailProvider] = [
        MailProvider(
            id: "gmx", name: "GMX", domains: ["gmx.com", "gmx.us", "gmx.co.uk", "gmx.es", "gmx.pt", "gmx.com.br", "gmx.fr", "gmx.it"],
            imap: .init("imap.gmx.com", 993, "tls"),
            smtp: .init("mail.gmx.com", 465, "tls"), demands: [.switchOn]),
        MailProvider(
            id: "gmx-net", name: "GMX (gmx.net)", domains: ["gmx.net", "gmx.de", "gmx.at", "gmx.ch", "gmx.eu"],
            imap: .init("imap.gmx.net", 993, "tls"), smtp: .init("mail.gmx.net", 465, "tls"), demands: [.switchOn]),
        MailProvider(
            id: "web.de", name: "WEB.DE", domains: ["web.de"], imap: .init("imap.web.de", 993, "tls"),
            smtp: .init("smtp.web.de", 587, "starttls"), demands: [.switchOn]),
        MailProvider(
            id: "ionos-es", name: "IONOS (España, México)", domains: [], imap: .init("imap.ionos.es", 993, "tls"),
            smtp: .init("smtp.ionos.es", 465, "tls")),
        MailProvider(
            id: "ionos", name: "IONOS (ionos.com)", domains: [], imap: .init("imap.ionos.com", 993, "tls"),
            smtp: .init("smtp.ionos.com", 465, "tls")),
        MailProvider(
            id: "ovh", name: "OVHcloud (MX Plan)", domains: [], imap: .init("ssl0.ovh.net", 993, "tls"),
            smtp: .init("ssl0.ovh.net", 465, "tls")),
        MailProvider(
            id: "strato", name: "STRATO", domains: [], imap: .init("imap.strato.de", 993, "tls"), smtp: .init("smtp.strato.de", 465, "tls")),
        MailProvider(
            id: "mailbox.org", name: "mailbox.org", domains: ["mailbox.org"], imap: .init("imap.mailbox.org", 993, "tls"),
            smtp: .init("smtp.mailbox.org", 465, "tls")),
        MailProvider(
            id: "posteo", name: "Posteo", domains: ["posteo.de", "posteo.net", "posteo.eu"], imap: .init("posteo.de", 993, "tls"),
            smtp: .init("posteo.de", 465, "tls")),
    ]

    static let american: [MailProvider] = [
        MailProvider(
            id: "hostinger", name: "Hostinger", domains: [], imap: .init("imap.hostinger.com", 993, "tls"),
            smtp: .init("smtp.hostinger.com", 465, "tls")),
        MailProvider(
            id: "locaweb", name: "Locaweb", domains: [], imap: .init("email-ssl.com.br", 993, "tls"),
            smtp: .init("email-ssl.com.br", 465, "tls")),
        MailProvider(
            id: "uol", name: "UOL", domains: ["uol.com.br"], imap: .init("imap.uol.com.br", 993, "tls"),
            smtp: .init("smtps.uol.com.br", 587, "starttls"), username: .localPart, demands: [.switchOn],
            help: "http://email.uol.com.br/ajuda/imap.jhtm"),
        MailProvider(
            id: "bol", name: "BOL", domains: ["bol.com.br"], imap: .init("imap.bol.com.br", 993, "tls"),
            smtp: .init("smtps.bol.com.br", 465, "tls"), username: .localPart),
        MailProvider(
            id: "terra-br", name: "Terra (Brasil)", domains: ["terra.com.br"], imap: .init("imap.terra.com.br", 993, "tls"),
            smtp: .init("smtp.terra.com.br", 587, "starttls")),
    ]
}
