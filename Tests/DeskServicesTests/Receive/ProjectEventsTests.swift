import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// What is stored first is understood right after, in the order in which it came.
@Suite struct ProjectEventsTests {
    @Test func whatPressesInIsStoredFirstAndProjectedAfterwards() async throws {
        let desk = try await Desk.open()
        let receipt = try await desk.pressesIn(.message("¿Abren hoy?", id: "wamid.1", at: desk.now))
        #expect(receipt == Receive.Receipt(outcome: .pending, isRepetition: false))
        #expect(try await desk.backlog() == ProjectionBacklog(count: 1, oldest: desk.now))

        try await desk.projector.projectPending()
        #expect(try await desk.messages().map(\.content.text) == ["¿Abren hoy?"])
        #expect(try await desk.isOwed())
        #expect(try await desk.backlog() == ProjectionBacklog(count: 0, oldest: nil))
    }

    @Test func nothingOvertakesWhatWaits() async throws {
        let desk = try await Desk.open()
        try await desk.pressesIn(.message("¿Abren hoy?", id: "wamid.1", at: desk.now))
        let reaction = Reaction(targetProviderID: "wamid.1", correspondent: .marta, emoji: "🙏")
        let event = ChannelEvent(account: desk.inbox.account, key: "r1", occurredAt: desk.now, payload: .reaction(reaction))
        #expect(try await desk.receive(event, body: "r1").outcome == .pending)

        try await desk.projector.projectPending()
        #expect(try await desk.messages().map { $0.reactions.map(\.emoji) } == [["🙏"]])
    }

    /// One that comes while the worker is behind would else wait for two commits: one to learn that it must wait, one to be stored.
    @Test func whileTheWorkerIsBehindWhatComesIsStoredAtOnce() async throws {
        let desk = try await Desk.open()
        let bell = ProjectionBell()
        let receive = Receive(desk.context, projecting: bell)
        #expect(try await desk.receives("wamid.1", by: receive) == .projected)
        bell.ring()
        #expect(try await desk.receives("wamid.2", by: receive) == .pending)
        try await ProjectEvents(desk.context, bell: bell).projectPending()
        #expect(try await desk.receives("wamid.3", by: receive) == .projected)
        #expect(try await desk.messages().map(\.providerID) == ["wamid.1", "wamid.2", "wamid.3"])
    }

    /// What is not durable yet can't be asked for again; what is durable can be understood a little later.
    @Test func theWorkerStepsBackWhileManyPressInAndNeverStops() async throws {
        let desk = try await Desk.open()
        let bell = ProjectionBell()
        for number in 1...33 { try await desk.pressesIn(.message("\(number)", id: "wamid.\(number)", at: desk.now), body: "\(number)") }
        for _ in 0...Receive.crowd { bell.deliveries.enter() }
        async let projected: Void = ProjectEvents(desk.context, bell: bell).projectPending()
        for projectedByThen in [32, 33] {
            await desk.letOthersRun { desk.time.waitingCount == 1 }
            #expect(try await desk.backlog().count == 33 - projectedByThen)
            desk.time.advance(by: .milliseconds(10))
        }
        try await projected
    }

    @Test func theWorkerDoesNotWaitForAFew() async throws {
        let desk = try await Desk.open()
        let bell = ProjectionBell()
        try await desk.pressesIn(.message("Hola", id: "wamid.1", at: desk.now))
        for _ in 1...Receive.crowd { bell.deliveries.enter() }
        try await ProjectEvents(desk.context, bell: bell).projectPending()
        #expect(try await desk.messages().count == 1)
    }

    @Test func whatIsStoredWhileTheWorkerLooksKeepsItBehind() {
        let bell = ProjectionBell()
        bell.ring()
        let rings = bell.rings
        bell.ring()
        bell.hasCaughtUp(with: rings)
        #expect(bell.isBehind)
        bell.hasCaughtUp(with: bell.rings)
        #expect(!bell.isBehind)
    }

    @Test func aRepetitionThatWaitedIsIgnored() async throws {
        let desk = try await Desk.open()
        for body in ["a", "b"] { try await desk.pressesIn(.message("Hola", id: "wamid.1", at: desk.now), body: body) }
        try await desk.projector.projectPending()
        #expect(try await desk.messages().count == 1)
        #expect(try await desk.quarantined().isEmpty)
    }

