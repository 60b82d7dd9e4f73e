import DeskServices

/// The newest events, in memory: a stretch of the store's sequence without gaps.
struct EventWindow {
    private let capacity: Int
    private var events: ArraySlice<DeskEvent> = []

    init(capacity: Int) { self.capacity = capacity }

    /// What follows a number.
    enum Stretch: Hashable {
        /// Every event after the number; empty when there is none yet.
        case complete([DeskEvent])
        /// The window begins later: only the store still knows.
        case forgotten
    }

    /// Takes an event in. One that doesn't follow the newest directly starts the window anew.
    mutating func append(_ event: DeskEvent) {
        if let last = events.last {
            guard event.sequence > last.sequence else { return }
            if event.sequence != last.sequence + 1 { events = [] }
        }
        events.append(event)
        if events.count > capacity { events = ArraySlice(Array(events.suffix(capacity / 2))) }
    }

    func after(_ sequence: Int64) -> Stretch {
        guard let first = events.first, let last = events.last, last.sequence > sequence else { return .complete([]) }
        guard first.sequence <= sequence + 1 else { return .forgotten }
        return .complete(Array(events[(events.startIndex + Int(sequence + 1 - first.sequence))...]))
    }
}
