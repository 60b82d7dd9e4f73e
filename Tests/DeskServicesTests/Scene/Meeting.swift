import Synchronization

/// Where several come together before any goes on: to let them act at the same moment.
final class Meeting: Sendable {
    private let expected: Int
    private let arrived = Mutex(0)

    init(of expected: Int) { self.expected = expected }

    /// Waits for the others. A test that uses it has a time limit, which ends the waiting.
    func attend() async {
        arrived.withLock { $0 += 1 }
        while arrived.withLock({ $0 }) < expected, !Task.isCancelled { await Task.yield() }
    }
}
