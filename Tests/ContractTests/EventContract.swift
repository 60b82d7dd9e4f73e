import DeskCore
import DeskServices
import DeskTesting
import Synchronization
import Testing

@Suite struct EventContract {
    /// Remembers what the store told after its commits.
    private final class Listener: Sendable {
        private let heard = Mutex<[DeskEvent]>([])

        var events: [DeskEvent] { heard.withLock { $0 } }

        func hear(_ events: [DeskEvent]) { heard.withLock { $0 += events } }
    }

    @Test(arguments: StorageFactory.all)
    func eventsAreNumberedWithoutGapsAndToldInOrderAfterTheirCommit(_ factory: StorageFactory) async throws {
        let listener = Listener()
        let desk = try await SampleDesk.open(in: factory.storage { listener.hear($0) })
        let conversation: Conversation.ID = desk.build.id()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<90 {
                group.addTask { _ = try? await append(number, conversation, desk) }
            }
        }
        let stored = try await desk.storage.value { try $0.events.events(after: 0, limit: 1_000) }
        #expect(stored.map(\.sequence) == Array(1...Int64(stored.count)))
        #expect(stored.count == 120)
        #expect(listener.events == stored)
    }

    /// Every third fails as a whole after it has appended its events.
    private func append(_ number: Int, _ conversation: Conversation.ID, _ desk: SampleDesk) async throws {
        try await desk.storage.write { session throws in
            for kind in [DeskEvent.Kind.messageReceived, .conversationChanged] {
                try session.events.append(
                    DeskEvent(workspace: desk.workspace.id, kind: kind, conversation: conversation, at: desk.build.now))
            }
            if number.isMultiple(of: 3) { throw CancellationError() }
        }
    }

    @Test(arguments: StorageFactory.all)
    func whoeverIsToldCanAlreadyReadIt(_ factory: StorageFactory) async throws {
        let (events, continuation) = AsyncStream.makeStream(of: DeskEvent.self)
        let desk = try await SampleDesk.open(in: factory.storage { for event in $0 { continuation.yield(event) } })
        let message = try await desk.say("Hola", in: desk.meet().conversation).message
        try await desk.storage.write { session throws in
            try session.events.append(
                DeskEvent(
                    workspace: desk.workspace.id, kind: .messageReceived, conversation: message.conversation, message: message.id,
                    at: desk.build.now))
        }
        let told = try #require(await events.first { _ in true })
        #expect(told.message == message.id)
        #expect(try await desk.storage.value { try $0.messages.message(message.id) } == message)
    }

    @Test(arguments: StorageFactory.all)
    func forgettingOldEventsKeepsTheNumbersGrowing(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        #expect(try await desk.storage.value { try $0.events.bounds() == nil })
        let conversation: Conversation.ID = desk.build.id()
        for minute in 0..<6 {
            let event = DeskEvent(
                workspace: desk.workspace.id, kind: .noteAdded, conversation: conversation, at: desk.build.now + .minutes(minute))
            try await desk.storage.write { try $0.events.append(event) }
        }
        try await desk.storage.write { try $0.events.prune(before: desk.build.now + .minutes(4)) }
        #expect(try await desk.storage.value { try $0.events.bounds()?.first } == 5)
        try await desk.storage.write { try $0.events.prune(before: desk.build.now + .hours(4)) }
        #expect(try await desk.storage.value { try $0.events.bounds() == nil })
        let event = DeskEvent(workspace: desk.workspace.id, kind: .noteAdded, conversation: conversation, at: desk.build.now)
        try await desk.storage.write { try $0.events.append(event) }
        #expect(try await desk.storage.value { try $0.events.events(after: 0, limit: 5).map(\.sequence) } == [7])
    }
}