    @Test func timesAreThoseOfTheArrival() async throws {
        let desk = try await Desk.open()
        let arrival = desk.now
        try await desk.pressesIn(.message("Hola", id: "wamid.1", at: nil))
        desk.time.advance(by: .hours(3))
        try await desk.projector.projectPending()
        let message = try #require(try await desk.messages().first)
        #expect(message.sentAt == arrival)
        #expect(message.receivedAt == arrival)
        #expect(try await desk.obligation()?.owedSince == arrival)
    }

    @Test func whatCannotBeUnderstoodIsQuarantinedAndStopsNothing() async throws {
        let desk = try await Desk.open()
        try await desk.pressesIn(ChannelEvent(payload: .malformed(reason: "truncated")), body: "a")
        try await desk.pressesIn(.message("Hola", id: "wamid.1", at: desk.now), body: "b")
        try await desk.projector.projectPending()
        #expect(try await desk.quarantined().map(\.outcome) == [.quarantined(reason: "truncated")])
        #expect(try await desk.ledgerKinds().contains(.eventQuarantined))
        #expect(try await desk.messages().count == 1)
    }

    @Test func aStoreThatFailsLeavesEverythingPending() async throws {
        let desk = try await Desk.open()
        try await desk.pressesIn(.message("Hola", id: "wamid.1", at: desk.now))
        desk.storage.refuse(writes: 1)
        await #expect(throws: DeskError.self) { try await desk.projector.projectPending() }
        #expect(try await desk.backlog().count == 1)
        try await desk.projector.projectPending()
        #expect(try await desk.messages().count == 1)
    }

    @Test func aStartProjectsWhatWasLeft() async throws {
        let desk = try await Desk.open()
        for number in 1...3 { try await desk.pressesIn(.message("\(number)", id: "wamid.\(number)", at: desk.now), body: "\(number)") }
        try await desk.projector.recover()
        #expect(try await desk.messages().map(\.content.text) == ["1", "2", "3"])
    }

    @Test func anEventOverWhichTheProgramKeepsStoppingIsLeftToAPerson() async throws {
        let desk = try await Desk.open()
        for number in 1...3 { try await desk.pressesIn(.message("\(number)", id: "wamid.\(number)", at: desk.now), body: "\(number)") }
        for _ in 0...ProjectEvents.maximumStarts { try await desk.write { try $0.rawEvents.countStart(ofOldest: 1) } }
        try await desk.projector.recover()
        #expect(try await desk.messages().map(\.content.text) == ["2", "3"])
        #expect(try await desk.quarantined().map(\.body) == [Array("1".utf8)])
    }

    /// Its neighbours were not in the way, and are not counted with it.
    @Test func whatWasInTheWayBeforeIsLookedAtAlone() async throws {
        var desk = try await Desk.open()
        for number in 1...3 { try await desk.pressesIn(.message("\(number)", id: "wamid.\(number)", at: desk.now), body: "\(number)") }
        try await desk.write { try $0.rawEvents.countStart(ofOldest: 1) }
        let storage = desk.storage
        desk.gateway = ScriptedChannels(reading: { _ in
            storage.refuse(writes: 1)
            return []
        })
        let projector = desk.projector
        await #expect(throws: DeskError.self) { try await projector.recover() }
        #expect(try await desk.read { try $0.rawEvents.pending(limit: 9).map(\.starts) } == [2, 0, 0])
    }
}

extension Desk {
    var projector: ProjectEvents { ProjectEvents(context, bell: ProjectionBell()) }

    /// Arrives while too many others do.
    @discardableResult
    func pressesIn(_ event: ChannelEvent, body: String = "{}") async throws -> Receive.Receipt {
        let body = Array(body.utf8)
        channels.script([event], in: body)
        return try await Receive(context, projecting: ProjectionBell(), crowd: 0).receive(body: body, inbox: inbox)
    }

    func receives(_ id: String, by receive: Receive) async throws -> RawEventOutcome {
        let body = Array(id.utf8)
        channels.script([.message(id, id: id, at: now)], in: body)
        return try await receive.receive(body: body, inbox: inbox).outcome
    }

    func backlog() async throws -> ProjectionBacklog { try await read { try $0.rawEvents.backlog() } }
}
