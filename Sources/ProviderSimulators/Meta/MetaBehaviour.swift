/// How the simulated Meta behaves: everything that a test may want otherwise. May change while it runs.
package struct MetaBehaviour: Hashable, Sendable {
    /// Who decides when a message of ours was sent, delivered, read.
    package enum Statuses: String, Sendable { case auto, manual }

    package enum StatusOrder: String, Sendable {
        case inOrder = "in_order"
        case shuffled
    }

    /// Whether a message outside the window is refused at once, or accepted and then reported as failed: Meta does both.
    package enum WindowRefusal: String, Sendable { case sync, async }

    package var statuses = Statuses.auto
    package var statusOrder = StatusOrder.inOrder
    package var sentAfter = Duration.milliseconds(150)
    package var deliveredAfter = Duration.milliseconds(500)
    package var readAfter = Duration.seconds(2)
    /// The first pause before an unanswered delivery is repeated; it doubles each time.
    package var retryBase = Duration.seconds(1)
    /// The most notices in one body; above 1, what falls due within `batchWindow` goes together.
    package var maximumBatch = 1
    package var batchWindow = Duration.milliseconds(100)
    /// How many webhook calls may be under way at once; 1 keeps first attempts in order.
    package var webhookConcurrency = 1
    package var webhookTimeout = Duration.seconds(20)
    package var windowRefusal = WindowRefusal.sync
    /// Whether one message in 6 seconds to one person is the limit, 45 in a burst.
    package var limitsPairs = true
    /// Messages a second, to whomever.
    package var throughputPerSecond = 80
    /// Whether unknown numbers are refused as a test number of Meta's does (131030), instead of failing later (131026).
    package var usesAllowList = false
    /// Whether reactions to messages of which this world has not heard are taken: for a demonstration whose past it did not live.
    package var takesReactionsToThePast = false

    package init() {}
}
