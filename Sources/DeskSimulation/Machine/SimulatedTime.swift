import DeskCore
import DeskServices
import Synchronization

/// A clock that moves only when nothing is left to do at its present instant, and then right to the next instant that somebody
/// waits for.
final class SimulatedTime: TimeSource {
    /// 2026-11-20, 12:00 UTC: a Friday.
    static let beginning = Instant(unixSeconds: 1_795_176_000)

    private struct Sleeper {
        let number: Int
        let wakesAt: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = SimulatedTime.beginning
        var nextNumber = 0
        var sleepers: [Sleeper] = []
        var cancelled: Set<Int> = []
        var isOver = false
    }

    private let state = Mutex(State())

    func now() -> Instant { state.withLock { $0.now } }

    func wait(until instant: Instant) async throws {
        let number = state.withLock { state in
            state.nextNumber += 1
            return state.nextNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { add(Sleeper(number: number, wakesAt: instant, continuation: $0)) }
        } onCancel: {
            cancel(number)
        }
    }

    func wait(for duration: Duration) async throws {
        try await wait(until: now() + duration)
    }

    /// Moves to the next instant that somebody waits for, and wakes them in the order in which they lay down.
    /// - Returns: false when nobody waits.
    func advance() -> Bool {
        let due = state.withLock { state -> [Sleeper] in
            guard let next = state.sleepers.map(\.wakesAt).min() else { return [] }
            state.now = max(state.now, next)
            defer { state.sleepers.removeAll { $0.wakesAt <= state.now } }
            return state.sleepers.filter { $0.wakesAt <= state.now }
        }
        for sleeper in due { sleeper.continuation.resume() }
        return !due.isEmpty
    }

    /// Ends all waiting, now and from now on, so that every task comes to its end.
    func end() {
        let sleepers = state.withLock { state in
            defer { state.sleepers = [] }
            state.isOver = true
            return state.sleepers
        }
        for sleeper in sleepers { sleeper.continuation.resume(throwing: CancellationError()) }
    }

    private func add(_ sleeper: Sleeper) {
        let outcome: Result<Void, any Error>? = state.withLock { state in
            if state.cancelled.remove(sleeper.number) != nil || state.isOver { return .failure(CancellationError()) }
            if sleeper.wakesAt <= state.now { return .success(()) }
            state.sleepers.append(sleeper)
            return nil
        }
        if let outcome { sleeper.continuation.resume(with: outcome) }
    }

    /// May come before the sleeper lies down, or after it has got up.
    private func cancel(_ number: Int) {
        let sleeper = state.withLock { state -> Sleeper? in
            guard let index = state.sleepers.firstIndex(where: { $0.number == number }) else {
                state.cancelled.insert(number)
                return nil
            }
            return state.sleepers.remove(at: index)
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
