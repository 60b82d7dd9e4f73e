import DeskCore
import DeskServices
import DeskTesting
import Testing

/// What wakes a worker.
@Suite(.timeLimit(.minutes(5)))
struct DoorbellTests {
    @Test func aRingWhileNobodyWaitsIsRememberedOnce() async {
        let doorbell = Doorbell()
        doorbell.ring()
        doorbell.ring()
        await doorbell.heard()

        await confirmation(expectedCount: 0) { heardTwice in
            await withDiscardingTaskGroup { group in
                group.addTask {
                    await doorbell.heard()
                    if !Task.isCancelled { heardTwice() }
                }
                for _ in 0..<50 { await Task.yield() }
                group.cancelAll()
            }
        }
    }

    @Test func wakesWhoeverWaits() async {
        let doorbell = Doorbell()
        await withDiscardingTaskGroup { group in
            for _ in 0..<100 {
                group.addTask { doorbell.ring() }
                await doorbell.heard()
            }
        }
    }

    @Test func wakesAtItsTime() async {
        let doorbell = Doorbell()
        let time = ManualTime()
        await withDiscardingTaskGroup { group in
            group.addTask { await doorbell.heard(orAt: time.now() + .seconds(9), by: time) }
            while time.waitingCount == 0, !Task.isCancelled { await Task.yield() }
            time.advance(by: .seconds(9))
        }
        #expect(time.waitingCount == 0)
    }

    @Test func ringsBeforeItsTime() async {
        let doorbell = Doorbell()
        let time = ManualTime()
        doorbell.ring()
        await doorbell.heard(orAt: time.now() + .hours(9), by: time)
        #expect(time.waitingCount == 0)
    }

    @Test func letsGoWhoIsCancelled() async {
        let doorbell = Doorbell()
        await withDiscardingTaskGroup { group in
            group.addTask { await doorbell.heard() }
            group.cancelAll()
        }
    }
}

/// Committed events on their way to screens and workers.
@Suite(.timeLimit(.minutes(5)))
struct EventBusTests {
    @Test func everyListenerGetsEveryEventInItsOrder() async throws {
        let bus = EventBus()
        let streams = [bus.listen(), bus.listen()]
        bus.publish((1...3).map(event))
        bus.publish([event(4)])
        bus.close()
        for stream in streams {
            #expect(await stream.reduce(into: []) { $0.append($1.sequence) } == [1, 2, 3, 4])
        }
    }

    @Test func forgetsWhoNoLongerListens() async {
        let bus = EventBus()
        await withDiscardingTaskGroup { group in
            let stream = bus.listen()
            group.addTask { for await _ in stream {} }
            #expect(bus.listenerCount == 1)
            group.cancelAll()
        }
        #expect(bus.listenerCount == 0)
    }

    @Test func aSlowListenerSeesAJumpInTheNumbersAndTheNewestOfAll() async throws {
        let bus = EventBus()
        let stream = bus.listen()
        bus.publish((1...2_000).map(event))
        bus.close()
        let numbers = await stream.reduce(into: []) { $0.append($1.sequence) }
        #expect(numbers.last == 2_000)
        #expect(numbers.count < 2_000)
        #expect(numbers == numbers.sorted())
    }

    @Test func theStoreTellsAfterTheCommitWhatHappened() async throws {
        let desk = try await Desk.open()
        let events = desk.bus.listen()
        try await desk.writes(id: "wamid.1")
        _ = try await desk.reply()
        desk.bus.close()
        let told = await events.reduce(into: []) { $0.append($1) }

        #expect(told.map(\.kind) == [.messageReceived, .messageSent])
        #expect(told.map(\.sequence) == [1, 2])
        #expect(try await desk.read { try $0.events.events(after: 0, limit: 9) } == told)
    }

    private func event(_ number: Int) -> DeskEvent {
        DeskEvent(
            sequence: Int64(number), workspace: Workspace.ID("w"), kind: .messageReceived, conversation: Conversation.ID("c"),
            at: Instant(unixSeconds: 0))
    }
}
