import DeskCore
import Synchronization

/// The calls to providers that may be under way at once: so many in all, and so many of one inbox, so that a provider who hangs takes
/// no other's places. One worker takes places; anybody may leave.
final class CallPlaces: Sendable {
    private static let maximum = 64
    private static let maximumOfInbox = 16

    private let calls = Mutex<[Inbox.ID: Int]>([:])

    /// Places that are free.
    var room: Int { calls.withLock { Self.maximum - $0.values.reduce(0, +) } }

    /// Inboxes that have taken all of theirs.
    var busyInboxes: Set<Inbox.ID> {
        calls.withLock { calls in Set(calls.filter { $0.value >= Self.maximumOfInbox }.keys) }
    }

    /// Those for which there is a place, the first ones first.
    func admitted(_ attempts: [Attempt]) -> [Attempt] {
        var counts = calls.withLock(\.self)
        return attempts.filter { attempt in
            counts[attempt.recipient.inbox, default: 0] += 1
            return counts[attempt.recipient.inbox, default: 0] <= Self.maximumOfInbox
        }
    }

    func take(_ attempts: [Attempt]) {
        calls.withLock { calls in
            for attempt in attempts { calls[attempt.recipient.inbox, default: 0] += 1 }
        }
    }

    func leave(_ attempt: Attempt) {
        calls.withLock { $0[attempt.recipient.inbox, default: 1] -= 1 }
    }
}
