package import DeskCore
package import DeskServices
import Synchronization

/// Lets writes that wait share one commit, because a durable commit costs one wait for the disk however much is in it.
///
/// What queues while one group is being committed is the next group: no timer, and nobody waits longer than for two commits.
package final class GroupCommit: Sendable {
    /// Hands work to the writer's own thread, in the order of the calls. Throws where nobody will do it any more.
    package typealias Schedule = @Sendable (@escaping @Sendable (any TransactionConnection) -> Void) throws -> Void

    /// Writes in one transaction at most, so that the first of them doesn't wait long for the last.
    private static let largestGroup = 512

    private struct State {
        var waiting: [PendingWrite] = []
        var isDraining = false
        /// When the group that is being committed had its turn.
        var turnBegan: ContinuousClock.Instant?
        /// Why nothing more may be written, once that is so.
        var failure: DeskError?
    }

    private let schedule: Schedule
    private let longestQueue: Int
    private let longestTurn: Duration?
    private let now: @Sendable () -> ContinuousClock.Instant
    private let onCommit: @Sendable ([DeskEvent]) -> Void
    private let onFailure: @Sendable (DeskError) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - longestQueue: writes that may wait; further ones are refused, so that memory stays bounded.
    ///   - longestTurn: while one group takes longer, what comes is refused at once, since it would wait in vain; nil for no such limit.
    ///   - now: the clock for that.
    ///   - onCommit: gets the events of each commit right after it, in order.
    ///   - onFailure: called once when the disk could not confirm a commit (`storage_failed`), before anybody else is told.
    ///   - schedule: how work gets to the writer.
    package init(
        longestQueue: Int = 8_192, longestTurn: Duration? = nil,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }, onCommit: @escaping @Sendable ([DeskEvent]) -> Void,
        onFailure: @escaping @Sendable (DeskError) -> Void = { _ in }, schedule: @escaping Schedule
    ) {
        self.schedule = schedule
        self.longestQueue = longestQueue
        self.longestTurn = longestTurn
        self.now = now
        self.onCommit = onCommit
        self.onFailure = onFailure
    }

    /// Queues a body, and returns when its group is durably committed.
    package func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
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

    private enum Admission {
        case queued, first
        case refused(DeskError)
    }

    private func enqueue(_ write: PendingWrite) {
        let admission: Admission = state.withLock { state in
            if let refusal = refusal(state) { return .refused(refusal) }
            state.waiting.append(write)
            defer { state.isDraining = true }
            return state.isDraining ? .queued : .first
        }
        switch admission {
        case .queued: return
        case .first: beginDraining()
        case .refused(let error): write.fail(error)
        }
    }

    /// Why nothing more can be taken now; nil when it can.
    private func refusal(_ state: State) -> DeskError? {
        if state.waiting.count >= longestQueue {
            return .storageUnavailable("too many writes wait for the disk already. Try again in a moment.")
        }
        guard let longestTurn, let began = state.turnBegan, now() - began > longestTurn else { return nil }
        return .storageUnavailable("the database has not answered for \(longestTurn). It goes on by itself when it answers again.")
    }

    private func beginDraining() {
        do {
            try schedule { self.drain($0) }
        } catch {
            while let group = nextGroup() {
                for write in group { write.fail(error) }
            }
        }
    }

    private func drain(_ connection: any TransactionConnection) {
        while let group = nextGroup() {
            if let failure = state.withLock({ $0.failure }) {
                for write in group { write.fail(failure) }
            } else {
                GroupTransaction(connection).commit(group, onCommit: onCommit, onFailure: note)
            }
        }
    }

    private func note(_ error: DeskError) {
        guard error.code == .storageFailed else { return }
        state.withLock { $0.failure = error }
        onFailure(error)
    }

    private func nextGroup() -> [PendingWrite]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                (state.isDraining, state.turnBegan) = (false, nil)
                return nil
            }
            let group = Array(state.waiting.prefix(Self.largestGroup))
            state.waiting.removeFirst(group.count)
            state.turnBegan = now()
            return group
        }
    }
}

/// A write that waits for its turn, whatever it gives.
package struct PendingWrite: Sendable {
    /// Runs the body; what it returns is to be called once the transaction is committed.
    let run: @Sendable (any SQLConnection) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void

    package init(
        run: @escaping @Sendable (any SQLConnection) throws -> @Sendable () -> Void, fail: @escaping @Sendable (any Error) -> Void
    ) {
        self.run = run
        self.fail = fail
    }
}

/// One transaction for a group of writes, each in a savepoint of its own.
package struct GroupTransaction {
    private let connection: any TransactionConnection

    package init(_ connection: any TransactionConnection) { self.connection = connection }

    /// Every write of the group is told how it ended, after the commit or its failure.
    /// - Parameters:
    ///   - onCommit: gets the events of the commit, before the writes are told.
    ///   - onFailure: gets why the whole group failed, before the writes are told.
    package func commit(_ group: [PendingWrite], onCommit: ([DeskEvent]) -> Void, onFailure: (DeskError) -> Void = { _ in }) {
        do {
            try connection.begin()
            let outcomes = try group.map(run)
            let events = try connection.commit()
            if !events.isEmpty { onCommit(events) }
            for outcome in outcomes { outcome() }
        } catch {
            let failure = Self.unavailable(error)
            onFailure(failure)
            connection.rollBack()
            for write in group { write.fail(failure) }
        }
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

    /// What failed for all of a group is a matter of the disk or of the database, and the next try may succeed.
    private static func unavailable(_ error: any Error) -> DeskError {
        guard let error = error as? DeskError, [.storageUnavailable, .storageRefused, .storageFailed].contains(error.code) else {
            return .storageUnavailable("the transaction could not be committed (\(error)).")
        }
        return error
    }
}
