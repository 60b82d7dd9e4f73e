import DeskServices
import Synchronization

/// Hands each commit's events to the program that runs at that moment.
final class CommitRelay: Sendable {
    private let listener = Mutex<@Sendable ([DeskEvent]) -> Void>({ _ in })

    func connect(_ body: @escaping @Sendable ([DeskEvent]) -> Void) { listener.withLock { $0 = body } }

    func announce(_ events: [DeskEvent]) {
        let listener = listener.withLock { $0 }
        listener(events)
    }
}
