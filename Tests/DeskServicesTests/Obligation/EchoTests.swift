import DeskCore
import DeskServices
import DeskTesting
import Testing

/// The principal answers from their own phone.
struct EchoTests {
    @Test func endsWhatIsOwedAndIsProved() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        desk.time.advance(by: .minutes(2))
        try await desk.principalAnswers(id: "wamid.echo")

        #expect(try await !desk.isOwed())
        #expect(try await desk.messages().last?.direction == .echo)
        #expect(try await desk.ledgerKinds().suffix(2) == [.obligationEnded, .principalAnswered])
    }

    @Test func leavesOwedWhatTheContactWroteAfterIt() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let answeredAt = desk.now + .minutes(1)
        desk.time.advance(by: .minutes(5))
        let asked = desk.now
        try await desk.writes("¿y mañana?", id: "wamid.2")

        try await desk.principalAnswers(id: "wamid.echo", at: answeredAt)

        #expect(try await desk.obligation()?.owedSince == asked)
    }

    @Test func thatIsOlderThanEverythingOwedEndsNothing() async throws {
        let desk = try await Desk.open()
        let before = desk.now - .minutes(1)
        try await desk.writes(id: "wamid.1")
        let owed = try await desk.obligation()
        try await desk.principalAnswers(id: "wamid.echo", at: before)
        #expect(try await desk.obligation() == owed)
    }

    @Test func seesBehindMoreUnansweredMessagesThanFitOnePage() async throws {
        let desk = try await Desk.open()
        for number in 1...230 { try await desk.writes(id: "wamid.\(number)") }
        let answeredAt = desk.now + .seconds(1)
        desk.time.advance(by: .minutes(5))
        try await desk.writes("¿hola?", id: "wamid.231")

        try await desk.principalAnswers(id: "wamid.echo", at: answeredAt)

        #expect(try await desk.obligation()?.owedSince == desk.now)
    }

    @Test func deliveredTwiceIsOne() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        for _ in 0..<2 { try await desk.principalAnswers(id: "wamid.echo") }
        #expect(try await desk.messages().count == 2)
    }

    @Test func theCallThatReturnsAfterItsOwnEchoIsStillRecorded() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        try await desk.principalAnswers(id: "sent-1")
        await desk.deliver()
        #expect(try await desk.delivery(of: reply) == .accepted)
        #expect(try await !desk.isOwed())
    }

    @Test func toSomebodyNewOpensAConversationInWhichNothingIsOwed() async throws {
        let desk = try await Desk.open()
        try await desk.principalAnswers(.bruno, id: "wamid.echo")
        #expect(try await desk.messages(with: .bruno).count == 1)
        #expect(try await !desk.isOwed(to: .bruno))
        #expect(await code { _ = try await desk.reply(to: .bruno) } == .invalidRequest)
    }
}
