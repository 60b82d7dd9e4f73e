import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// What the provider reports of our messages, in any order and more than once.
struct StatusTests {
    @Test func aLateFailureOpensTheObligationAgainWithItsOriginalAge() async throws {
        let desk = try await Desk.open()
        let asked = desk.now
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        await desk.deliver()
        #expect(try await !desk.isOwed())
        desk.time.advance(by: .hours(3))

        try await desk.reports(.failed, of: "sent-1", failure: .undeliverable)

        #expect(try await desk.obligation()?.owedSince == asked)
        #expect(try await desk.obligation()?.dueAt == asked + .minutes(60))
        #expect(try await desk.delivery(of: reply) == .failed(.undeliverable))
        #expect(try await desk.ledgerKinds().suffix(2) == [.attemptChanged, .obligationReopened])
    }

    @Test func aLateFailureGivesItsAgeToWhatIsOwedSince() async throws {
        let desk = try await Desk.open()
        let asked = desk.now
        try await desk.writes(id: "wamid.1")
        _ = try await desk.reply()
        await desk.deliver()
        desk.time.advance(by: .hours(1))
        try await desk.writes(id: "wamid.2")

        try await desk.reports(.failed, of: "sent-1", failure: .undeliverable)
        #expect(try await desk.obligation()?.owedSince == asked)

        _ = try await desk.reply("a las dos")
        await desk.deliver()
        #expect(try await !desk.isOwed())
    }

    @Test(arguments: [true, false])
    func aLateFailureOfAPartialAnswerIsOwedAgainWithItsOwnAge(isTheRestAnswered: Bool) async throws {
        let desk = try await Desk.open()
        let asked = desk.now
        try await desk.writes(id: "wamid.1")
        _ = try await desk.reply()
        try await desk.writes("¿Y tuercas?", id: "wamid.2")
        await desk.deliver()
        if isTheRestAnswered {
            _ = try await desk.reply("También")
            await desk.deliver()
            #expect(try await !desk.isOwed())
        }

        try await desk.reports(.failed, of: "sent-1", failure: .undeliverable)

        #expect(try await desk.obligation()?.owedSince == asked)
        #expect(try await desk.ledgerKinds().last == .obligationReopened)
    }

    @Test func aFailureThatWasNoneEndsItAgain() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        _ = try await desk.reply()
        await desk.deliver()
        try await desk.reports(.failed, of: "sent-1", failure: .undeliverable)
        try await desk.reports(.delivered, of: "sent-1")
        #expect(try await !desk.isOwed())
    }

    @Test func aReportBeforeTheCallReturnsWaitsForIt() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        desk.time.advance(by: desk.undoTime)
        let worker = DeliverReplies(desk.context, doorbell: Doorbell())
        let claimed = await desk.claim(worker)
        try await desk.reports(.read, of: "sent-1")
        try await desk.reports(.sent, of: "sent-1")
        #expect(try await desk.delivery(of: reply) == .sending)

        for attempt in claimed { await worker.deliver(attempt) }

        #expect(try await desk.delivery(of: reply) == .read)
        #expect(try await !desk.isOwed())
    }

    @Test func aReportThatCarriesOurAttemptNeedNotWait() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        desk.time.advance(by: desk.undoTime)
        let worker = DeliverReplies(desk.context, doorbell: Doorbell())
        let claimed = await desk.claim(worker)
        let attempt = try await desk.attempt(of: reply)

        try await desk.reports(.delivered, of: "sent-1", attempt: attempt.id)
        #expect(try await desk.delivery(of: reply) == .delivered)

        for attempt in claimed { await worker.deliver(attempt) }
        #expect(try await desk.delivery(of: reply) == .delivered)
    }

    @Test func aReportOfAnAttemptOfAnotherInboxIsNotBelieved() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        let attempt = try await desk.attempt(of: reply).id
        let other = desk.sample.build.inbox(in: desk.workspace, name: "Other", account: "15550009999")
        let now = desk.now
        try await desk.write { try $0.inboxes.insert(other, settings: [:], secrets: [:], at: now) }
        let status = StatusUpdate(providerID: "wamid.x", stage: .read, callbackData: attempt.text)

        try await desk.receive(ChannelEvent(key: "s", payload: .status(status)), on: other)

        #expect(try await desk.delivery(of: reply) == .held)
    }

    @Test(arguments: permutations(of: [StatusUpdate.Stage.sent, .delivered, .read, .failed]))
    func everyOrderOfReportsEndsAlike(order: [StatusUpdate.Stage]) async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        await desk.deliver()

        for stage in order + order.reversed() { try await desk.reports(stage, of: "sent-1", failure: .undeliverable) }

        #expect(try await desk.delivery(of: reply) == .read)
        #expect(try await !desk.isOwed())
        #expect(try await desk.ledgerFault() == nil)
    }

    @Test func aReportOfAMessageThatNobodyKnowsIsKeptAndHarmsNothing() async throws {
        let desk = try await Desk.open()
        let status = StatusUpdate(providerID: "wamid.unknown", stage: .read)
        let receipt = try await desk.receive(
            ChannelEvent(key: "s", payload: .status(status)), .message("hola", id: "wamid.1", at: desk.now))
        #expect(receipt.outcome == .projected)
        #expect(try await desk.isOwed())
    }
}
