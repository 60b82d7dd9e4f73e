import DeskCore
import DeskServices
import DeskTesting
import PostgresDriver
import SQLStore
import Synchronization
import Testing

/// The server crashes and comes back while many write.
@Suite struct ReconnectTests {
    /// What was said about each note.
    private final class Journal: Sendable {
        private let state = Mutex((acknowledged: Set<String>(), refusals: [DeskError](), isOver: false))

        var acknowledged: Set<String> { state.withLock { $0.acknowledged } }
        var refusals: [DeskError] { state.withLock { $0.refusals } }

        func end() { state.withLock { $0.isOver = true } }

        /// Writes note after note until the end.
        func write(_ writer: String, in database: PostgresDatabase) async {
            var number = 0
            while !state.withLock({ $0.isOver }) {
                number += 1
                await record("\(writer)-\(number)", in: database)
            }
        }

        private func record(_ note: String, in database: PostgresDatabase) async {
            do {
                try await database.note(note)
                state.withLock { _ = $0.acknowledged.insert(note) }
            } catch {
                state.withLock { $0.refusals += [error as? DeskError].compactMap(\.self) }
                await Task.yield()
            }
        }
    }

    @Test(.timeLimit(.minutes(3))) func nothingAcknowledgedIsLostWhenTheServerCrashesUnderLoad() async throws {
        let cluster = try PostgresCluster()
        let place = try await cluster.database()
        let database = try await PostgresDatabase.withNotes(place)
        let journal = Journal()
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<16 {
                group.addTask { await journal.write("\(writer)", in: database) }
            }
            // Until somebody was caught in the middle; on a busy machine nobody may be at first.
            for number in 0..<20 where number < 2 || journal.refusals.isEmpty { await Self.crash(cluster, afterMoreIn: journal) }
            journal.end()
        }
        let stored = try await eventually { try await database.notes() }
        #expect(journal.acknowledged.subtracting(stored) == [])
        #expect(journal.acknowledged.count >= 200)
        #expect(!journal.refusals.isEmpty)
        #expect(journal.refusals.allSatisfy { $0.code == .storageUnavailable && $0.isTransient })
        try await eventually { try await database.note("after") }
        await database.close()
    }

    /// In the middle of it, once a hundred more were acknowledged.
    private static func crash(_ cluster: PostgresCluster, afterMoreIn journal: Journal) async {
        let count = journal.acknowledged.count
        while journal.acknowledged.count < count + 100 { await Task.yield() }
        await #expect(throws: Never.self) { try await cluster.crashAndRestart() }
    }

    @Test(.timeLimit(.minutes(3))) func afterARestartNobodyHasToBeTurnedAway() async throws {
        let cluster = try PostgresCluster()
        let place = try await cluster.database()
        let database = try await PostgresDatabase.withNotes(place)
        try await database.note("before")
        #expect(try await database.notes() == ["before"])
        try await cluster.crashAndRestart()
        try await database.note("after")
        #expect(try await database.notes() == ["after", "before"])
        await database.close()
    }

    @Test(.timeLimit(.minutes(3))) func aServerThatIsAwayIsTransientAndComesBack() async throws {
        let cluster = try PostgresCluster()
        let place = try await cluster.database()
        let database = try await PostgresDatabase.withNotes(place)
        try await cluster.crash()
        for _ in 0..<3 {
            let error = await refusal { try await database.note("x") }
            #expect(error?.code == .storageUnavailable)
            #expect(error?.isTransient == true)
        }
        try await cluster.start()
        try await eventually { try await database.note("y") }
        #expect(try await eventually { try await database.notes() } == ["y"])
        await database.close()
    }

    /// Tries again while the store says that it can't just now; the time limit of the test ends what never succeeds.
    @discardableResult
    private func eventually<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        while true {
            do {
                return try await body()
            } catch let error as DeskError where error.isTransient {
                await Task.yield()
            }
        }
    }
}
