package import DeskCore

/// A mail (RFC 5322 and MIME) as it was received, read as far as it goes. Nothing in it is trusted: who sent it, what its files are
/// called and which type they have is what the mail says of itself.
package struct Mail: Sendable {
    /// All fields of the header, for whoever looks for one that has no property here.
    package var headers: HeaderFields
    /// The parts that are no containers, in their order; a mail within the mail is one part.
    package var parts: [MailPart]
    /// What of the mail could not be read.
    package var damage: Set<MailDamage>
    /// The text that was written as text; nil if the mail has none. Lines end with LF.
    package var text: String?
    /// What stands where parts were announced and never come; nil as a rule.
    package var strayText: String?
    /// The HTML of the mail, one after the other if there are several; nil if it has none. Never show it as it is.
    package var html: String?

    /// Without its encoding, on one line; nil if missing or empty.
    package var subject: String? { headers.nonEmptyText("Subject") }

    /// When the sender says that it was sent; nil if the header says no valid date.
    package var date: Instant? { headers.first("Date").flatMap { MailDate.instant(in: $0.bytes) } }

    /// Without angle brackets; nil if missing.
    package var messageID: String? { headers.first("Message-ID").flatMap { MessageIdentifiers.single(in: $0.bytes) } }

    /// The mails that this one answers, without angle brackets.
    package var inReplyTo: [String] { identifiers("In-Reply-To") }

    /// The thread so far, oldest first, without angle brackets.
    package var references: [String] { identifiers("References") }

    package var from: [MailAddress] { addresses("From") }
    package var sender: [MailAddress] { addresses("Sender") }
    package var replyTo: [MailAddress] { addresses("Reply-To") }
    package var to: [MailAddress] { addresses("To") }
    package var cc: [MailAddress] { addresses("Cc") }

    /// The parts that are not the mail's own text: files, pictures, calendar entries, mails within.
    package var attachments: [MailPart] { parts.filter { $0.role == .attachment } }

    private func identifiers(_ name: String) -> [String] {
        headers.all(name).flatMap { MessageIdentifiers.all(in: $0.bytes) }
    }

    private func addresses(_ name: String) -> [MailAddress] {
        headers.all(name).flatMap { AddressList.addresses(in: $0.bytes) }
    }
}

/// Why a mail is not shown whole. Its source stays at hand in any case.
package enum MailDamage: String, Hashable, Sendable {
    /// Nothing in it looks like a header; all of it is shown as text.
    case noHeader = "no_header"
    /// Parts were announced that don't come (`strayText`).
    case missingParts = "missing_parts"
    /// Parts in parts in parts, beyond the limit.
    case tooDeep = "too_deep"
    case tooManyParts = "too_many_parts"
    case tooManyFields = "too_many_fields"
    case tooLarge = "too_large"
}
