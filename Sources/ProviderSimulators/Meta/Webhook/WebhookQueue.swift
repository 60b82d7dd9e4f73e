package import DeskCore

/// A body on its way to the webhook, through all its attempts.
package struct WebhookDelivery: Hashable, Sendable {
    package let id: Int
    package let body: [UInt8]
    package let contactID: String?
    package let firstDue: Instant
    /// Attempts made so far.
    package internal(set) var attempts = 0
}

/// One attempt to be made.
package struct WebhookDispatch: Hashable, Sendable {
    package enum Manner: Hashable, Sendable {
        case ordinary
        /// Beside the ordinary one; its answer changes nothing.
        case duplicate
        /// Signed with a secret that isn't ours; its answer changes nothing.
        case forged
        /// Lost on the way: never posted, repeated as if refused.
        case lost
    }

    package let delivery: Int
    package let attempt: Int
    package let body: [UInt8]
    package let manner: Manner
    /// The fault that made it so, by its name in the control API.
    package let fault: String?
}

/// What waits to be told to the webhook: gathers notices into bodies, and repeats what wasn't answered with 200.
package struct WebhookQueue: Sendable {
    /// Meta gives up after this long.
    package static let patience = Duration.hours(7 * 24)
    package static let longestPause = Duration.hours(1)

    private enum Item { case notices(PlannedNotices), delivery(WebhookDelivery) }

    private struct Waiting {
        let due: Instant
        let item: Item
    }

    private var waiting: [Waiting] = []
    private var underway: [Int: WebhookDelivery] = [:]
    private var reordered: [WebhookDelivery] = []
    private var lastDelivery = 0

    package init() {}

    /// Bodies that were not answered with 200 yet, and notices without a body.
    package var count: Int { waiting.count + underway.count + reordered.count }

    /// Forgets what waits; the numbers of deliveries go on.
    package mutating func clear() {
        waiting = []
        underway = [:]
        reordered = []
    }

    /// - Returns: when to come back for it.
    package mutating func add(_ planned: PlannedNotices, behaviour: MetaBehaviour) -> Instant {
        guard behaviour.maximumBatch > 1 else { return insert(.notices(planned), due: planned.due) }
        let window = max(1, behaviour.batchWindow.wholeMicroseconds)
        let due = Instant(microseconds: (planned.due.microseconds / window + 1) * window)
        return insert(.notices(planned), due: due)
    }

    private mutating func insert(_ item: Item, due: Instant) -> Instant {
        let position = waiting.lastIndex { $0.due <= due }.map { $0 + 1 } ?? 0
        waiting.insert(Waiting(due: due, item: item), at: position)
        return due
    }

    /// What is due, made into bodies of at most `maximumBatch` notices; what was planned together stays together.
    package mutating func takeDue(at now: Instant, maximumBatch: Int, account: MetaAccount) -> [WebhookDelivery] {
        let due = waiting.prefix { $0.due <= now }
        waiting.removeFirst(due.count)
        var deliveries: [WebhookDelivery] = []
        var batch: [PlannedNotices] = []
        for entry in due {
            switch entry.item {
            case .delivery(let delivery): deliveries.append(delivery)
            case .notices(let planned):
                if !batch.isEmpty, batch.reduce(planned.notices.count, { $0 + $1.notices.count }) > maximumBatch {
                    deliveries.append(delivery(of: batch, account: account))
                    batch = []
                }
                batch.append(planned)
            }
        }
        if !batch.isEmpty { deliveries.append(delivery(of: batch, account: account)) }
        return deliveries
    }

    private mutating func delivery(of batch: [PlannedNotices], account: MetaAccount) -> WebhookDelivery {
        lastDelivery += 1
        let body = WebhookEnvelope.body(for: batch.flatMap(\.notices), account: account).bytes(.escaped)
        return WebhookDelivery(
            id: lastDelivery, body: body, contactID: batch.first?.contactID, firstDue: batch.first?.due ?? Instant(unixSeconds: 0))
    }

    /// What to post for a delivery that is due.
    /// - Parameter fault: what is to go wrong with it.
    package mutating func dispatches(
        of delivery: WebhookDelivery, fault: Fault.Effect?, pendingReorders: Int, at now: Instant
    )
        -> [WebhookDispatch]
    {
        switch fault {
        case .webhookDelay(let delay):
            _ = insert(.delivery(delivery), due: now + delay)
            return []
        case .webhookReorder:
            reordered.append(delivery)
            guard pendingReorders == 0 else { return [] }
            defer { reordered = [] }
            return reordered.reversed().map { begin($0, .ordinary, fault) }
        case .webhookDuplicate: return [begin(delivery, .ordinary, nil), dispatch(delivery, .duplicate, fault)]
        case .webhookWrongSignature: return [dispatch(delivery, .forged, fault), begin(delivery, .ordinary, nil)]
        case .webhookDropFirst: return [begin(delivery, .lost, fault)]
        default: return [begin(delivery, .ordinary, nil)]
        }
    }

    private mutating func begin(_ delivery: WebhookDelivery, _ manner: WebhookDispatch.Manner, _ fault: Fault.Effect?) -> WebhookDispatch {
        var started = delivery
        started.attempts += 1
        underway[delivery.id] = started
        return dispatch(started, manner, fault)
    }

    private func dispatch(_ delivery: WebhookDelivery, _ manner: WebhookDispatch.Manner, _ fault: Fault.Effect?) -> WebhookDispatch {
        WebhookDispatch(
            delivery: delivery.id, attempt: max(1, delivery.attempts), body: delivery.body, manner: manner, fault: fault?.name)
    }

    /// Takes note of how an attempt ended.
    /// - Returns: when to come back for the next one; nil if it is over.
    package mutating func settle(_ dispatch: WebhookDispatch, isAccepted: Bool, retryBase: Duration, at now: Instant) -> Instant? {
        guard dispatch.manner == .ordinary || dispatch.manner == .lost else { return nil }
        guard let delivery = underway.removeValue(forKey: dispatch.delivery), !isAccepted else { return nil }
        let due = now + Self.pause(after: delivery.attempts, base: retryBase)
        guard due - delivery.firstDue <= Self.patience else { return nil }
        return insert(.delivery(delivery), due: due)
    }

    /// The pause after so many attempts: it doubles, up to an hour.
    package static func pause(after attempts: Int, base: Duration) -> Duration {
        min(base * (1 << min(max(attempts - 1, 0), 20)), longestPause)
    }
}
