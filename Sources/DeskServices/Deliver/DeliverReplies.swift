import DeskCore
import Logging
import ServiceLifecycle

/// Brings recorded replies to the providers (promise P4): claims what is due, durably, then calls once, then records what came of
/// it. A slow or failing conversation delays no other, and a slow or failing inbox no other inbox.
package struct DeliverReplies: Service {
    private let context: DeskContext
    private let doorbell: Doorbell
    private let longestNap: Duration
    private let places = CallPlaces()
    private let clock = ClockWatch()
    private let term = DeliveryTerm()

    /// - Parameters:
    ///   - doorbell: rung whenever there may be something to deliver.
    ///   - longestNap: how long a server that another one took over from may not know it, with nothing to send.
    package init(_ context: DeskContext, doorbell: Doorbell, longestNap: Duration = .seconds(15)) {
        self.context = context
        self.doorbell = doorbell
        self.longestNap = longestNap
    }

    /// Runs until it is told to stop; what is under way then is finished and recorded first.
    /// - Throws: `superseded` when another server delivers from the same store now.
    package func run() async throws {
        try await recoverInterrupted()
        try await withGracefulShutdownHandler {
            try await deliverUntilStopped().get()
        } onGracefulShutdown: {
            doorbell.ring()
        }
    }

    /// Returns when everything that was begun is recorded.
    func deliverUntilStopped() async -> Result<Void, any Error> {
        await withDiscardingTaskGroup(returning: Result<Void, any Error>.self) { group in
            do {
                while !Self.isStopping {
                    let next = try await round { attempt in group.addTask { await deliver(attempt) } }
                    let latest = context.time.now() + longestNap
                    await doorbell.heard(orAt: min(next ?? latest, latest), by: context.time)
                }
                return .success(())
            } catch {
                return .failure(error)
            }
        }
    }

    private static var isStopping: Bool { Task.isCancelled || Task.isShuttingDownGracefully }

    /// Delivers what is due now, once, and returns when that is recorded: for whoever turns the clock by hand.
    package func deliverDue() async {
        await withDiscardingTaskGroup { group in
            _ = try? await round { attempt in group.addTask { await deliver(attempt) } }
        }
    }

    /// Claims what is due now and hands it to `start`.
    /// - Returns: when the next will be due.
    /// - Throws: `superseded`.
    func round(start: (Attempt) -> Void) async throws -> Instant? {
        let now = context.time.now()
        do {
            if clock.mayHaveGoneBack(at: now) { try await context.storage.write { try $0.attempts.restartWaits(at: now) } }
            try await putBackDoubtful(at: now)
            let claimed = try await claim(at: now)
            for attempt in claimed { start(attempt) }
            guard claimed.isEmpty else { return now }
            let busy = places.busyInboxes
            return try await context.storage.read { session in
                try term.confirm(session)
                if let next = try session.attempts.nextDueAt(except: busy) { return max(next, now + .milliseconds(20)) }
                // A hold may be released by another program on the same store, which can't ring.
                return try session.operations.holds().isEmpty ? nil : now + .seconds(2)
            }
        } catch let error as DeskError where error == .superseded {
            throw error
        } catch {
            places.mayLackSome = true
            context.logger.error("deliveries could not be claimed", metadata: ["error": "\(error)"])
            return now + .seconds(1)
        }
    }

    /// Whoever was calling when the program stopped can't tell how the call ended; and whoever still calls may begin no other call.
    func recoverInterrupted() async throws {
        let now = context.time.now()
        try await context.storage.write { session in
            try term.begin(session, at: now)
            for attempt in try session.attempts.sending() {
                guard let workspace = try session.workspaces.workspace(attempt.workspace) else { continue }
                try book(session, of: workspace, now).record(.interrupted, for: attempt)
            }
        }
    }

    /// What the store calls under way, and nobody here is calling for, was claimed in a transaction whose end was not heard of: no call
    /// was made, so it goes back to wait.
    private func putBackDoubtful(at now: Instant) async throws {
        guard places.mayLackSome else { return }
        try await context.storage.write { session in
            try term.require(session, at: now)
            for attempt in try session.attempts.sending() where !places.isUnderWay(attempt) {
                guard let workspace = try session.workspaces.workspace(attempt.workspace) else { continue }
                try book(session, of: workspace, now).record(.postponed(until: now), for: attempt)
            }
        }
        places.mayLackSome = false
    }

    private func claim(at now: Instant) async throws -> [Attempt] {
        let (room, busy) = (places.room, places.busyInboxes)
        let next = try await context.storage.read { try $0.attempts.nextDueAt(except: busy) }
        guard room > 0, let next, next <= now else { return [] }
        let claimed = try await context.storage.write { session in
            try term.require(session, at: now)
            let due = try session.attempts.due(at: now, limit: room, except: busy)
            return try places.admitted(due).compactMap { attempt -> Attempt? in
                guard let workspace = try session.workspaces.workspace(attempt.workspace) else { return nil }
                return try book(session, of: workspace, now).record(.claimed, for: attempt)
            }
        }
        places.take(claimed)
        return claimed
    }

    /// One delivery from claim to record. The record is tried until it holds, and once more while stopping: what the provider took
    /// must not be forgotten. What the store will never take is left to a person, so that the next replies can go.
    func deliver(_ attempt: Attempt) async {
        context.faults.reach(.attemptCommitted)
        guard var event = await outcome(of: attempt) else { return leave(attempt) }
        context.faults.reach(.callMadeBeforeRecord)
        var pause = Duration.milliseconds(50)
        repeat {
            do {
                try await record(event, for: attempt)
                break
            } catch {
                context.logger.error(
                    "a delivery's outcome could not be recorded yet", metadata: ["attempt": "\(attempt.id)", "error": "\(error)"])
                if let refusal = error as? DeskError, !refusal.isTransient, event != Self.unstorable {
                    event = Self.unstorable
                    continue
                }
                try? await context.time.wait(until: context.time.now() + pause)
                pause = min(pause * 2, .seconds(5))
            }
        } while !Self.isStopping
        leave(attempt)
    }

    private func leave(_ attempt: Attempt) {
        places.leave(attempt)
        doorbell.ring()
    }

    private static let unstorable = Attempt.Event.called(.unknown(reason: "What the provider answered could not be stored."))

    private func record(_ event: Attempt.Event, for attempt: Attempt) async throws {
        let now = context.time.now()
        let jitter = context.chance.fraction()
        try await context.storage.write { session in
            guard let current = try session.attempts.attempt(attempt.id),
                let workspace = try session.workspaces.workspace(attempt.workspace)
            else { return }
            try book(session, of: workspace, now, jitter: jitter).record(event, for: current)
            context.faults.reach(.outcomeBeforeCommit)
        }
        context.faults.reach(.outcomeAfterCommit)
    }

    private func book(_ session: any StorageSession, of workspace: Workspace, _ now: Instant, jitter: Double = 0) -> AttemptBook {
        AttemptBook(
            session: session, identifiers: context.identifiers, targets: context.answerTargets(of: workspace), now: now, jitter: jitter)
    }

    /// - Returns: nil for an attempt that is no longer ours to make.
    private func outcome(of attempt: Attempt) async -> Attempt.Event? {
        do {
            let dispatch = try await Dispatch.prepare(attempt, in: context)
            guard case .ready(let message, let connection, let answered) = dispatch else { return dispatch.refusal }
            if let wait = await context.channels.reserve(message.recipient, through: connection, at: context.time.now()) {
                return .postponed(until: context.time.now() + wait)
            }
            if let answered { await context.channels.markRead(providerID: answered, through: connection) }
            return .called(await context.channels.send(message, through: connection))
        } catch {
            context.logger.error("a delivery could not be prepared", metadata: ["attempt": "\(attempt.id)", "error": "\(error)"])
            return .postponed(until: context.time.now() + .seconds(1))
        }
    }
}
