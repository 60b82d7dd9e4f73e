import DeskCore
import Synchronization

/// Hands committed events on to whoever listens: screens, programs, workers. It remembers nothing; whoever was away reads the
/// store from the last number that they have.
package final class EventBus: Sendable {
    /// How many events may wait for one slow listener. It then sees a jump in the numbers, and reads the store.
    private static let backlog = 512

    private struct State {
        var nextListener = 0
        var listeners: [Int: AsyncStream<DeskEvent>.Continuation] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// Called by the store after each commit, in the order of commits.
    package func publish(_ events: [DeskEvent]) {
        let listeners = state.withLock { $0.listeners.sorted { $0.key < $1.key }.map(\.value) }
        for listener in listeners {
            for event in events { listener.yield(event) }
        }
    }

    /// Everything that is committed from now on. Ends when the listener's task ends, or the bus is closed.
    package func listen() -> AsyncStream<DeskEvent> {
        let (stream, continuation) = AsyncStream.makeStream(of: DeskEvent.self, bufferingPolicy: .bufferingNewest(Self.backlog))
        let listener = state.withLock { state in
            state.nextListener += 1
            state.listeners[state.nextListener] = continuation
            return state.nextListener
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.listeners.removeValue(forKey: listener) }
        }
        return stream
    }

    package var listenerCount: Int { state.withLock { $0.listeners.count } }

    /// Ends every listener's stream; for shutting down.
    package func close() {
        let listeners = state.withLock { state in
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }
}
