/// Covers personal data where somebody sees a text who may not see that (promise P5). What is left, the last digits, is enough to
/// tell one from another.
package enum Mask {
    private static let cover: Character = "•"

    /// A text in which everything is covered that `PersonalData` finds.
    package static func text(_ text: String) -> String {
        var characters = Array(text)
        let found = PersonalData.find(in: characters)
        guard !found.isEmpty else { return text }
        for data in found { cover(data, in: &characters) }
        return String(characters)
    }

    /// The same for the beginning of a longer text: words at its end go that may be the first part of a number or an address, as half
    /// of one is not recognised.
    package static func beginning(_ text: String) -> String {
        var words = text.split(whereSeparator: \.isWhitespace).dropLast()
        while words.last?.contains(where: \.isNumber) ?? false { words.removeLast() }
        return self.text(String(text[..<(words.last?.endIndex ?? text.startIndex)]))
    }

    /// One address of somebody, whatever its form.
    package static func identity(_ identity: ProviderIdentity) -> ProviderIdentity {
        let characters = Array(identity.value)
        let cover =
            switch identity.scheme {
            case .phone: String(covered(characters, leaving: characters.count > 6 ? 2 : 0))
            case .mailAddress: String(coveredAddress(characters))
            case .businessScoped, .opaque: text(identity.value)
            }
        return ProviderIdentity(identity.scheme, cover)
    }

    private static func cover(_ data: PersonalData, in characters: inout [Character]) {
        let stretch = Array(characters[data.range])
        let covered = data.kind == .email ? coveredAddress(stretch) : covered(stretch, leaving: data.kind == .phone ? 2 : 4)
        characters.replaceSubrange(data.range, with: covered)
    }

    private static func covered(_ stretch: [Character], leaving rest: Int) -> [Character] {
        let signs = stretch.indices.filter { stretch[$0].isLetterOrDigit }
        let hidden = Set(signs.dropLast(rest))
        return stretch.indices.map { hidden.contains($0) ? cover : stretch[$0] }
    }

    /// The first letter and the sign in the middle stay.
    private static func coveredAddress(_ stretch: [Character]) -> [Character] {
        stretch.indices.map { index in
            index == 0 || stretch[index] == "@" || stretch[index] == "." ? stretch[index] : cover
        }
    }
}

extension Contact {
    /// The contact for a viewer to whom numbers and addresses are covered.
    package var masked: Contact {
        var masked = self
        masked.name = name.map(Mask.text)
        masked.identities = identities.map(Mask.identity)
        return masked
    }
}

extension Message {
    /// The message for a viewer to whom numbers and addresses are covered. Providers' ids stay, for finding what is quoted; WhatsApp
    /// writes phone numbers in them, so that they are for the inside only.
    package var masked: Message {
        var masked = self
        masked.content = content.masked
        return masked
    }
}

extension Commitment {
    /// The promise for a viewer to whom numbers and addresses are covered.
    package var masked: Commitment { withText(Mask.text(text)) }
}

extension MessageContent {
    package var masked: MessageContent {
        var masked = self
        masked.text = Mask.text(text)
        masked.payload = payload.map(Mask.text)
        masked.attachments = attachments.map(\.masked)
        masked.sharedContacts = sharedContacts.map(\.masked)
        masked.form = form?.map { FormAnswer(name: $0.name, value: Mask.text($0.value)) }
        masked.location?.name = location?.name.map(Mask.text)
        masked.location?.address = location?.address.map(Mask.text)
        masked.location?.url = location?.url.map(Mask.text)
        masked.referral?.headline = referral?.headline.map(Mask.text)
        masked.referral?.body = referral?.body.map(Mask.text)
        masked.referral?.welcomeText = referral?.welcomeText.map(Mask.text)
        masked.mail = mail?.masked
        return masked
    }
}

extension MailContent {
    /// The mail for a viewer to whom numbers and addresses are covered. What can't be covered is not there: its HTML, the mail as it
    /// came, and the ids, in which many programs write addresses.
    fileprivate var masked: MailContent {
        MailContent(
            subject: Mask.text(subject), from: from.map(\.masked), to: to.map(\.masked), cc: cc.map(\.masked),
            replyTo: replyTo.map(\.masked),
            automation: automation, blocks: blocks.map { MailBlock($0.kind, Mask.text($0.text)) }, authentication: authentication,
            warnings: warnings, protection: protection, calendar: calendar?.masked, isTruncated: isTruncated)
    }
}

extension MailCalendar {
    fileprivate var masked: MailCalendar {
        MailCalendar(
            purpose: purpose, title: Mask.text(title), place: Mask.text(place), organizer: organizer?.masked, start: start, end: end,
            repeats: repeats)
    }
}

extension MailParty {
    fileprivate var masked: MailParty {
        MailParty(name: Mask.text(name), address: Mask.identity(identity).value)
    }
}

extension Attachment {
    fileprivate var masked: Attachment {
        var masked = self
        masked.fileName = fileName.map(Mask.text)
        return masked
    }
}

extension SharedContact {
    fileprivate var masked: SharedContact {
        SharedContact(
            name: name.map(Mask.text), phones: phones.map { Mask.identity(ProviderIdentity(.phone, $0)).value },
            emails: emails.map(Mask.text), organization: organization.map(Mask.text))
    }
}
