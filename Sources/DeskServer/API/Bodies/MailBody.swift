import DeskCore

/// What a mail says beside its text, as programs see it.
struct MailBody: Encodable {
    struct Party: Encodable {
        let name: String
        let address: String

        init(_ party: MailParty) {
            name = party.name
            address = party.address
        }
    }

    struct Authentication: Encodable {
        @OrNull var dmarc: String?
        @OrNull var spf: String?
        @OrNull var dkim: String?
        let server: String

        init(_ results: MailAuthentication) {
            dmarc = results.dmarc
            spf = results.spf
            dkim = results.dkim
            server = results.server
        }
    }

    let subject: String
    let from: [Party]
    let to: [Party]
    let cc: [Party]
    let replyTo: [Party]
    @OrNull var messageID: String?
    @OrNull var automation: MailAutomation?
    let warnings: [MailWarning]
    @OrNull var authentication: Authentication?
    @OrNull var protection: MailProtectionKind?
    let hasHTML: Bool
    let isTruncated: Bool

    init(_ mail: MailContent) {
        subject = mail.subject
        from = mail.from.map(Party.init)
        to = mail.to.map(Party.init)
        cc = mail.cc.map(Party.init)
        replyTo = mail.replyTo.map(Party.init)
        messageID = mail.messageID
        automation = mail.automation
        warnings = mail.warnings
        authentication = mail.authentication.map(Authentication.init)
        protection = mail.protection
        hasHTML = mail.hasHTML
        isTruncated = mail.isTruncated
    }
}
