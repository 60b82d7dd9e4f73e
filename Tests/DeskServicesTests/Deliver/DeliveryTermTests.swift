import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// One server delivers from a store. One that was paused, and comes back after another took over, calls nobody.
struct DeliveryTermTests {
    @Test func aServerThatWasPausedBeforeItsCallLeavesTheReplyToAPerson() async throws {
        let desk = try await Desk.open()
        let reply = try await desk.replyThatIsDue()
        let paused = DeliverReplies(desk.context, doorbell: Doorbell())
        let claimed = await desk.claim(paused)

        try await desk.restart()
        for attempt in claimed { await paused.deliver(attempt) }

        #expect(claimed.count == 1)
        #expect(desk.channels.sent.isEmpty)
        #expect(try await desk.delivery(of: reply)?.name == "unknown")
    }

    @Test func aServerThatWasPausedClaimsNothingMore() async throws {
        let desk = try await Desk.open()
        let paused = DeliverReplies(desk.context, doorbell: Doorbell())
        try await paused.recoverInterrupted()
        try await desk.restart()
        let reply = try await desk.replyThatIsDue()

        await #expect(throws: DeskError.superseded) { try await paused.round { _ in } }

        #expect(try await desk.delivery(of: reply) == .held)
    }

    @Test func aServerThatLostItsTermFindsOutWithNothingToSend() async throws {
        let desk = try await Desk.open()
        let paused = DeliverReplies(desk.context, doorbell: Doorbell())
        try await paused.recoverInterrupted()
        #expect(try await paused.round { _ in } == nil)
        try await desk.restart()

        await #expect(throws: DeskError.superseded) { try await paused.round { _ in } }
    }

    @Test func aServerThatLostItsTermStops() async throws {
        let desk = try await Desk.open()
        let doorbell = Doorbell()
        let paused = DeliverReplies(desk.context, doorbell: doorbell)
        try await paused.recoverInterrupted()
        try await desk.restart()
        _ = try await desk.replyThatIsDue()

        await #expect(throws: DeskError.superseded) { try await paused.deliverUntilStopped().get() }
        #expect(desk.channels.sent.isEmpty)
    }

    @Test func aClaimWhoseEndNobodyHeardIsMadeOnceMore() async throws {
        let desk = try await Desk.open()
        let worker = DeliverReplies(desk.context, doorbell: Doorbell())
        try await worker.recoverInterrupted()
        #expect(await desk.claim(worker).isEmpty)
        let reply = try await desk.replyThatIsDue()
        desk.storage.doubt(writes: 1)

        #expect(await desk.claim(worker).isEmpty)
        #expect(try await desk.delivery(of: reply) == .sending)
        desk.time.advance(by: .seconds(1))
        await worker.deliverDue()

        #expect(desk.channels.sent.count == 1)
        #expect(try await desk.delivery(of: reply) == .accepted)
    }

    @Test func whatIsUnderWayIsNotMadeOnceMore() async throws {
        let desk = try await Desk.open()
        let reply = try await desk.replyThatIsDue()
        let worker = DeliverReplies(desk.context, doorbell: Doorbell())
        let claimed = await desk.claim(worker)
        let luis = Correspondent(identities: [ProviderIdentity(.phone, "5491155550002")], name: "Luis")
        try await desk.writes(id: "wamid.2", from: luis)
        _ = try await desk.reply(to: luis)
        desk.time.advance(by: desk.undoTime)
        desk.storage.doubt(writes: 1)
        #expect(await desk.claim(worker).isEmpty)
        await worker.deliverDue()

        #expect(claimed.count == 1)
        #expect(try await desk.delivery(of: reply) == .sending)
    }

    @Test func aServerThatSawTheReplySentAgainMakesTheOldCallNoMore() async throws {
        let desk = try await Desk.open()
        let reply = try await desk.replyThatIsDue()
        let paused = DeliverReplies(desk.context, doorbell: Doorbell())
        let claimed = await desk.claim(paused)
        try await desk.restart()
        try await desk.resolve(reply, as: .sendAgain)
        await desk.deliverDue()

        for attempt in claimed { await paused.deliver(attempt) }

        #expect(desk.channels.sent.count == 1)
    }
}

extension Desk {
    fileprivate func replyThatIsDue() async throws -> Message {
        try await writes(id: "wamid.1")
        let reply = try await reply()
        time.advance(by: undoTime)
        return reply
    }
}
