import DeskCore
import DeskServices
import DeskTesting
import PostgresDriver
import SQLStore
import Synchronization

/// Remembers the events that a database told after commits.
final class EventEar: Sendable {
    private let heard = Mutex<[Int64]>([])
    private let stream: AsyncStream<Int64>
    private let rope: AsyncStream<Int64>.Continuation

    init() { (stream, rope) = AsyncStream.makeStream() }

    var numbers: [Int64] { heard.withLock { $0 } }

    func hear(_ events: [DeskEvent]) {
        heard.withLock { $0 += events.map(\.sequence) }
        for event in events { rope.yield(event.sequence) }
    }

    /// Returns once an event with at least this number has been heard.
    func waits(for number: Int64) async {
        for await heard in stream where heard >= number { return }
    }
}

extension Storage {
    /// Appends an event to a desk's conversation.
    func ring(_ desk: SampleDesk, _ conversation: Conversation.ID = .init("c")) async throws {
        let event = DeskEvent(workspace: desk.workspace.id, kind: .noteAdded, conversation: conversation, at: desk.build.now)
        try await write { try $0.events.append(event) }
    }
}

extension PostgresDatabase {
    /// A database of its own with a table of notes.
    static func withNotes(_ place: TestDatabase) async throws -> PostgresDatabase {
        let database = try PostgresDatabase(place.address, readers: 1) { _ in }
        try await database.write { try $0.run("CREATE TABLE notes (text TEXT UNIQUE)") }
        return database
    }

    func note(_ text: String) async throws {
        try await write { try $0.run("INSERT INTO notes VALUES (\(text))") }
    }

    func notes() async throws -> [String] {
        try await read { try $0.query("SELECT text FROM notes ORDER BY text").map { try $0.text("text") } }
    }
}

/// The code of the error that a body ends with; nil for none.
func refusal(_ body: () async throws -> Void) async -> DeskError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? DeskError
    }
}
