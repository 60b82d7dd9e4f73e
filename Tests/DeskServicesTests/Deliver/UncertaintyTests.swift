import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// What is ambiguous is never sent again without a person's word (promise P4).
struct UncertaintyTests {
    @Test func anAmbiguousAnswerWaitsForAPersonHoweverLongItTakes() async throws {
        let desk = try await Desk.open()
        let reply = try await desk.ambiguousReply()
        #expect(try await desk.delivery(of: reply) == .unknown(reason: "timeout"))

        for _ in 0..<10 {
            desk.time.advance(by: .hours(24))
            await desk.deliverDue()
            try await desk.restart()
        }
        #expect(desk.channels.sent.count == 1)
        #expect(try await desk.isOwed())
    }

    @Test func aPersonsWordThatItWentEndsWhatIsOwed() async throws {
        let desk = try await Desk.open()
        let reply = try await desk.ambiguousReply()

        let resolved = try await desk.resolve(reply, as: .wasSent)

        #expect(resolved.delivery == .accepted)
        #expect(try await !desk.isOwed())
        await desk.deliver()
        #expect(desk.channels.sent.count == 1)
        #expect(try await desk.ledger().last?.details["decision"] == "was_sent")
    }

    @Test func sendAgainCallsTheProviderOnceMore() async throws {
        let desk = try await Desk.open()
        let reply = try await desk.ambiguousReply()

        try await desk.resolve(reply, as: .sendAgain)
        await desk.deliverDue()

        #expect(desk.channels.sent.count == 2)
        #expect(desk.channels.sent.first == desk.channels.sent.last)
        #expect(try await desk.delivery(of: reply) == .accepted)
        #expect(try await !desk.isOwed())
        #expect(await code { try await desk.resolve(reply, as: .sendAgain) } == .alreadySent)
    }

    @Test(arguments: [DecideReply.Occasion.call(1), .request("once")])
    func aDecisionThatIsRepeatedAfterAnotherAmbiguousAnswerSendsNothing(occasion: DecideReply.Occasion) async throws {
        let desk = try await Desk.open()
        let reply = try await desk.ambiguousReply()
        try await desk.resolve(reply, as: .sendAgain, on: occasion)
        desk.channels.script(.unknown(reason: "timeout"))
        await desk.deliverDue()
        #expect(desk.channels.sent.count == 2)

        _ = await code { try await desk.resolve(reply, as: .sendAgain, on: occasion) }
        await desk.deliverDue()

        #expect(desk.channels.sent.count == 2)
        #expect(try await desk.delivery(of: reply) == .unknown(reason: "timeout"))
    }

    @Test func aDecisionAboutTheNewestCallCounts() async throws {
        let desk = try await Desk.open()
        let reply = try await desk.ambiguousReply()
        for call in 1...2 {
            desk.channels.script(.unknown(reason: "timeout"))
            try await desk.resolve(reply, as: .sendAgain, on: .call(call))
            await desk.deliverDue()
        }
        #expect(desk.channels.sent.count == 3)
        #expect(await code { try await desk.resolve(reply, as: .sendAgain, on: .call(2)) } == .alreadySent)
    }

    @Test(arguments: DecideReply.Decision.allCases)
    func whatArrivedIsNobodysDecision(decision: DecideReply.Decision) async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        #expect(await code { try await desk.resolve(reply, as: decision) } == .alreadySent)
        await desk.deliver()
        #expect(await code { try await desk.resolve(reply, as: decision) } == .alreadySent)
        #expect(try await !desk.ledgerKinds().contains(.unknownDecided))
    }

    @Test func theProvidersReportSettlesTheUncertainty() async throws {
        let desk = try await Desk.open()
        let reply = try await desk.ambiguousReply()
        let attempt = try await desk.attempt(of: reply)

        try await desk.reports(.delivered, of: "wamid.sent", attempt: attempt.id)

        #expect(try await desk.delivery(of: reply) == .delivered)
        #expect(try await !desk.isOwed())
        try await desk.reports(.read, of: "wamid.sent")
        #expect(try await desk.delivery(of: reply) == .read)
    }

    @Test func aReportAfterTheDecisionToSendAgainSparesTheContactTheSecondMessage() async throws {
        let desk = try await Desk.open()
        let reply = try await desk.ambiguousReply()
        let attempt = try await desk.attempt(of: reply)
        try await desk.resolve(reply, as: .sendAgain)

        try await desk.reports(.sent, of: "wamid.sent", attempt: attempt.id)
        await desk.deliver()

        #expect(desk.channels.sent.count == 1)
        #expect(try await !desk.isOwed())
    }

    @Test func aFailureOfTheFirstCallDoesNotHideThatTheSecondWasTaken() async throws {
        let desk = try await Desk.open()
        let reply = try await desk.ambiguousReply()
        let attempt = try await desk.attempt(of: reply)
        try await desk.resolve(reply, as: .sendAgain)
        let worker = DeliverReplies(desk.context, doorbell: Doorbell())
        let claimed = await desk.claim(worker)
        try await desk.reports(.failed, of: "wamid.first", attempt: attempt.id, failure: .undeliverable)

        for attempt in claimed { await worker.deliver(attempt) }

        #expect(try await desk.delivery(of: reply) == .accepted)
        #expect(try await !desk.isOwed())
    }
}

