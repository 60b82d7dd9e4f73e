import DeskCore
import Synchronization

/// Notices that the machine's clock was set back, from the times at which a worker looked at it. What waits for an instant would wait
/// too long then.
final class ClockWatch: Sendable {
    /// What daily corrections may take away; nobody notices such a wait.
    private static let tolerance = Duration.seconds(1)

    private let latest = Mutex<Instant?>(nil)

    /// - Returns: whether it is earlier now than at the look before; true at the first look, since nobody knows what happened before.
    func mayHaveGoneBack(at now: Instant) -> Bool {
        latest.withLock { latest in
            defer { latest = now }
            return latest.map { now + Self.tolerance < $0 } ?? true
        }
    }
}
