package import DeskCore

/// A budget that refills evenly and may be overdrawn by a burst (the generic cell rate algorithm, ITU-T I.371).
package struct RateLimit: Hashable, Sendable {
    private let interval: Duration
    private let burst: Int
    /// When the budget will be whole again.
    private var isWholeAt: Instant?

    /// - Parameters:
    ///   - interval: between two that are allowed for ever.
    ///   - burst: how many may go at once.
    package init(every interval: Duration, burst: Int) {
        self.interval = interval
        self.burst = burst
    }

    /// Takes one if there is one to take.
    package mutating func take(at now: Instant) -> Bool {
        let start = max(isWholeAt ?? now, now)
        guard start - now <= interval * (burst - 1) else { return false }
        isWholeAt = start + interval
        return true
    }
}
