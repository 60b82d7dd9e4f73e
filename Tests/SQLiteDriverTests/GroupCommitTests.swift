import DeskCore
import DeskServices
import DeskTesting
import Dispatch
import GRDB
import SQLStore
import Synchronization
import Testing

@testable import SQLiteDriver

@Suite struct GroupCommitTests {
    private struct Refused: Error {}

    /// A database with one table, and what became of the writes of a group.
    private final class Trial: Sendable {
        let queue: DatabaseQueue
        let ends = Mutex<[String]>([])

        init() throws {
            queue = try DatabaseQueue()
            try queue.write { try $0.execute(sql: "CREATE TABLE notes (text TEXT UNIQUE)") }
        }

        var notes: [String] {
            get throws { try queue.read { try String.fetchAll($0, sql: "SELECT text FROM notes ORDER BY rowid") } }
        }

        func write(_ name: String, _ body: @escaping @Sendable (any SQLConnection) throws -> Void) -> PendingWrite {
            PendingWrite(
                run: { connection in
                    try body(connection)
                    return { self.ends.withLock { $0.append("\(name) done") } }
                },
                fail: { error in self.ends.withLock { $0.append("\(name) \((error as? DeskError)?.code.rawValue ?? "own error")") } })
        }

        func commit(_ writes: PendingWrite...) throws -> [[DeskEvent]] {
            let told = Mutex<[[DeskEvent]]>([])
            queue.inDatabase { database in
                GroupTransaction(SQLiteConnection(database, mustBeInTransaction: true)).commit(writes) { events in
                    told.withLock { $0.append(events) }
                }
            }
            return told.withLock { $0 }
        }
    }

    private static let event = DeskEvent(
        sequence: 1, workspace: .init("w"), kind: .noteAdded, conversation: .init("c"), at: DeskBuilder().now)

    private static func note(_ text: String, on connection: any SQLConnection) throws {
        try connection.run("INSERT INTO notes VALUES (\(text))")
        connection.notify(event)
    }

    @Test func eachWriteSucceedsOrFailsAloneInOneCommit() throws {
        let trial = try Trial()
        let told = try trial.commit(
            trial.write("a") { try Self.note("a", on: $0) },
            trial.write("b") { connection in
                try Self.note("b", on: connection)
                throw Refused()
            },
            trial.write("c") { try Self.note("a", on: $0) },
            trial.write("d") { try Self.note("d", on: $0) })
        #expect(try trial.notes == ["a", "d"])
        #expect(trial.ends.withLock { $0 } == ["a done", "b own error", "c storage_conflict", "d done"])
        #expect(told == [[Self.event, Self.event]])
    }

    @Test func whenTheCommitFailsAllAreToldToTryAgain() throws {
        let trial = try Trial()
        try trial.queue.write { try $0.execute(sql: "CREATE TABLE links (note TEXT REFERENCES notes (text))") }
        let told = try trial.commit(
            trial.write("a") { try $0.run("INSERT INTO notes VALUES ('a')") },
            trial.write("b") { connection in
                try connection.run("PRAGMA defer_foreign_keys = 1")
                try connection.run("INSERT INTO links VALUES ('nowhere')")
            })
        #expect(try trial.notes.isEmpty)
        #expect(trial.ends.withLock { $0 } == ["a storage_unavailable", "b storage_unavailable"])
        #expect(told.isEmpty)
        _ = try trial.commit(trial.write("c") { try $0.run("INSERT INTO notes VALUES ('c')") })
        #expect(try trial.notes == ["c"])
    }

    @Test func whenTheDatabaseGivesTheTransactionUpNothingRunsOn() throws {
        let trial = try Trial()
        _ = try trial.commit(
            trial.write("a") { try $0.run("INSERT INTO notes VALUES ('a')") },
            trial.write("b") { connection in
                try connection.run("ROLLBACK")
                try connection.run("INSERT INTO notes VALUES ('b')")
            },
            trial.write("c") { try $0.run("INSERT INTO notes VALUES ('c')") })
        #expect(try trial.notes.isEmpty)
        #expect(trial.ends.withLock { $0 } == ["a storage_unavailable", "b storage_unavailable", "c storage_unavailable"])
    }

