import DeskServices
import Synchronization

/// Hands the events of all servers on a database to this one's listener: each once, and in the order of commits.
final class EventRelay: Sendable {
    private let onCommit: @Sendable ([DeskEvent]) -> Void
    /// The number of the last event that was handed on; nil before anybody listens to other servers.
    private let last = Mutex<Int64?>(nil)

    init(onCommit: @escaping @Sendable ([DeskEvent]) -> Void) {
        self.onCommit = onCommit
    }

    /// From now on, other servers' events are awaited between ours.
    func begin(after sequence: Int64) {
        last.withLock { $0 = max($0 ?? sequence, sequence) }
    }

    var lastNumber: Int64? { last.withLock { $0 } }

    /// Hands on events of this server's own commit, unless others are still missing before them.
    /// - Returns: false when they have to be read from the table, together with what is missing.
    func pass(own events: [DeskEvent]) -> Bool {
        last.withLock { last in
            guard let first = events.first else { return true }
            if let known = last {
                let isNext = first.sequence <= known + 1
                guard isNext else { return false }
            }
            tell(events, &last)
            return true
        }
    }

    /// Hands on events that were read from the table, in order.
    func pass(read events: [DeskEvent]) {
        last.withLock { tell(events, &$0) }
    }

    /// Under the lock, so that nobody overtakes.
    private func tell(_ events: [DeskEvent], _ last: inout Int64?) {
        let known = last ?? 0
        let new = events.filter { $0.sequence > known }
        guard let newest = new.last else { return }
        last = newest.sequence
        onCommit(new)
    }
}
