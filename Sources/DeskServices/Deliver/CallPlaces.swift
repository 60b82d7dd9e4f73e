import DeskCore
import Synchronization

/// The calls to providers that may be under way at once: so many in all, and so many of one inbox, so that a provider who hangs takes
/// no other's places. One worker takes places; anybody may leave.
final class CallPlaces: Sendable {
    private static let maximum = 64
    private static let maximumOfInbox = 16

    private let calls = Mutex<[Attempt.ID: Inbox.ID]>([:])
    private let doubt = Mutex(false)

    /// Whether the store may have attempts claimed that have no place here, because nobody heard the end of their claim.
    var mayLackSome: Bool {
        get { doubt.withLock(\.self) }
        set { doubt.withLock { $0 = newValue } }
    }

    /// Places that are free.
    var room: Int { calls.withLock { Self.maximum - $0.count } }

    /// Inboxes that have taken all of theirs.
    var busyInboxes: Set<Inbox.ID> { Set(counts.filter { $0.value >= Self.maximumOfInbox }.keys) }

    private var counts: [Inbox.ID: Int] { calls.withLock { $0.values.reduce(into: [:]) { $0[$1, default: 0] += 1 } } }

    func isUnderWay(_ attempt: Attempt) -> Bool { calls.withLock { $0[attempt.id] != nil } }

    /// Those for which there is a place, the first ones first.
    func admitted(_ attempts: [Attempt]) -> [Attempt] {
        var counts = counts
        return attempts.filter { attempt in
            counts[attempt.recipient.inbox, default: 0] += 1
            return counts[attempt.recipient.inbox, default: 0] <= Self.maximumOfInbox
        }
    }

    func take(_ attempts: [Attempt]) {
        calls.withLock { calls in
            for attempt in attempts { calls[attempt.id] = attempt.recipient.inbox }
        }
    }

    func leave(_ attempt: Attempt) {
        calls.withLock { $0[attempt.id] = nil }
    }
}
