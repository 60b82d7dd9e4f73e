import DeskCore
import Testing

/// Wherever a message or a contact carries words or numbers, they are covered.
struct MaskedContentTests {
    private static let phone = "+54 9 11 4567-8901"
    private static let address = "ana@example.org"
    private static let telling = "llamame al \(phone) o a \(address)"

    @Test func everyPlaceOfAMessageThatPeopleReadIsCovered() {
        let content = MessageContent(
            kind: .text, text: Self.telling, attachments: [Attachment(kind: .document, fileName: "\(Self.address).pdf")],
            location: Location(latitude: 1, longitude: 2, name: Self.telling, address: Self.telling, url: Self.telling),
            sharedContacts: [
                SharedContact(name: Self.telling, phones: [Self.phone, "911"], emails: [Self.address], organization: Self.telling)
            ],
            payload: Self.telling, referral: Referral(headline: Self.telling, body: Self.telling, welcomeText: Self.telling),
            form: [FormAnswer(name: "telefono", value: Self.phone)])
        let told = "\(content.masked)"
        for secret in ["4567", "891", "ana@", "example", "911"] { #expect(!told.contains(secret), "\(secret) in \(told)") }
        #expect(content.masked.form?.map(\.name) == ["telefono"])
        #expect(content.masked.location?.latitude == 1)
    }

    @Test func everyPlaceOfAMailIsCoveredAndWhatCannotBeIsGone() {
        let party = MailParty(name: Self.telling, address: "ana@intranet")
        let mail = MailContent(
            subject: Self.telling, from: [party], to: [party], cc: [party], replyTo: [party], messageID: Self.address,
            references: [Self.address], automation: .list, blocks: [MailBlock(.quoted, Self.telling)], warnings: [.feignsMember],
            protection: .signed,
            calendar: MailCalendar(purpose: .invitation, title: Self.telling, place: Self.telling, organizer: party), hasHTML: true,
            remoteImages: 2, source: Self.address, isTruncated: true)
        let masked = MessageContent(kind: .email, mail: mail).masked.mail
        let told = "\(String(describing: masked))"
        for secret in ["4567", "891", "ana@", "example", "intranet"] { #expect(!told.contains(secret), "\(secret) in \(told)") }
        #expect(masked?.messageID == nil && masked?.references == [] && masked?.source == nil && masked?.hasHTML == false)
        #expect(masked?.blocks.map(\.kind) == [.quoted] && masked?.from.count == 1 && masked?.isTruncated == true)
        #expect(masked?.calendar?.purpose == .invitation)
        #expect(masked?.automation == .list && masked?.warnings == [.feignsMember] && masked?.protection == .signed)
    }

    /// Otherwise a part that comes later would be shown by being forgotten.
    @Test func everyPlaceThatHoldsWordsIsLookedAt() {
        let known: Set = [
            "kind", "text", "attachments", "location", "sharedContacts", "order", "payload", "quotedProviderID", "referral", "isForwarded",
            "isForwardedOften", "providerErrorCodes", "form", "product", "providerKind", "sharedContactsOrigin", "mail",
        ]
        let parts = Set(Mirror(reflecting: MessageContent(kind: .text)).children.compactMap(\.label))
        #expect(parts == known, "Say in MessageContent.masked what becomes of the new part, then name it here.")
    }

    @Test func aContactsNameAndAddressesAreCovered() {
        let contact = Contact(
            id: Sample.contact, workspace: Sample.workspace, name: "Ana 1145678901",
            identities: [ProviderIdentity(.phone, "5491145678901"), ProviderIdentity(.opaque, Self.address)])
        #expect(contact.masked.name == "Ana ••••••••01")
        #expect(contact.masked.identities.map(\.value) == ["•••••••••••01", "a••@•••••••.•••"])
        #expect(contact.masked.identities.map(\.scheme) == [.phone, .opaque])
    }

    /// A name that nobody gave is the number, and that is covered as well.
    @Test func whoHasNoNameIsCalledByACoveredNumber() {
        let contact = Contact(
            id: Sample.contact, workspace: Sample.workspace, name: nil, identities: [ProviderIdentity(.phone, "5491145678901")])
        #expect(contact.masked.displayName == "•••••••••••01")
    }

    @Test(arguments: [("5491145678901", "•••••••••••01"), ("1234567", "•••••67"), ("123456", "••••••"), ("911", "•••"), ("", "")])
    func ofATelephoneNumberTwoDigitsStayUnlessItIsShort(number: String, covered: String) {
        #expect(Mask.identity(ProviderIdentity(.phone, number)) == ProviderIdentity(.phone, covered))
    }

    @Test func aMessageKeepsWhatItIsButNotWhatItTells() {
        var message = Sample.message()
        message.content.text = Self.telling
        #expect(message.masked.id == message.id && message.masked.position == message.position)
        #expect(message.masked.content.text == Mask.text(Self.telling))
    }

    @Test func aPromiseIsCovered() throws {
        let promise = Commitment.Promise(text: "te llamo al 1145678901", dueAt: .noon(plus: .hours(1)))
        let commitment = Commitment(
            id: Commitment.ID("commitment"), workspace: Sample.workspace, promise: promise, in: Sample.message(.outbound),
            by: Sample.member,
            answerTarget: Sample.answerTarget)
        #expect(commitment.masked.text == "te llamo al ••••••••01")
        #expect(commitment.masked.dueAt == commitment.dueAt)
    }
}
