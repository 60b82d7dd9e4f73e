import Synchronization

/// Between those who store raw events first and the worker that projects them: it wakes the worker, and lets the others know while the
/// worker has not caught up. The store knows it too, and has the last word; asking here costs nothing.
package final class ProjectionBell: Sendable {
    private struct State {
        var rings = 0
        var isBehind = false
    }

    private let state = Mutex(State())
    private let doorbell = Doorbell()
    /// Deliveries under way: the worker makes way for many.
    let deliveries = InFlightCount()

    package init() {}

    /// A raw event was stored that is to be projected.
    package func ring() {
        state.withLock { state in
            state.rings += 1
            state.isBehind = true
        }
        doorbell.ring()
    }

    /// Returns when it has rung since the last time, or when the task is cancelled.
    func heard() async { await doorbell.heard() }

    /// Whether raw events still wait for the worker, as far as this program knows.
    var isBehind: Bool { state.withLock { $0.isBehind } }

    /// To be asked before the store is looked at.
    var rings: Int { state.withLock { $0.rings } }

    /// The worker found nothing more to do.
    /// - Parameter rings: how often it had rung before the worker looked; what came since it may not have seen.
    func hasCaughtUp(with rings: Int) {
        state.withLock { state in
            if state.rings == rings { state.isBehind = false }
        }
    }
}