    /// As when COMMIT ends so: SQLite has given the transaction up by itself then.
    @Test func onceTheDiskCouldNotConfirmNothingIsWrittenAnyMore() async throws {
        let queue = try Trial().queue
        let failures = Mutex<[DeskError.Code]>([])
        let commits = GroupCommit { _ in
        } onFailure: { failure in
            failures.withLock { $0.append(failure.code) }
        } schedule: { work in
            queue.asyncWriteWithoutTransaction { work(SQLiteConnection($0, mustBeInTransaction: true)) }
        }
        let unconfirmed = await Self.refusal {
            try await commits.write { connection in
                try connection.run("ROLLBACK")
                throw SQLiteFailure.error(code: 1_034, message: "disk I/O error")
            }
        }
        let later = await Self.refusal { try await commits.write { try $0.note(1) } }
        #expect([unconfirmed?.code, later?.code] == [.storageFailed, .storageFailed])
        #expect(failures.withLock { $0 } == [.storageFailed])
        #expect(try await queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM notes") } == 0)
    }

    @Test(arguments: [
        (Int32(10), DeskError.Code.storageUnavailable), (778, .storageUnavailable), (1_034, .storageFailed), (1_290, .storageFailed),
    ])
    func onlyWhatIsUnconfirmedIsTheEnd(code: Int32, meaning: DeskError.Code) {
        #expect(SQLiteFailure.error(code: code, message: "disk I/O error").code == meaning)
    }

    @Test(.timeLimit(.minutes(5))) func whatCanNotWaitIsRefusedAtOnceAndTheRestGoesOn() async throws {
        let queue = try Trial().queue
        let commits = GroupCommit(longestQueue: 3) { _ in
        } schedule: { work in
            queue.asyncWriteWithoutTransaction { work(SQLiteConnection($0, mustBeInTransaction: true)) }
        }
        let (started, hasStarted) = AsyncStream.makeStream(of: Void.self)
        let release = DispatchSemaphore(value: 0)
        let ends = try await withThrowingTaskGroup(of: DeskError?.self) { group in
            group.addTask {
                try await commits.write { _ in
                    hasStarted.yield()
                    release.wait()
                }
                return nil
            }
            _ = await started.first { true }
            for number in 0..<5 { group.addTask { await Self.refusal { try await commits.write { try $0.note(number) } } } }
            var ends: [DeskError?] = []
            for try await end in group {
                ends.append(end)
                if ends.count == 2 { release.signal() }
            }
            return ends
        }
        #expect(ends.prefix(2).map { $0?.code } == [.storageUnavailable, .storageUnavailable])
        #expect(ends.dropFirst(2).allSatisfy { $0 == nil })
    }

    @Test(.timeLimit(.minutes(5))) func whileOneGroupWaitsForTooLongOthersAreRefusedAtOnceAndAfterItTheyAreTaken() async throws {
        let queue = try Trial().queue
        let began = ContinuousClock.now
        let clock = Mutex(began)
        let commits = GroupCommit(longestTurn: .seconds(8)) {
            clock.withLock { $0 }
        } onCommit: { _ in
        } schedule: { work in
            queue.asyncWriteWithoutTransaction { work(SQLiteConnection($0, mustBeInTransaction: true)) }
        }
        let (started, hasStarted) = AsyncStream.makeStream(of: Void.self)
        let release = DispatchSemaphore(value: 0)
        async let slow: Void = commits.write { _ in
            hasStarted.yield()
            release.wait()
        }
        _ = await started.first { true }
        clock.withLock { $0 = began + .seconds(9) }
        let meanwhile = await Self.refusal { try await commits.write { try $0.note(1) } }
        release.signal()
        try await slow
        try await commits.write { try $0.note(2) }
        #expect(meanwhile?.code == .storageUnavailable)
        #expect(try await queue.read { try String.fetchAll($0, sql: "SELECT text FROM notes") } == ["2"])
    }

    private static func refusal(_ body: () async throws -> Void) async -> DeskError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? DeskError
        }
    }

    @Test func aFullDiskIsTransientAndPasses() async throws {
        let folder = try TemporaryFolder()
        let database = try SQLiteDatabase(path: folder.path("desk.sqlite")) { _ in }
        try await database.write { try $0.run("CREATE TABLE notes (text TEXT)") }
        try await database.write { try $0.run("PRAGMA max_page_count = 20") }
        let big = String(repeating: "x", count: 200_000)
        await #expect { try await database.write { try $0.run("INSERT INTO notes VALUES (\(big))") } } throws: { error in
            let error = error as? DeskError
            return error?.code == .storageUnavailable && error?.isTransient == true && error?.message.contains("disk is full") == true
        }
        try await database.write { try $0.run("PRAGMA max_page_count = 100000") }
        try await database.write { try $0.run("INSERT INTO notes VALUES (\(big))") }
        #expect(try await database.read { try $0.number("SELECT count(*) AS count FROM notes", "count") } == 1)
    }
}
