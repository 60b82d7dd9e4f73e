import DeskCore
import DeskServices
import Synchronization

/// A clock that is turned by hand, so that the days before now can be lived through in seconds. It never goes back.
final class SeedClock: TimeSource {
    private let instant: Mutex<Instant>

    init(_ instant: Instant) { self.instant = Mutex(instant) }

    func now() -> Instant { instant.withLock(\.self) }

    func turn(to next: Instant) {
        instant.withLock { $0 = max($0, next) }
    }

    /// Nothing of the past is waited for.
    func wait(until instant: Instant) async throws {}
}
