import DeskCore
import DeskServices
import DeskTesting
import Testing

/// One message, proved by itself: to somebody who sees nothing else of the ledger.
struct ReceiptTests {
    private let keys = MemoryHeadKeys()

    @Test func aReplyIsProvedFromTheQuestionToTheAnswer() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        await desk.deliver()
        let receipt = try await prove(desk).receipt(for: reply.id, in: desk.workspace.id)
        let key = try #require(try await keys.key(of: desk.workspace.id))
        #expect(try receipt.verify(by: [key]).size >= receipt.entries.map(\.sequence).max() ?? .max)
        #expect(Set(receipt.entries.map(\.kind)).isSuperset(of: ["reply_recorded", "attempt_changed", "obligation_ended"]))
    }

    @Test func theNewestHeadIsTakenWhenItCovers() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let message = try #require(try await desk.messages().first)
        let head = try #require(try await MakeHeads(desk.storage, time: desk.time, signing: keys).make(of: desk.workspace.id))
        try await desk.fill(entries: 10)
        #expect(try await prove(desk).receipt(for: message.id, in: desk.workspace.id).signedHead == head.note)
    }

    @Test(arguments: [1, 300, 2_000])
    func aMessageInALongLedgerIsProved(entries: Int) async throws {
        let desk = try await Desk.open()
        try await desk.fill(entries: entries / 2)
        try await MakeHeads(desk.storage, time: desk.time, signing: keys).make(of: desk.workspace.id)
        try await desk.writes(id: "wamid.1")
        try await desk.fill(entries: entries)
        let message = try #require(try await desk.messages().first)
        let receipt = try await prove(desk).receipt(for: message.id, in: desk.workspace.id)
        let key = try #require(try await keys.key(of: desk.workspace.id))
        try receipt.verify(by: [key])
    }

    /// The ledger says nothing about a note, even where it stands between two messages of what is owed.
    @Test func nothingIsProvedOfANote() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let conversation = try #require(try await desk.messages().first).conversation
        let note = try await TendConversation(desk.context).addNote("Es buena clienta", to: conversation, by: desk.principal.id)
        try await desk.writes(id: "wamid.2")
        #expect(await code { _ = try await prove(desk).receipt(for: note.id, in: desk.workspace.id) } == .notFound)
    }

    @Test func nothingIsProvedOfAMessageThatIsNotThere() async throws {
        let desk = try await Desk.open()
        #expect(await code { _ = try await prove(desk).receipt(for: Message.ID("none"), in: desk.workspace.id) } == .notFound)
    }

    /// Nobody who has only the ledger learns what was written, to whom, or who signed by what name.
    @Test func theLedgerSaysNothingThatCanBeErased() async throws {
        let desk = try await Desk.open()
        try await desk.writes("Mi dirección es Callao 123", id: "wamid.1")
        _ = try await desk.reply("Se lo llevamos a Callao 123")
        await desk.deliver()
        let said = try await desk.ledger().flatMap { [$0.subject] + $0.details.values }.joined(separator: "\n")
        let contact = try await desk.contact()
        let erasable = ["Callao", contact.name ?? "Marta"] + contact.identities.map(\.value)
        for word in erasable { #expect(!said.contains(word)) }
        for identity in contact.identities { #expect(!said.contains(Digest.of(identity.value))) }
        let digest = try await desk.attempt(of: #require(try await desk.messages().last)).recipient.digest
        #expect(!said.contains(digest))
    }

    @Test func whoeverHasTheSaltCanShowWhatWasReceived() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let message = try #require(try await desk.messages().first)
        let entry = try #require(try await desk.ledger().first { $0.kind == .messageReceived })
        let salt = try #require(message.commitmentSalt)
        #expect(entry.details["content"] == LedgerCommitment(salt: salt).content(of: message))
        try await desk.writes(id: "wamid.2")
        #expect(Set(try await desk.messages().map(\.commitmentSalt)).count == 2)
    }

    private func prove(_ desk: Desk) -> ProveMessage { ProveMessage(desk.context, signing: keys) }
}
