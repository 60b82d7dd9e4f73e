import DeskCore
import Testing

@testable import ProviderSimulators

@Suite struct WebhookQueueTests {
    @Test(arguments: [(1, 1), (2, 2), (3, 4), (8, 128), (13, 3_600), (400, 3_600)])
    func pausesDoubleUpToAnHour(attempts: Int, seconds: Int) {
        #expect(WebhookQueue.pause(after: attempts, base: .seconds(1)) == .seconds(seconds))
    }

    @Test func repeatsUntilItIsTaken() throws {
        var queue = WebhookQueue()
        let begun = queue.dispatchOne(at: Samples.noon, adding: Self.notices("a"))
        let first = try #require(begun)
        let due = queue.settle(first, isAccepted: false, retryBase: .seconds(1), at: Samples.noon)
        let again = try #require(due)
        #expect(again == Samples.noon + .seconds(1))
        let early = queue.dispatchOne(at: again - .milliseconds(1))
        #expect(early == nil)
        let repeated = queue.dispatchOne(at: again)
        let second = try #require(repeated)
        #expect(second.attempt == 2)
        #expect(second.body == first.body)
        let next = queue.settle(second, isAccepted: true, retryBase: .seconds(1), at: again)
        #expect(next == nil)
        #expect(queue.count == 0)
    }

    @Test func givesUpAfterAWeek() throws {
        var queue = WebhookQueue()
        var now = Samples.noon
        var dispatch = queue.dispatchOne(at: now, adding: Self.notices("a"))
        var attempts = 0
        while let current = dispatch {
            attempts += 1
            guard let due = queue.settle(current, isAccepted: false, retryBase: .seconds(1), at: now) else { break }
            now = due
            dispatch = queue.dispatchOne(at: now)
        }
        #expect(now - Samples.noon <= .hours(168))
        #expect(now - Samples.noon > .hours(166))
        #expect(attempts > 168)
        #expect(queue.count == 0)
    }

    @Test func keepsTheOrderOfTimes() {
        var queue = WebhookQueue()
        _ = queue.add(Self.notices("late", due: Samples.noon + .seconds(2)), behaviour: MetaBehaviour())
        _ = queue.add(Self.notices("early"), behaviour: MetaBehaviour())
        _ = queue.add(Self.notices("early too"), behaviour: MetaBehaviour())
        let due = queue.takeDue(at: Samples.noon + .seconds(3), maximumBatch: 1, account: Samples.account)
        #expect(due.map(\.texts) == [["early"], ["early too"], ["late"]])
    }

    @Test func gathersBatches() {
        var behaviour = MetaBehaviour()
        behaviour.maximumBatch = 2
        var queue = WebhookQueue()
        let dues = ["a", "b", "c"].map { queue.add(Self.notices($0), behaviour: behaviour) }
        #expect(dues.allSatisfy { $0 > Samples.noon && $0 <= Samples.noon + behaviour.batchWindow })
        let bodies = queue.takeDue(at: Samples.noon + .seconds(1), maximumBatch: 2, account: Samples.account)
        #expect(bodies.map(\.texts) == [["a", "b"], ["c"]])
    }

    @Test func delaysAsAsked() throws {
        var queue = WebhookQueue()
        let delivery = try queue.take(Self.notices("a"))
        let now = queue.dispatches(of: delivery, fault: .webhookDelay(.seconds(3)), pendingReorders: 0, at: Samples.noon)
        let early = queue.dispatchOne(at: Samples.noon + .seconds(2))
        let late = queue.dispatchOne(at: Samples.noon + .seconds(3))
        #expect(now.isEmpty)
        #expect(early == nil)
        #expect(late?.delivery == delivery.id)
    }

    @Test func turnsTheOrderRound() throws {
        var queue = WebhookQueue()
        let first = try queue.take(Self.notices("first"))
        let second = try queue.take(Self.notices("second"))
        let held = queue.dispatches(of: first, fault: .webhookReorder, pendingReorders: 1, at: Samples.noon)
        #expect(held.isEmpty)
        let out = queue.dispatches(of: second, fault: .webhookReorder, pendingReorders: 0, at: Samples.noon)
        #expect(out.map(\.delivery) == [second.id, first.id])
    }

    @Test(
        arguments: [
            (Fault.Effect.webhookDuplicate, [.ordinary, .duplicate]), (.webhookWrongSignature, [.forged, .ordinary]),
            (.webhookDropFirst, [.lost]),
        ] as [(Fault.Effect, [WebhookDispatch.Manner])])
    func spoilsAsAsked(fault: Fault.Effect, manners: [WebhookDispatch.Manner]) throws {
        var queue = WebhookQueue()
        let delivery = try queue.take(Self.notices("a"))
        let out = queue.dispatches(of: delivery, fault: fault, pendingReorders: 0, at: Samples.noon)
        #expect(out.map(\.manner) == manners)
        for dispatch in out where dispatch.manner == .forged || dispatch.manner == .duplicate {
            let due = queue.settle(dispatch, isAccepted: false, retryBase: .seconds(1), at: Samples.noon)
            #expect(due == nil)
        }
        #expect(queue.count == 1)
    }

    private static func notices(_ text: String, due: Instant = Samples.noon) -> PlannedNotices {
        PlannedNotices(notices: [.message(["id": .string(text)], contact: nil)], contactID: nil, due: due)
    }
}

extension WebhookQueue {
    fileprivate mutating func take(_ planned: PlannedNotices) throws -> WebhookDelivery {
        _ = add(planned, behaviour: MetaBehaviour())
        let due = takeDue(at: planned.due, maximumBatch: 1, account: Samples.account)
        return try #require(due.first)
    }

    fileprivate mutating func dispatchOne(at now: Instant, adding planned: PlannedNotices? = nil) -> WebhookDispatch? {
        if let planned { _ = add(planned, behaviour: MetaBehaviour()) }
        let deliveries = takeDue(at: now, maximumBatch: 1, account: Samples.account)
        return deliveries.first.flatMap { dispatches(of: $0, fault: nil, pendingReorders: 0, at: now).first }
    }
}

extension WebhookDelivery {
    fileprivate var texts: [String] {
        let body = try? JSONValue(parsing: body)
        let messages = body?["entry"]?.array?.first?["changes"]?.array?.first?["value"]?["messages"]?.array
        return messages?.compactMap { $0["id"]?.string } ?? []
    }
}
