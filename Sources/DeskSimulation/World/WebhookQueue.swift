import DeskCore
import DeskServices
import Synchronization

/// One request of the provider.
struct Webhook: Sendable {
    let events: [ChannelEvent]
    /// Unlike those of any other.
    let words: String

    /// What goes over the wire.
    var body: [UInt8] { Array(words.utf8) }

    /// Provider's ids of the notices about contacts that it carries.
    var notices: [String] {
        events.compactMap { event in
            if case .system(let notice) = event.payload { notice.providerID } else { nil }
        }
    }

    /// Provider's ids of the messages that it carries.
    var messages: [String] {
        events.compactMap { event in
            switch event.payload {
            case .message(let message), .echo(let message): message.providerID
            default: nil
            }
        }
    }
}

/// Brings the provider's requests to the desk as Meta does: late, out of order, more than once, and again and again until it is told
/// “received”.
final class WebhookQueue: Sendable {
    private typealias Errand = @Sendable () async -> Void

    private let parts: WorldParts
    private let errands: AsyncStream<Errand>
    private let input: AsyncStream<Errand>.Continuation
    private let open = Mutex(0)
    private let posted = Mutex<[[UInt8]: Webhook]>([:])

    init(_ parts: WorldParts) {
        self.parts = parts
        (errands, input) = AsyncStream.makeStream(of: Errand.self)
    }

    /// How many requests have not been acknowledged, or are still to be repeated.
    var count: Int { open.withLock { $0 } }

    /// What a request with this body says, which is all that the channel's adapter does here.
    func webhook(with body: [UInt8]) -> Webhook? { posted.withLock { $0[body] } }

    func post(_ events: [ChannelEvent], _ words: String, after delay: Duration) {
        let webhook = posted.withLock { posted in
            let webhook = Webhook(events: events, words: "#\(posted.count + 1) \(words)")
            posted[webhook.body] = webhook
            return webhook
        }
        open.withLock { $0 += 1 }
        input.yield { [self] in
            await bring(webhook, after: delay)
            open.withLock { $0 -= 1 }
        }
    }

    /// Does something of the provider's own after a while.
    func later(_ delay: Duration, _ body: @escaping @Sendable () -> Void) {
        input.yield { [self] in
            do { try await parts.time.wait(for: delay) } catch { return }
            body()
        }
    }

    func run(to door: WebhookDoor) async {
        doors.withLock { $0 = door }
        await withDiscardingTaskGroup { group in
            for await errand in errands { group.addTask { await errand() } }
        }
    }

    func close() {
        input.finish()
        doors.withLock { $0 = nil }
    }

    private let doors = Mutex<WebhookDoor?>(nil)

    private func bring(_ webhook: Webhook, after delay: Duration) async {
        var pause = Duration.seconds(1)
        do {
            try await parts.time.wait(for: parts.weather.brings(\.lateWebhooks) ? delay + parts.dice.seconds(60...900) : delay)
            while await !isAcknowledged(webhook) {
                try await parts.time.wait(for: pause + parts.dice.milliseconds(0...1_000))
                pause = min(pause * 2, .minutes(30))
            }
            while parts.weather.brings(\.repeatedWebhooks) {
                try await parts.time.wait(for: parts.dice.seconds(0...300))
                _ = await isAcknowledged(webhook)
            }
        } catch {
            return
        }
    }

    private func isAcknowledged(_ webhook: Webhook) async -> Bool {
        guard let door = doors.withLock({ $0 }) else { return false }
        let isTaken = await door.take(webhook)
        parts.story.tell("← webhook: \(webhook.words)\(isTaken ? "" : " — not acknowledged")")
        guard isTaken else { return false }
        parts.judge.acknowledged(webhook)
        return !parts.weather.brings(\.lostAnswers)
    }
}

/// Where the provider's requests are answered: what the server does with one after its signature was right.
struct WebhookDoor: Sendable {
    let program: Program
    let inbox: Inbox
    let sabotage: Sabotage?

    /// - Returns: whether it was answered with 2xx.
    func take(_ webhook: Webhook) async -> Bool {
        var hasArrived = false
        do {
            try await program.take { receive in
                hasArrived = true
                _ = try await receive.receive(body: webhook.body, inbox: inbox)
            }
            return true
        } catch {
            return hasArrived && sabotage == .acknowledgingEarly
        }
    }
}
