package import DeskCore
import Synchronization

/// Wakes a worker that waits for something to do. Ringing while nobody waits is remembered, once.
package final class Doorbell: Sendable {
    private enum State {
        case quiet
        case rung
        case awaited(CheckedContinuation<Void, Never>)
    }

    private let state = Mutex(State.quiet)

    package init() {}

    package func ring() {
        let waiting: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard case .awaited(let continuation) = state else {
                state = .rung
                return nil
            }
            state = .quiet
            return continuation
        }
        waiting?.resume()
    }

    /// Returns when it has rung since the last time, or when the task is cancelled. For one worker at a time.
    package func heard() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    guard case .quiet = state, !Task.isCancelled else {
                        state = .quiet
                        return true
                    }
                    state = .awaited(continuation)
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
    }

    /// Returns when it rings, or at an instant, whichever comes first.
    package func heard(orAt instant: Instant?, by time: any TimeSource) async {
        guard let instant else { return await heard() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.heard() }
            group.addTask { try? await time.wait(until: instant) }
            await group.next()
            group.cancelAll()
        }
    }
}
