import DeskCore
import DeskServices
import DeskTesting
import Testing

/// The whole way of a message: it comes in, it is owed, it is answered, and the proof says so.
struct ReplyStoryTests {
    @Test func aMessageIsOwedUntilTheChannelAcceptsItsAnswer() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        #expect(try await desk.obligation()?.owedSince == desk.now)

        let reply = try await desk.reply("Sí, de todas las medidas")
        #expect(reply.delivery == .held)
        #expect(try await desk.isOwed())

        await desk.deliver()
        #expect(try await desk.delivery(of: reply) == .accepted)
        #expect(try await !desk.isOwed())
        #expect(desk.channels.sent.map(\.message.text) == ["Sí, de todas las medidas"])
        #expect(desk.channels.sent.map(\.message.recipient) == Correspondent.marta.identities)
        #expect(desk.channels.markedRead == ["wamid.1"])
    }

    @Test func theTicksFollowTheProvidersReports() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        await desk.deliver()

        for (stage, state) in [(StatusUpdate.Stage.sent, DeliveryState.accepted), (.read, .read), (.delivered, .read)] {
            try await desk.reports(stage, of: "sent-1")
            #expect(try await desk.delivery(of: reply) == state)
        }
        #expect(try await !desk.isOwed())
    }

    @Test func theLedgerTellsTheStoryInItsOrder() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        _ = try await desk.reply()
        await desk.deliver()
        try await desk.reports(.delivered, of: "sent-1")

        #expect(
            try await desk.ledgerKinds() == [
                .obligationOpened, .messageReceived, .replyRecorded, .attemptChanged, .attemptChanged, .obligationEnded, .attemptChanged,
            ])
        let states = try await desk.ledger().compactMap { $0.details["state"] }
        #expect(states == ["sending", "accepted", "delivered"])
        #expect(try await desk.ledgerFault() == nil)
    }

    @Test func theLedgerHoldsNoWordOfTheConversation() async throws {
        let desk = try await Desk.open()
        try await desk.writes("mi secreto", id: "wamid.1")
        _ = try await desk.reply("su secreto")
        await desk.deliver()
        for entry in try await desk.ledger() {
            let text = ([entry.subject] + entry.details.keys + entry.details.values).joined(separator: " ")
            #expect(!text.contains("secreto") && !text.contains("5491155550001"))
        }
    }

    @Test func twoRepliesToOneContactGoInTheOrderInWhichTheyWereWritten() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let first = try await desk.reply("uno")
        let second = try await desk.reply("dos")
        desk.channels.script(.rejected(DeliveryFailure(.transient, code: "131000", text: "Something went wrong")))

        await desk.deliver()
        #expect(desk.channels.sent.map(\.message.text) == ["uno"])
        #expect(try await desk.delivery(of: first) == .queued)
        #expect(try await desk.delivery(of: second) == .held)

        desk.time.advance(by: .minutes(5))
        await desk.deliverDue()
        #expect(desk.channels.sent.map(\.message.text) == ["uno", "uno", "dos"])
    }

    @Test func aStalledConversationDelaysNoOther() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.writes(id: "wamid.2", from: .bruno)
        _ = try await desk.reply("a Marta")
        _ = try await desk.reply("a Bruno", to: .bruno)
        desk.channels.script(.rejected(DeliveryFailure(.rate, code: "131056", text: "Pair rate limit hit")))

        await desk.deliver()

        #expect(Set(desk.channels.sent.map(\.message.text)) == ["a Marta", "a Bruno"])
        #expect(try await desk.isOwed(to: .marta) != desk.isOwed(to: .bruno))
    }

    @Test func aMessageBetweenReplyAndAcceptanceStaysOwedWithItsTime() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        _ = try await desk.reply()
        desk.time.advance(by: .seconds(3))
        let asked = desk.now
        try await desk.writes("¿Y tuercas?", id: "wamid.2")

        await desk.deliver()

        #expect(try await desk.obligation()?.owedSince == asked)
    }
}
