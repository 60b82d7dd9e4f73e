package import DeskCore

/// A running world: gives the pure `MetaWorld` the time, and carries out what it decides. Everything that the control API can do is
/// here, for Swift callers.
package actor MetaSimulator {
    var world: MetaWorld
    var queue = WebhookQueue()
    private(set) var attempts: [WebhookAttempt] = []
    private(set) var caller: any WebhookCalling = NoWebhookCaller()
    private let clock: @Sendable () -> Instant
    private var clockAdvance = Duration.zero
    private var listenAddress: String?
    private var waitingForAddress: [AsyncStream<Void>.Continuation] = []
    private var waitingForWebhook: [AsyncStream<Void>.Continuation] = []
    private var receiptListeners: [Int: AsyncStream<Receipt>.Continuation] = [:]
    private var lastListener = 0
    private var hasFinished = false

    /// Attempts that are due now, and instants at which others will be.
    nonisolated let dispatches: AsyncStream<WebhookDispatch>
    nonisolated let alarms: AsyncStream<Instant>
    let dispatching: AsyncStream<WebhookDispatch>.Continuation
    let alarming: AsyncStream<Instant>.Continuation

    /// - Parameters:
    ///   - clock: gives the time; the simulator adds what it was told to be ahead.
    package init(world: MetaWorld, clock: @escaping @Sendable () -> Instant) {
        self.world = world
        self.clock = clock
        (dispatches, dispatching) = AsyncStream.makeStream()
        (alarms, alarming) = AsyncStream.makeStream()
    }

    /// From now on the webhook is called through `caller`; until the first call of this, not at all.
    package func call(through caller: any WebhookCalling) { self.caller = caller }

    package var now: Instant { clock() + clockAdvance }

    /// Makes time jump ahead: windows close, files expire, repeats fall due.
    package func advanceClock(by duration: Duration) {
        clockAdvance += duration
        dispatchDue()
    }

    /// Runs a change of the world, and sends on its way what it has to tell.
    func change<Failure: Error, Result: Sendable>(
        _ body: (inout MetaWorld, Instant) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let known = world.receipts.count
        let result = try body(&world, now)
        for receipt in world.receipts.dropFirst(known) where receipt.outcome == .accepted {
            receiptListeners = receiptListeners.filter { _, listener in
                if case .terminated = listener.yield(receipt) { false } else { true }
            }
        }
        for planned in world.takeNotices() {
            alarming.yield(queue.add(planned, behaviour: world.behaviour))
        }
        dispatchDue()
        return result
    }

    // MARK: The address

    /// Where the simulator listens, once it does: `http://127.0.0.1:49152`.
    /// - Throws: `CancellationError` if it ended before it could listen.
    package func baseURL() async throws -> String {
        if listenAddress == nil, !hasFinished {
            let (news, waiter) = AsyncStream<Void>.makeStream()
            waitingForAddress.append(waiter)
            for await _ in news {}
        }
        guard let listenAddress else { throw CancellationError() }
        return listenAddress
    }

    /// Waits until notices have somewhere to go; returns at once if they have, and when cancelled.
    package func waitForWebhook() async {
        guard world.webhook.current == nil, !hasFinished else { return }
        let (news, waiter) = AsyncStream<Void>.makeStream()
        waitingForWebhook.append(waiter)
        for await _ in news {}
    }

    package var hasWebhook: Bool { world.webhook.current != nil }

    func webhookIsConnected() {
        for waiter in waitingForWebhook { waiter.finish() }
        waitingForWebhook = []
    }

    func listens(at address: String) {
        listenAddress = address
        for waiter in waitingForAddress { waiter.finish() }
        waitingForAddress = []
    }

    // MARK: What the world saw

    package func receipts() -> [Receipt] { world.receipts.filter { $0.outcome == .accepted } }

    package func everyReceipt() -> [Receipt] { world.receipts }

    package func marks() -> [Mark] { world.marks }

    package func deliveries() -> (attempts: [WebhookAttempt], pending: Int) { (attempts, queue.count) }

    /// Messages of ours, from now on, as the world accepts them.
    package func acceptedReceipts() -> AsyncStream<Receipt> {
        let (stream, continuation) = AsyncStream<Receipt>.makeStream()
        lastListener += 1
        receiptListeners[lastListener] = continuation
        return stream
    }

    /// Waits until the world has accepted so many messages, or the time is over.
    /// - Parameter isWanted: which ones count.
    /// - Returns: those there are; fewer than `count` if the time was over.
    package nonisolated func receipts(
        atLeast count: Int, within limit: Duration, where isWanted: @escaping @Sendable (Receipt) -> Bool
    ) async -> [Receipt] {
        let accepted = await acceptedReceipts()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                var news = accepted.makeAsyncIterator()
                while await self.receipts().filter(isWanted).count < count, await news.next() != nil {}
            }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
        return await receipts().filter(isWanted)
    }

    /// Ends the streams, so that whoever reads them comes to an end.
    func finish() {
        hasFinished = true
        for waiter in waitingForAddress + waitingForWebhook { waiter.finish() }
        waitingForAddress = []
        waitingForWebhook = []
        dispatching.finish()
        alarming.finish()
        for listener in receiptListeners.values { listener.finish() }
        receiptListeners = [:]
    }

    func note(_ attempt: WebhookAttempt) {
        attempts.append(attempt)
        if attempts.count > WebhookAttempt.remembered { attempts.removeFirst(attempts.count - WebhookAttempt.remembered) }
    }

    /// Forgets everything but the behaviour and the webhook.
    package func reset() {
        world.reset()
        queue.clear()
        attempts = []
    }
}

/// An attempt to tell the webhook something, and how it ended.
package struct WebhookAttempt: Hashable, Sendable {
    /// How many are kept.
    static let remembered = 10_000

    package let delivery: Int
    package let attempt: Int
    package let at: Instant
    package let url: String?
    package let outcome: WebhookOutcome
    package let fault: String?
    package let body: [UInt8]
}
