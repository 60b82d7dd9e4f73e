import DeskCore
import DeskServices
import DeskTesting
import Testing

/// A desk that was brought back from a backup sends nothing until a person says so, and nothing that may have gone is repeated.
@Suite struct HoldTests {
    @Test func nothingIsSentWhileOnHold() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "w1")
        let held = try await desk.reply("Sí, hay")
        _ = try await desk.hold()
        await desk.deliver()
        desk.time.advance(by: .hours(2))
        await desk.deliverDue()

        #expect(desk.channels.sent.isEmpty)
        #expect(try await desk.delivery(of: held) == .unknown(reason: DeliveryState.mayHaveGoneSinceBackup))
        #expect(try await desk.isOwed())
    }

    @Test func whatIsWrittenOnHoldGoesOnceItIsReleased() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "w1")
        _ = try await desk.reply("De antes")
        #expect(try await desk.hold() == 1)
        _ = try await desk.reply("De después", key: "after")
        await desk.deliver()
        #expect(desk.channels.sent.isEmpty)

        let release = try await HoldDelivery(desk.context).release(desk.workspace.id, by: desk.principal.id)
        #expect((release.wasOnHold, release.undecided) == (true, 1))
        await desk.deliverDue()
        #expect(desk.channels.sent.map(\.message.text) == ["De después"])
        #expect(try await desk.ledgerKinds().contains(.deliveryReleased))
        #expect(try await desk.ledgerKinds().contains(.backupRestored))
    }

    @Test func aStatusSettlesWhatTheBackupHeldAsWaiting() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "w1")
        let held = try await desk.reply()
        _ = try await desk.hold()
        let attempt = try await desk.attempt(of: held)
        try await desk.reports(.delivered, of: "wamid.1", attempt: attempt.id)
        #expect(try await desk.delivery(of: held) == .delivered)
        #expect(try await !desk.isOwed())
        _ = try await HoldDelivery(desk.context).release(desk.workspace.id, by: desk.principal.id)
        await desk.deliver()
        #expect(desk.channels.sent.isEmpty)
    }

    @Test(arguments: [(DecideReply.Decision.wasSent, 0), (.sendAgain, 1)])
    func whatAPersonDecidesIsDoneOnceItIsReleased(decision: DecideReply.Decision, sent: Int) async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "w1")
        let held = try await desk.reply()
        _ = try await desk.hold()
        try await desk.resolve(held, as: decision)
        await desk.deliver()
        #expect(desk.channels.sent.isEmpty)
        _ = try await HoldDelivery(desk.context).release(desk.workspace.id, by: desk.principal.id)
        await desk.deliver()
        #expect(desk.channels.sent.count == sent)
    }

    @Test func onlyThePrincipalReleases() async throws {
        let desk = try await Desk.open()
        _ = try await desk.hold()
        #expect(await code { _ = try await HoldDelivery(desk.context).release(desk.workspace.id, by: desk.assistant.id) } == .outOfGrant)
        #expect(try await desk.read { try $0.operations.holds().count } == 1)
    }

    @Test func whatWasSentIsLeftAlone() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "w1")
        let sent = try await desk.reply()
        await desk.deliver()
        #expect(try await desk.hold() == 0)
        #expect(try await desk.delivery(of: sent) == .accepted)
    }
}

extension Desk {
    fileprivate func hold() async throws -> Int { try await HoldDelivery(context).holdEverything(backupAt: now) }
}
