import DeskCore
import DeskServices
import DeskTesting
import Testing

@Suite struct DeliveryContract {
    @Test(arguments: StorageFactory.all)
    func anEventKeyClaimedTwiceAtOnceIsClaimedOnce(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let outcomes = try await desk.storage.atOnce(40) { number, session in
            try session.rawEvents.claimKey("k\(number % 2)", inbox: desk.inbox.id, workspace: desk.workspace.id, at: desk.build.now)
        }
        #expect(outcomes.count(where: \.self) == 2)
    }

    @Test(arguments: StorageFactory.all)
    func pendingEventsComeInTheOrderOfArrivalUntilTheyAreConcluded(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let events = (0..<3).map { number in
            RawEvent(
                id: desk.build.id(), workspace: desk.workspace.id, inbox: desk.inbox.id, receivedAt: desk.build.now, body: [UInt8(number)],
                outcome: .pending)
        }
        #expect(try await desk.storage.value { try $0.rawEvents.hasPending() } == false)
        try await desk.storage.write { session throws in
            for event in events { try session.rawEvents.insert(event) }
            try session.rawEvents.countStart(ofOldest: 1)
        }
        let waiting = zip(events, [1, 0, 0]).map { PendingEvent(raw: $0, starts: $1) }
        #expect(try await desk.storage.value { try $0.rawEvents.pending(limit: 2) } == Array(waiting.prefix(2)))
        #expect(try await desk.storage.value { try $0.rawEvents.backlog() } == ProjectionBacklog(count: 3, oldest: desk.build.now))

        try await desk.storage.write { session throws in
            for (event, outcome) in zip(events, [RawEventOutcome.projected, .ignored(reason: "x"), .quarantined(reason: "y")]) {
                var concluded = event
                concluded.outcome = outcome
                try session.rawEvents.conclude(concluded)
            }
        }
        #expect(try await desk.storage.value { try $0.rawEvents.hasPending() } == false)
        #expect(try await desk.storage.value { try $0.rawEvents.quarantinedCount() } == 1)
    }

    @Test(arguments: StorageFactory.all)
    func quarantinedEventsAreKeptByteForByteAndCounted(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let bytes: [UInt8] = [0, 255, 195, 40, 10, 0]
        let events = [RawEventOutcome.quarantined(reason: "no sé"), .projected, .ignored(reason: "prueba")].map { outcome in
            RawEvent(
                id: desk.build.id(), workspace: desk.workspace.id, inbox: desk.inbox.id, receivedAt: desk.build.now, body: bytes,
                outcome: outcome)
        }
        try await desk.storage.write { session throws in
            for event in events { try session.rawEvents.insert(event) }
        }
        #expect(try await desk.storage.value { try $0.rawEvents.quarantined(scope: desk.scope, limit: 9) } == [events[0]])
        #expect(try await desk.storage.value { try $0.rawEvents.quarantinedCount() } == 1)
    }

    @Test(arguments: StorageFactory.all)
    func parkedStatusesAreTakenOnceInOrder(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let failure = DeliveryFailure(.recipient, code: "131026", text: "undeliverable")
        let statuses = [
            StatusUpdate(providerID: "w1", stage: .delivered, callbackData: "a1"), StatusUpdate(providerID: "w1", stage: .sent),
            StatusUpdate(
                providerID: "w1", stage: .failed, recipient: Correspondent(identities: [ProviderIdentity(.phone, "1")]), failure: failure),
        ]
        let other = StatusUpdate(providerID: "w2", stage: .read)
        try await desk.storage.write { session throws in
            for status in statuses + [other] {
                try session.rawEvents.park(status, inbox: desk.inbox.id, workspace: desk.workspace.id, at: desk.build.now)
            }
        }
        #expect(try await desk.storage.write { try $0.rawEvents.takeParked(providerID: "w1", inbox: desk.inbox.id) } == statuses)
        #expect(try await desk.storage.write { try $0.rawEvents.takeParked(providerID: "w1", inbox: desk.inbox.id) } == [])
        #expect(try await desk.storage.write { try $0.rawEvents.takeParked(providerID: "w2", inbox: desk.inbox.id) } == [other])
    }

    @Test(arguments: StorageFactory.all)
    func aFileIsDueUntilItsJobIsRemoved(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let message = try await desk.say("foto", in: desk.meet().conversation).message
        let attachment = Attachment(kind: .image, providerMediaID: "m1", mediaType: "image/jpeg")
        var job = MediaJob(
            message: message.id, attachmentIndex: 0, inbox: desk.inbox.id, attachment: attachment, tries: 0, dueAt: desk.build.now)
        let first = job
        job.tries = 1
        job.dueAt = desk.build.now + .minutes(1)
        let second = job
        try await desk.storage.write { try $0.media.insert(first, workspace: desk.workspace.id) }
        #expect(try await desk.storage.value { try $0.media.due(at: desk.build.now, limit: 5) } == [first])
        try await desk.storage.write { try $0.media.update(second) }
        #expect(try await desk.storage.value { try $0.media.due(at: desk.build.now, limit: 5) } == [])
        #expect(try await desk.storage.value { try $0.media.nextDueAt() } == second.dueAt)
        #expect(try await desk.storage.value { try $0.media.due(at: second.dueAt, limit: 5) } == [second])
        try await desk.storage.write { try $0.media.endWaits(at: desk.build.now) }
        #expect(try await desk.storage.value { try $0.media.nextDueAt() } == desk.build.now)
        try await desk.storage.write { try $0.media.remove(message: message.id, attachmentIndex: 0) }
        #expect(try await desk.storage.value { try $0.media.nextDueAt() } == nil)
    }
}
