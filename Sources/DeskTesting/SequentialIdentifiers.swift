package import DeskCore
import Synchronization

/// Identifiers that look like ours, sort by time, and are the same in every run.
package final class SequentialIdentifiers: IdentifierSource {
    private let count = Mutex<UInt64>(0)

    package init() {}

    package func next<Subject>(at instant: Instant) -> Identifier<Subject> {
        let number = count.withLock { count in
            count += 1
            return count
        }
        var counter = Counter(value: number)
        return Identifier(UUIDv7.text(at: instant, random: &counter))
    }

    private struct Counter: RandomNumberGenerator {
        var value: UInt64

        /// The high half first, as `UUIDv7` asks: zero there keeps the order of the low half.
        private var isFirst = true

        init(value: UInt64) { self.value = value }

        mutating func next() -> UInt64 {
            defer { isFirst = false }
            return isFirst ? 0 : value
        }
    }
}
