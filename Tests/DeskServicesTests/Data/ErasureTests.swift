import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// Erasing a contact: nothing of them is left, and the ledger still proves everything.
struct ErasureTests {
    private static let words = "Mi clave es golondrina"

    @Test func leavesNothingOfTheContactAndKeepsTheLedgerWhole() async throws {
        let desk = try await Desk.open()
        let contact = try await desk.conversationThatIsAnswered(Self.words)

        try await desk.erase(contact)

        #expect(try await desk.read { try $0.contacts.contact(contact) } == nil)
        #expect(try await desk.read { try $0.operations.messages(after: nil, limit: 10) }.isEmpty)
        let found = try await desk.read { [scope = desk.sample.scope] in
            try $0.search.search("golondrina", scope: scope, limit: 10, cursor: nil)
        }
        #expect(found.items.isEmpty)
        #expect(try await desk.ledgerKinds().last == .contactErased)
        #expect(try await VerifyLedger(desk.storage).verify(desk.workspace).fault == nil)
    }

    @Test func letsTheRawEventsGoThatNameTheContactAndNoOthers() async throws {
        let desk = try await Desk.open()
        let contact = try await desk.conversationThatIsAnswered(Self.words)
        let (workspace, inbox, now) = (desk.workspace.id, desk.inbox.id, desk.now)
        try await desk.write { session in
            for (id, body) in [("1", #"{"from":"5491155550001"}"#), ("2", #"{"from":"5491155550002"}"#)] {
                try session.rawEvents.insert(
                    RawEvent(
                        id: RawEvent.ID("z\(id)"), workspace: workspace, inbox: inbox, receivedAt: now, body: Array(body.utf8),
                        outcome: .projected))
            }
        }

        try await desk.erase(contact)

        let left = try await desk.read { try $0.data.understoodEvents(of: inbox, after: nil, limit: 100) }
        #expect(left.map(\.id).contains(RawEvent.ID("z2")))
        #expect(!left.map(\.id).contains(RawEvent.ID("z1")))
        #expect(try await desk.read { try $0.data.eventsRemovedAt(in: workspace) } == desk.now)
    }

    @Test func removesFilesThatNobodyElseSent() async throws {
        let desk = try await Desk.open()
        let blobs = MemoryBlobs()
        let (own, shared) = (try await blobs.store([1, 2, 3]), try await blobs.store([4, 5, 6]))
        let marta = try await desk.sample.meet("Marta", identities: [ProviderIdentity(.phone, "5491100000001")])
        let luis = try await desk.sample.meet("Luis", identities: [ProviderIdentity(.phone, "5491100000002")])
        try await desk.says(files: [own, shared], in: marta.conversation)
        try await desk.says(files: [shared], in: luis.conversation)

        try await EraseContact(desk.context, blobs: blobs).erase(marta.contact.id, for: .operatorRequest)

        #expect(try await blobs.read(shared) == [4, 5, 6])
        await #expect(throws: DeskError.self) { try await blobs.read(own) }
    }

    @Test func waitsForAReplyThatIsOnItsWay() async throws {
        let desk = try await Desk.open()
        try await desk.writes(Self.words, id: "wamid.1")
        let contact = try await desk.conversation().contact
        _ = try await desk.reply()

        #expect(await code { try await desk.erase(contact) } == .invalidRequest)

        #expect(try await desk.messages().count == 2)
    }

    @Test func isThePrincipalsAlone() async throws {
        let desk = try await Desk.open()
        let contact = try await desk.conversationThatIsAnswered(Self.words)
        let erasing = EraseContact(desk.context, blobs: MemoryBlobs())
        #expect(await code { try await erasing.erase(contact, for: .request(by: desk.assistant.id)) } == .outOfGrant)
        #expect(try await !desk.messages().isEmpty)
    }

    @Test func somebodyWhoWritesAgainIsANewContact() async throws {
        let desk = try await Desk.open()
        let contact = try await desk.conversationThatIsAnswered(Self.words)
        try await desk.erase(contact)

        try await desk.writes("¿Hola?", id: "wamid.9")

        #expect(try await desk.conversation().contact != contact)
        #expect(try await desk.messages().map(\.content.text) == ["¿Hola?"])
        #expect(try await desk.isOwed())
    }
}

/// What a workspace keeps no longer goes by itself, and what is owed never does.
struct RetentionTests {
    @Test func whatIsFinishedGoesWhenItsDaysAreOver() async throws {
        let desk = try await Desk.open()
        let contact = try await desk.conversationThatIsAnswered("Gracias")
        try await desk.keeps(conversationDays: 30)

        desk.time.advance(by: .hours(24 * 29))
        #expect(try await desk.keepRetention().contacts == 0)
        desk.time.advance(by: .hours(48))
        #expect(try await desk.keepRetention().contacts == 1)

        #expect(try await desk.read { try $0.contacts.contact(contact) } == nil)
        #expect(try await desk.ledger().last?.details["cause"] == "retention")
    }