/// The program stops at the worst moment, and begins anew on the same store.
struct CrashTests {
    @Test func whoWasCallingWhenTheProgramStoppedCannotTell() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        desk.time.advance(by: desk.undoTime)
        #expect(await desk.claim(DeliverReplies(desk.context, doorbell: Doorbell())).count == 1)
        #expect(try await desk.delivery(of: reply) == .sending)

        try await desk.restart()
        await desk.deliver()

        #expect(try await desk.delivery(of: reply)?.name == "unknown")
        #expect(desk.channels.sent.isEmpty)
        #expect(try await desk.isOwed())
    }

    @Test func aHeldReplySurvivesAndLeavesInItsTime() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        _ = try await desk.reply()
        try await desk.restart()
        await desk.deliver()
        #expect(desk.channels.sent.count == 1)
    }

    @Test func aCallLeftOverFromBeforeDoesNotHoldTheNextReplyBack() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        _ = try await desk.reply("uno")
        desk.time.advance(by: desk.undoTime)
        _ = await desk.claim(DeliverReplies(desk.context, doorbell: Doorbell()))
        try await desk.restart()

        _ = try await desk.reply("dos")
        await desk.deliver()

        #expect(desk.channels.sent.map(\.message.text) == ["dos"])
    }

    @Test(.timeLimit(.minutes(5)))
    func whatTheProviderTookIsRecordedAsSoonAsTheStoreWorksAgain() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        desk.time.advance(by: desk.undoTime)
        let worker = DeliverReplies(desk.context, doorbell: Doorbell())
        let claimed = await desk.claim(worker)
        desk.storage.refuse(writes: 3)

        await withDiscardingTaskGroup { group in
            for attempt in claimed { group.addTask { await worker.deliver(attempt) } }
            await desk.letOthersRun {
                desk.time.advance(by: .seconds(5))
                return desk.storage.remainingRefusals == 0 && desk.time.waitingCount == 0
            }
        }

        #expect(try await desk.delivery(of: reply) == .accepted)
        #expect(desk.channels.sent.count == 1)
    }

    @Test(.timeLimit(.minutes(5)))
    func anAnswerThatCannotBeStoredIsLeftToAPersonAndHoldsNobodyBack() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let replies = [try await desk.reply("uno"), try await desk.reply("dos"), try await desk.reply("tres")]
        desk.channels.script(.accepted(providerID: "twice"), .accepted(providerID: "twice"))

        await desk.deliver()

        var states: [String?] = []
        for reply in replies { states.append(try await desk.delivery(of: reply)?.name) }
        #expect(states == ["accepted", "unknown", "accepted"])
        #expect(desk.channels.sent.count == 3)
        #expect(try await desk.ledgerFault() == nil)
    }

    @Test func anUnrecordableClaimCallsNobody() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        desk.time.advance(by: desk.undoTime)
        desk.storage.refuse(writes: 1)

        #expect(await desk.claim(DeliverReplies(desk.context, doorbell: Doorbell())).isEmpty)
        #expect(try await desk.delivery(of: reply) == .held)
        await desk.deliverDue()
        #expect(desk.channels.sent.count == 1)
    }
}

extension Desk {
    /// A reply of which nobody knows whether the provider took it.
    fileprivate func ambiguousReply() async throws -> Message {
        try await writes(id: "wamid.1")
        let reply = try await reply()
        channels.script(.unknown(reason: "timeout"))
        await deliver()
        return reply
    }
}

extension DeliveryFailure {
    static let undeliverable = DeliveryFailure(.recipient, code: "131026", text: "Message undeliverable")
}
