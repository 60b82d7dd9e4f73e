import DeskCore
import DeskServices
import DeskTesting
import Testing

/// Who writes: known by what the provider calls them, exactly as received.
struct IdentityTests {
    private let phone = ProviderIdentity(.phone, "5491155550001")
    private let userID = ProviderIdentity(.businessScoped, "AR.13491208655302741918")

    @Test func whoHasNoPhoneIsAContactAllTheSame() async throws {
        let desk = try await Desk.open()
        let hidden = Correspondent(identities: [userID], username: "marta.ar")
        try await desk.writes(id: "wamid.1", from: hidden)
        _ = try await desk.reply(to: hidden)
        await desk.deliver()

        #expect(try await desk.contact(hidden).name == "marta.ar")
        #expect(desk.channels.sent.map(\.message.recipient) == [userID])
    }

    @Test func aPhoneThatAppearsLaterIsTheSameContacts() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1", from: Correspondent(identities: [userID]))
        try await desk.writes(id: "wamid.2", from: Correspondent(identities: [phone, userID]))
        try await desk.writes(id: "wamid.3", from: Correspondent(identities: [phone]))

        #expect(try await desk.messages(with: Correspondent(identities: [userID])).count == 3)
        #expect(try await desk.contact(Correspondent(identities: [phone])).identities == [phone, userID])
    }

    @Test func aPhoneOfAnotherContactIsNotTaken() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1", from: Correspondent(identities: [phone], name: "Marta"))
        try await desk.writes(id: "wamid.2", from: Correspondent(identities: [userID], name: "Bruno"))
        try await desk.writes(id: "wamid.3", from: Correspondent(identities: [userID, phone]))

        #expect(try await desk.contact(Correspondent(identities: [phone])).name == "Marta")
        #expect(try await desk.contact(Correspondent(identities: [userID])).identities == [userID])
        #expect(try await desk.messages(with: Correspondent(identities: [userID])).count == 2)
    }

    @Test(arguments: [("5491155550001", "541155550001"), ("5511955550002", "551155550002"), ("5215512345678", "525512345678")])
    func numbersThatLookAlikeAreDifferentPeople(one: String, other: String) async throws {
        let desk = try await Desk.open()
        let people = [one, other].map { Correspondent(identities: [ProviderIdentity(.phone, $0)]) }
        for (number, person) in people.enumerated() { try await desk.writes(id: "wamid.\(number)", from: person) }
        for person in people {
            _ = try await desk.reply(to: person)
            await desk.deliver()
        }
        #expect(desk.channels.sent.map(\.message.recipient.value) == [one, other])
    }

    @Test func whoMovesToANewNumberKeepsTheirConversation() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let moved = ProviderIdentity(.phone, "5491199999999")
        try await desk.receive(.moved(.marta, to: [moved], id: "wamid.notice"))

        #expect(try await desk.contact().identities == [moved, phone])
        #expect(try await desk.messages().map(\.direction) == [.inbound, .note])
        #expect(try await desk.isOwed())

        try await desk.writes(id: "wamid.2", from: Correspondent(identities: [moved]))
        #expect(try await desk.messages().count == 3)
    }

    @Test func aNoticeDeliveredTwiceIsOneLine() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let moved = ProviderIdentity(.phone, "5491199999999")
        for _ in 0..<2 { try await desk.receive(.moved(.marta, to: [moved], id: "wamid.notice")) }
        #expect(try await desk.messages().count == 2)
    }

    @Test func aNewNumberThatIsSomebodyElsesIsNotTaken() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.writes(id: "wamid.2", from: .bruno)
        try await desk.receive(.moved(.marta, to: Correspondent.bruno.identities, id: "wamid.notice"))
        #expect(try await desk.contact(.bruno).name == "Bruno")
        #expect(try await desk.contact(.marta).identities == [phone])
    }

    @Test func aNoticeAboutNobodyIsKeptForAPerson() async throws {
        let desk = try await Desk.open()
        try await desk.receive(.moved(Correspondent(identities: []), to: [], id: "wamid.notice"))
        #expect(try await desk.quarantined().count == 1)
    }

    @Test func aNewNameIsShownAndAMissingOneForgetsNothing() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.writes(id: "wamid.2", from: Correspondent(identities: [phone], name: "Marta Gómez"))
        try await desk.writes(id: "wamid.3", from: Correspondent(identities: [phone], name: ""))
        try await desk.writes(id: "wamid.4", from: Correspondent(identities: [phone]))
        #expect(try await desk.contact().name == "Marta Gómez")
    }
}
