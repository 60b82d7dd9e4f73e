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
    @OrNull var calendar: CalendarBody?
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
        calendar = mail.calendar.map(CalendarBody.init)
        hasHTML = mail.hasHTML
        isTruncated = mail.isTruncated
    }
}

/// An entry of a calendar that came with a mail, as programs see it.
struct CalendarBody: Encodable {
    let purpose: MailCalendar.Purpose
    let title: String
    let place: String
    @OrNull var organizer: MailBody.Party?
    @OrNull var start: String?
    @OrNull var end: String?
    let repeats: Bool

    init(_ entry: MailCalendar) {
        purpose = entry.purpose
        title = entry.title
        place = entry.place
        organizer = entry.organizer.map(MailBody.Party.init)
        start = entry.start.map(Self.text)
        end = entry.end.map(Self.text)
        repeats = entry.repeats
    }

    private static func text(_ moment: MailCalendar.Moment) -> String {
        switch moment {
        case .instant(let instant): instant.timestamp
        case .day(let date): date
        case .wall(let date, let minute):
            "\(date)T" + [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        }
    }
}
