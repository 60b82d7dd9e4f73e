import DeskCore
import Logging
import ServiceLifecycle

/// Gives raw events that were stored first their meaning, in the order in which they came (promise P1).
///
/// Each ends as projected, ignored or quarantined; until then it is pending, whatever stops the program. What was there already when
/// the program started is looked at with suspicion: an event over which the program stopped several times is left to a person.
package struct ProjectEvents: Service {
    /// Events of one transaction: few, because what providers send meanwhile waits for it.
    private static let batch = 32
    /// What comes in has the store to itself for this many times as long as a batch took, while many press in.
    private static let yieldingFactor = 4
    private static let yielding: ClosedRange<Duration> = .milliseconds(10) ... .milliseconds(100)
    /// Starts after which an event that was always in the way is not tried again.
    static let maximumStarts = 3

    private let context: DeskContext
    private let bell: ProjectionBell

    /// - Parameter bell: rung when a raw event was stored that is to be projected.
    package init(_ context: DeskContext, bell: ProjectionBell) {
        self.context = context
        self.bell = bell
    }

    /// Runs until it is told to stop; what is still pending then waits for the next start.
    package func run() async throws {
        await cancelWhenGracefulShutdown { await runUntilCancelled() }
    }

    /// Runs until its task is cancelled: for whoever has no group of services.
    package func runUntilCancelled() async {
        await insist { try await recover() }
        while !Task.isCancelled {
            await insist { try await projectPending() }
            await bell.heard()
        }
    }

    /// Projects all that is pending now, and returns when that is recorded.
    /// - Throws: `storage_unavailable`; what was not recorded is still pending.
    package func projectPending() async throws {
        var rings = bell.rings
        var began = context.time.now()
        while !Task.isCancelled, try await projectOldest(Self.batch) {
            rings = bell.rings
            await makeWay(after: context.time.now() - began)
            began = context.time.now()
        }
        bell.hasCaughtUp(with: rings)
    }

    /// Steps back from the store's one writer while many press in, so that what is not durable yet goes first. It never stops
    /// altogether: what is owed has to be seen, however long they press.
    /// - Parameter duration: how long the last batch took.
    private func makeWay(after duration: Duration) async {
        guard bell.deliveries.count > Receive.crowd else { return }
        let pause = min(max(duration * Self.yieldingFactor, Self.yielding.lowerBound), Self.yielding.upperBound)
        try? await context.time.wait(until: context.time.now() + pause)
    }

    /// Projects what an earlier run of the program left. Starts are counted before anything is looked at, and what was in the way
    /// before is looked at alone, so that one event can't take its neighbours along.
    /// - Throws: `storage_unavailable`; what was not recorded is still pending.
    package func recover() async throws {
        while !Task.isCancelled {
            guard let oldest = try await context.storage.read({ try $0.rawEvents.pending(limit: 1) }).first else { return }
            let count = oldest.starts > 0 ? 1 : Self.batch
            try await context.storage.write { try $0.rawEvents.countStart(ofOldest: count) }
            _ = try await projectOldest(count)
        }
    }

    /// - Returns: whether there were any.
    private func projectOldest(_ count: Int) async throws -> Bool {
        let pending = try await context.storage.read { session in
            try session.rawEvents.pending(limit: count).map { ($0, try session.inboxes.inbox($0.raw.inbox)) }
        }
        var readings: [Reading] = []
        for case (let event, let inbox?) in pending { readings.append(try await reading(event, inbox)) }
        let read = readings
        try await context.storage.write { [context] session in
            for reading in read { try reading.conclude(in: session, context) }
        }
        return !pending.isEmpty
    }

    private func reading(_ event: PendingEvent, _ inbox: Inbox) async throws -> Reading {
        guard event.starts <= Self.maximumStarts else { return Reading(raw: event.raw, inbox: inbox, events: nil) }
        return Reading(raw: event.raw, inbox: inbox, events: try await events(of: event.raw, inbox))
    }

    /// What names a file that is gone can't be read any more, and must not be in the way of others.
    private func events(of raw: RawEvent, _ inbox: Inbox) async throws -> [ChannelEvent] {
        do {
            return try await context.events(in: raw.body, of: inbox)
        } catch let error as DeskError where error.code == .notFound {
            return [ChannelEvent(payload: .malformed(reason: "A file that it names is not there any more."))]
        }
    }

    /// Does what needs the store again and again until the store is there.
    private func insist(_ body: () async throws -> Void) async {
        var pause = Duration.milliseconds(50)
        while !Task.isCancelled {
            do {
                return try await body()
            } catch {
                context.logger.error("received events could not be projected yet", metadata: ["error": "\(error)"])
                try? await context.time.wait(until: context.time.now() + pause)
                pause = min(pause * 2, .seconds(5))
            }
        }
    }
}

/// A raw event whose turn it is.
private struct Reading: Sendable {
    let raw: RawEvent
    let inbox: Inbox
    /// What the channel's adapter read in it; nil when it is not to be tried again.
    let events: [ChannelEvent]?

    /// Times are those of its arrival: whenever it is projected, the same comes of it.
    func conclude(in session: any StorageSession, _ context: DeskContext) throws {
        guard let workspace = try session.workspaces.workspace(inbox.workspace) else { throw DeskError.nothingThere }
        let delivery = Delivery(context: context, session: session, inbox: inbox, workspace: workspace, now: raw.receivedAt)
        var concluded = raw
        concluded.outcome = try outcome(of: delivery)
        try session.rawEvents.conclude(concluded)
        try delivery.recordProblem(with: concluded)
        context.logger.noteProblem(concluded.outcome, in: inbox.id)
    }

    private func outcome(of delivery: Delivery) throws -> RawEventOutcome {
        guard let events else { return .quarantined(reason: "The program stopped over it again and again.") }
        let receipt = try delivery.project(events)
        return receipt.isRepetition ? .ignored(reason: "repeated") : receipt.outcome
    }
}
