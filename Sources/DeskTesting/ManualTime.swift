package import DeskCore
import DeskServices
import Synchronization

/// A clock that stands still until a test moves it. Whoever waits for an instant goes on when the clock has reached it.
package final class ManualTime: TimeSource {
    private struct Sleeper {
        let wakesAt: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Instant
        var nextSleeper = 0
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
    }

    private let state: Mutex<State>

    /// - Parameter now: what the clock shows; by default a Friday in November 2026, 12:00 UTC.
    package init(_ now: Instant = Instant(unixSeconds: 1_795_176_000)) {
        state = Mutex(State(now: now))
    }

    package func now() -> Instant { state.withLock { $0.now } }

    /// How many wait for the clock to move.
    package var waitingCount: Int { state.withLock { $0.sleepers.count } }

    package func advance(by duration: Duration) {
        set(now() + duration)
    }

    /// Moves the clock, also back, and wakes whoever waited for an instant up to it.
    package func set(_ instant: Instant) {
        let due = state.withLock { state in
            state.now = instant
            let due = state.sleepers.filter { $0.value.wakesAt <= instant }
            for key in due.keys { state.sleepers[key] = nil }
            return due.values.sorted { $0.wakesAt < $1.wakesAt }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    package func wait(until instant: Instant) async throws {
        let key = state.withLock { state in
            state.nextSleeper += 1
            return state.nextSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { add(key, Sleeper(wakesAt: instant, continuation: $0)) }
        } onCancel: {
            cancel(key)
        }
    }

    private func add(_ key: Int, _ sleeper: Sleeper) {
        let outcome: Result<Void, any Error>? = state.withLock { state in
            if state.cancelled.remove(key) != nil { return .failure(CancellationError()) }
            if sleeper.wakesAt <= state.now { return .success(()) }
            state.sleepers[key] = sleeper
            return nil
        }
        if let outcome { sleeper.continuation.resume(with: outcome) }
    }

    /// May come before the sleeper lies down, or after it has got up.
    private func cancel(_ key: Int) {
        let sleeper = state.withLock { state in
            let sleeper = state.sleepers.removeValue(forKey: key)
            if sleeper == nil { state.cancelled.insert(key) }
            return sleeper
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