    @Test func whatIsOwedStaysHoweverOldItIs() async throws {
        let desk = try await Desk.open()
        try await desk.writes("¿Y mi pedido?", id: "wamid.1")
        try await desk.keeps(conversationDays: 1)
        desk.time.advance(by: .hours(24 * 400))
        #expect(try await desk.keepRetention().contacts == 0)
        #expect(try await desk.isOwed())
    }

    @Test func rawEventsGoAndWhatNobodyUnderstoodStays() async throws {
        let desk = try await Desk.open()
        let (workspace, inbox, now) = (desk.workspace.id, desk.inbox.id, desk.now)
        try await desk.write { session in
            let outcomes: [RawEventOutcome] = [.projected, .ignored(reason: "x"), .quarantined(reason: "y"), .pending]
            for (index, outcome) in outcomes.enumerated() {
                try session.rawEvents.insert(
                    RawEvent(
                        id: RawEvent.ID("z\(index)"), workspace: workspace, inbox: inbox, receivedAt: now, body: [1], outcome: outcome))
            }
        }
        try await desk.keeps(rawEventDays: 7)
        desk.time.advance(by: .hours(24 * 8))
        #expect(try await desk.keepRetention().events == 2)
    }

    @Test func nothingGoesUntilSomebodySaysSo() async throws {
        let desk = try await Desk.open()
        _ = try await desk.conversationThatIsAnswered("Gracias")
        desk.time.advance(by: .hours(24 * 4_000))
        #expect(try await desk.keepRetention().contacts == 0)
    }

    @Test(arguments: [0, -1, 3_651])
    func daysOutOfRangeAreRefused(days: Int) async throws {
        let desk = try await Desk.open()
        #expect(await code { try await desk.keeps(conversationDays: days) } == .invalidRequest)
        let workspace = desk.workspace.id
        let kept: Retention = try await desk.read { try $0.data.retention(of: workspace) }
        #expect(kept == Retention.everything)
    }
}

extension Desk {
    fileprivate func conversationThatIsAnswered(_ text: String) async throws -> Contact.ID {
        try await writes(text, id: "wamid.1")
        let reply = try await reply()
        await deliver()
        #expect(try await delivery(of: reply) == .accepted)
        return try await conversation().contact
    }

    fileprivate func erase(_ contact: Contact.ID) async throws {
        try await EraseContact(context, blobs: MemoryBlobs()).erase(contact, for: .request(by: principal.id))
    }

    fileprivate func says(files: [String], in conversation: Conversation) async throws {
        var changed = conversation
        var message = sample.build.message(.inbound, "", in: &changed)
        message.content = MessageContent(kind: .document)
        message.content.attachments = files.map { Attachment(kind: .document, blob: $0) }
        let (stored, after, workspace, inbox) = (message, changed, workspace.id, inbox.id)
        try await write { session in
            _ = try session.messages.insert(stored, workspace: workspace, inbox: inbox, replyKey: nil)
            try session.conversations.update(after)
        }
    }

    fileprivate func keeps(conversationDays: Int? = nil, rawEventDays: Int? = nil) async throws {
        let retention = Retention(conversationDays: conversationDays, rawEventDays: rawEventDays)
        try await SetRetention(context).set(retention, of: workspace.id, by: principal.id)
    }

    fileprivate func keepRetention() async throws -> (contacts: Int, events: Int) {
        try await KeepRetention(context, blobs: MemoryBlobs()).keep()
    }
}
