import DeskCore
import DeskTesting
import Logging
import Testing

@testable import DeskServices

/// A desk to tell stories about: a principal, an assistant who signed, one inbox; a provider that does as it is told, and a clock that
/// stands still.
struct Desk {
    let storage: UnreliableStorage
    let bus: EventBus
    let time: ManualTime
    let identifiers: SequentialIdentifiers
    let chance: FixedChance
    let channels: ScriptedChannels
    let sample: SampleDesk
    let assistant: User
    var gateway: any ChannelGateway
    var notices: any NoticeGateway = NoNotices()
    var undoTime = Duration.seconds(5)

    static func open() async throws -> Desk {
        let bus = EventBus()
        let storage = UnreliableStorage(try await StorageFactory.sqliteInMemory.storage { bus.publish($0) })
        let identifiers = SequentialIdentifiers()
        let time = ManualTime()
        let sample = try await SampleDesk.open(in: storage, build: DeskBuilder(identifiers: identifiers, now: time.now()))
        let assistant = sample.build.user("Asistente")
        try await storage.write { session in
            try session.people.insert(assistant, at: sample.build.now)
            let membership = Membership(workspace: sample.workspace.id, user: assistant.id, role: .assistant, signedAgreement: 1)
            try session.people.insert(membership, at: sample.build.now)
        }
        let channels = ScriptedChannels()
        return Desk(
            storage: storage, bus: bus, time: time, identifiers: identifiers, chance: FixedChance(), channels: channels, sample: sample,
            assistant: assistant, gateway: channels)
    }

    var context: DeskContext {
        DeskContext(
            storage: storage, time: time, identifiers: identifiers, chance: chance, timeZones: WallClocks(),
            channels: gateway, notices: notices, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            options: DeskOptions(undoTime: undoTime))
    }

    var workspace: Workspace { sample.workspace }
    var inbox: Inbox { sample.inbox }
    var principal: User { sample.principal }
    var now: Instant { time.now() }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try await storage.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try await storage.write(body)
    }

    /// Lets others run until something is so that no commit tells of. A test that uses it has a time limit, which ends the waiting.
    func letOthersRun(until condition: () -> Bool) async {
        while !condition(), !Task.isCancelled { await Task.yield() }
    }

    /// Waits until something is so, looking again after every commit. A test that uses it has a time limit.
    func wait(until condition: @Sendable () async throws -> Bool) async throws {
        let events = bus.listen()
        if try await condition() { return }
        for await _ in events where try await condition() { return }
        throw CancellationError()
    }
}
