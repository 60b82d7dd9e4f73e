import DeskCore
import DeskServices
import DeskTesting
import Testing

/// A reply fails late, is tried again, and fails again, while somebody else answers.
struct FailedAgainStoryTests {
    private let failure = DeliveryFailure(.recipient, code: "131026", text: "undeliverable")

    @Test func owesNothingAgainThatAnotherReplyHasAnsweredSince() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let first = try await desk.reply()
        await desk.deliver()
        desk.time.advance(by: .minutes(5))
        try await desk.writes("¿y mañana?", id: "wamid.2")
        try await desk.reports(.failed, of: try #require(try await desk.message(first.id).providerID), failure: failure)
        _ = try await desk.reply("Mañana también")
        await desk.deliver()
        #expect(try await !desk.isOwed())

        desk.channels.script(.rejected(failure))
        _ = try await DecideReply(desk.context).retry(first.id, by: desk.assistant.id)
        await desk.deliverDue()

        #expect(try await desk.delivery(of: first) == .failed(failure))
        #expect(try await !desk.isOwed())
        #expect(try await desk.ledgerFault() == nil)
    }

    @Test func owesWithTheOriginalAgeWhenTheOtherReplyFailsToo() async throws {
        let desk = try await Desk.open()
        let asked = desk.now
        try await desk.writes(id: "wamid.1")
        let first = try await desk.reply()
        await desk.deliver()
        desk.time.advance(by: .minutes(5))
        try await desk.writes("¿y mañana?", id: "wamid.2")
        try await desk.reports(.failed, of: try #require(try await desk.message(first.id).providerID), failure: failure)
        let second = try await desk.reply("Mañana también")
        await desk.deliver()
        try await desk.reports(.failed, of: try #require(try await desk.message(second.id).providerID), failure: failure)
        #expect(try await desk.obligation()?.owedSince == asked)
    }
}
