import DeskCore
import DeskServices
import GRDB
import SQLStore
import Synchronization

/// Lets writes that wait share one commit, because a durable commit costs one wait for the disk however much is in it.
///
/// What queues while one group is being committed is the next group: no timer, and nobody waits longer than for two commits.
final class GroupCommit: Sendable {
    /// Writes in one transaction at most, so that the first of them doesn't wait long for the last.
    private static let largestGroup = 512

    private struct State {
        var waiting: [PendingWrite] = []
        var isDraining = false
    }

    /// Calls back with the writer's connection, when it is the writer's turn.
    typealias Start = @Sendable (@escaping @Sendable (Database) -> Void) -> Void

    private let start: Start
    private let longestQueue: Int
    private let onCommit: @Sendable ([DeskEvent]) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - longestQueue: writes that may wait; further ones are refused, so that memory stays bounded.
    ///   - onCommit: gets the events of each commit right after it, in order.
    convenience init(
        _ writer: any DatabaseWriter, longestQueue: Int = 8_192, onCommit: @escaping @Sendable ([DeskEvent]) -> Void
    ) {
        self.init(longestQueue: longestQueue, start: { writer.asyncWriteWithoutTransaction($0) }, onCommit: onCommit)
    }

    /// - Parameter start: gets the writer to work.
    init(longestQueue: Int = 8_192, start: @escaping Start, onCommit: @escaping @Sendable ([DeskEvent]) -> Void) {
        self.start = start
        self.longestQueue = longestQueue
        self.onCommit = onCommit
    }

    /// Queues a body, and returns when its group is durably committed.
    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let write = PendingWrite(
                run: { connection in
                    let value = try body(connection)
                    return { continuation.resume(returning: value) }
                },
                fail: { continuation.resume(throwing: $0) })
            enqueue(write)
        }
    }

    private enum Admission { case refused, queued, first }

    private func enqueue(_ write: PendingWrite) {
        let admission: Admission = state.withLock { state in
            guard state.waiting.count < longestQueue else { return .refused }
            state.waiting.append(write)
            defer { state.isDraining = true }
            return state.isDraining ? .queued : .first
        }
        switch admission {
        case .queued: return
        case .first: start { self.drain($0) }
        case .refused: write.fail(DeskError.storageUnavailable("too many writes wait for the disk already. Try again in a moment."))
        }
    }

    private func drain(_ database: Database) {
        while let group = nextGroup() {
            GroupTransaction(database).commit(group, onCommit: onCommit)
        }
    }

    private func nextGroup() -> [PendingWrite]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                return nil
            }
            let group = Array(state.waiting.prefix(Self.largestGroup))
            state.waiting.removeFirst(group.count)
            return group
        }
    }
}

/// A write that waits for its turn, whatever it gives.
struct PendingWrite: Sendable {
    /// Runs the body; what it returns is to be called once the transaction is committed.
    let run: @Sendable (any SQLConnection) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void
}

/// One transaction for a group of writes, each in a savepoint of its own.
struct GroupTransaction {
    private let connection: SQLiteConnection
    private let database: Database

    init(_ database: Database) {
        self.database = database
        connection = SQLiteConnection(database, mustBeInTransaction: true)
    }

    /// Every write of the group is told how it ended, after the commit or its failure.
    func commit(_ group: [PendingWrite], onCommit: ([DeskEvent]) -> Void) {
        do {
            try begin()
            let outcomes = try group.map(run)
            try connection.catchUpIndex()
            try connection.run("COMMIT")
            if !connection.events.isEmpty { onCommit(connection.events) }
            for outcome in outcomes { outcome() }
        } catch {
            rollBack()
            for write in group { write.fail(Self.unavailable(error)) }
        }
    }

    /// A transaction that could not be ended before is ended first; whoever was in it has been told that it failed.
    private func begin() throws {
        rollBack()
        try SQLiteConnection(database, mustBeInTransaction: false).run("BEGIN IMMEDIATE")
    }

    /// - Throws: when the database gave up the whole transaction.
    private func run(_ write: PendingWrite) throws -> @Sendable () -> Void {
        do {
            return try connection.savepoint { try write.run(connection) }
        } catch {
            guard connection.isInTransaction else { throw error }
            return { write.fail(error) }
        }
    }

    private func rollBack() {
        guard connection.isInTransaction else { return }
        do {
            try connection.run("ROLLBACK")
        } catch {
            // A failing ROLLBACK means that SQLite has rolled back by itself, which is what was wanted.
            return
        }
    }

    /// What failed for all of a group is a matter of the disk or of the database, and the next try may succeed.
    private static func unavailable(_ error: any Error) -> DeskError {
        guard let error = error as? DeskError, error.code == .storageUnavailable else {
            return .storageUnavailable("the transaction could not be committed (\(error)).")
        }
        return error
    }
}
