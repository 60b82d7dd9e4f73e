/// What a mail says beside its text: who it names, which thread it belongs to, and what is folded away when it is shown.
package struct MailContent: Hashable, Sendable, Codable {
    /// As it was written, without its encoding; empty for none.
    package var subject: String
    package var from: [MailParty]
    package var to: [MailParty]
    package var cc: [MailParty]
    package var replyTo: [MailParty]
    /// Of this mail, without angle brackets; never an identity, since anybody may write any.
    package var messageID: String?
    /// The mails that it says it answers, without angle brackets: the thread so far, oldest first, and what it answers last.
    package var references: [String]
    /// Nil: somebody wrote it.
    package var automation: MailAutomation?
    /// The whole text in its order, so that what is folded can be unfolded; empty where `MessageContent.text` is all there is.
    package var blocks: [MailBlock]
    /// What the receiving server found out about the sender; nil where it says nothing.
    package var authentication: MailAuthentication?
    package var warnings: [MailWarning]
    package var protection: MailProtectionKind?
    /// An entry of a calendar that came with it.
    package var calendar: MailCalendar?
    /// Whether there is HTML to be shown beside the text.
    package var hasHTML: Bool
    /// How many pictures the HTML wants from elsewhere, which would tell the sender who reads when and where; nil where nobody counted.
    package var remoteImages: Int?
    /// SHA-256 of the mail as it came, in lower-case hexadecimal: it is in the blob store. Nil for mails of ours.
    package var source: String?
    /// Whether only the beginning was brought from the server, because all of it is larger than the desk takes.
    package var isTruncated: Bool

    package init(
        subject: String, from: [MailParty] = [], to: [MailParty] = [], cc: [MailParty] = [], replyTo: [MailParty] = [],
        messageID: String? = nil, references: [String] = [], automation: MailAutomation? = nil, blocks: [MailBlock] = [],
        authentication: MailAuthentication? = nil, warnings: [MailWarning] = [], protection: MailProtectionKind? = nil,
        calendar: MailCalendar? = nil, hasHTML: Bool = false, remoteImages: Int? = nil, source: String? = nil, isTruncated: Bool = false
    ) {
        self.subject = subject
        self.from = from
        self.to = to
        self.cc = cc
        self.replyTo = replyTo
        self.messageID = messageID
        self.references = references
        self.automation = automation
        self.blocks = blocks
        self.authentication = authentication
        self.warnings = warnings
        self.protection = protection
        self.calendar = calendar
        self.hasHTML = hasHTML
        self.remoteImages = remoteImages
        self.source = source
        self.isTruncated = isTruncated
    }
}

/// Somebody whom a mail names, in the mail's own words.
package struct MailParty: Hashable, Sendable, Codable {
    /// Empty for none.
    package var name: String
    package var address: String

    package init(name: String = "", address: String) {
        self.name = name
        self.address = address
    }

    /// What two addresses are compared by: in practice no mailbox tells cases apart.
    package var key: String { address.lowercased() }

    /// As the desk tells people by.
    package var identity: ProviderIdentity { ProviderIdentity(.mailAddress, key) }
}

/// A stretch of a mail's text.
package struct MailBlock: Hashable, Sendable, Codable {
    package enum Kind: String, Hashable, Sendable, Codable {
        /// Written for this mail.
        case reply
        /// Older mails that it repeats.
        case quoted
        case signature
    }

    package var kind: Kind
    package var text: String

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}

/// Why nobody waits for an answer to a mail (RFC 3834). It is shown, not owed, and never answered by a machine.
package enum MailAutomation: String, Hashable, Sendable, Codable, CaseIterable {
    /// Out of office, “we got your mail”.
    case automaticAnswer = "automatic_answer"
    /// Made by a machine on its own account: invoices, alarms.
    case notification
    /// To many: lists and newsletters.
    case list
    /// A mail of ours did not arrive.
    case bounce
    /// A mail of ours has not arrived yet.
    case delay
    /// A mail of ours arrived, or was opened.
    case receipt
    /// Somebody called a mail of ours abuse (RFC 5965).
    case complaint

    /// Whether it tells what became of a mail of ours.
    package var isReport: Bool {
        switch self {
        case .bounce, .delay, .receipt, .complaint: true
        case .automaticAnswer, .notification, .list: false
        }
    }
}

/// What the trusted receiving server says of a sender (RFC 8601): `pass`, `fail`, `none` and so on, in lower case; nil where it says nothing.
package struct MailAuthentication: Hashable, Sendable, Codable {
    package var dmarc: String?
    package var spf: String?
    package var dkim: String?
    /// Who says so.
    package var server: String

    package init(dmarc: String?, spf: String?, dkim: String?, server: String) {
        self.dmarc = dmarc
        self.spf = spf
        self.dkim = dkim
        self.server = server
    }
}

/// What somebody who answers a mail should see before they do.
package enum MailWarning: String, Hashable, Sendable, Codable, CaseIterable {
    /// The sender's name shows another address than the real one.
    case nameFeignsAddress = "name_feigns_address"
    /// The receiving server found that the sender's domain did not send it (DMARC, RFC 7489).
    case failedAuthentication = "failed_authentication"
    /// It says that it comes from an address of this inbox, and did not come from here.
    case feignsOwnAddress = "feigns_own_address"
    /// It says that it comes from somebody who works at this desk.
    case feignsMember = "feigns_member"
    /// It asks for answers at an address of another domain, to which none is sent.
    case answersElsewhere = "answers_elsewhere"
    /// It answers a mail that went to somebody else.
    case answersAnother = "answers_another"
}

/// How a mail is protected: recognised, not verified, and not opened.
package enum MailProtectionKind: String, Hashable, Sendable, Codable {
    case signed, encrypted
}
