package import DeskCore
import Logging

/// Takes in what a provider sent (promise P1): in one transaction the raw event, what it means, what is owed for it, and its proof.
/// Whoever called the provider's request may answer “received” once this returns, and not before.
///
/// Where many deliveries press in at once, or earlier ones still wait, the transaction holds the raw event alone, and `ProjectEvents`
/// does the rest in order of arrival right after: what is durable first is what can't be asked for again.
package struct Receive: Sendable {
    /// Deliveries under way at once, from which on they are stored first and understood afterwards.
    package static let crowd = 24

    private let context: DeskContext
    private let projecting: ProjectionBell
    private let crowd: Int

    /// - Parameters:
    ///   - projecting: the worker's bell, rung when a raw event was stored that is still to be projected.
    ///   - crowd: another limit than the usual one; for tests.
    package init(_ context: DeskContext, projecting: ProjectionBell, crowd: Int = Receive.crowd) {
        self.context = context
        self.projecting = projecting
        self.crowd = crowd
    }

    /// What became of a delivery.
    package struct Receipt: Sendable, Hashable {
        package let outcome: RawEventOutcome
        /// Whether every event of it had been seen before; nothing new was stored then.
        package let isRepetition: Bool
    }

    /// Records that the provider has verified the inbox's address: its first sign of life. The request itself holds the verify token,
    /// and is not kept.
    /// - Throws: `storage_unavailable`.
    package func shakeHands(with inbox: Inbox) async throws {
        let now = context.time.now()
        let sign = rawEvent(Array("{}".utf8), inbox, now, .ignored(reason: "handshake"))
        try await context.storage.write { session in
            try session.rawEvents.insert(sign)
            try session.events.append(DeskEvent(workspace: inbox.workspace, kind: .inboxChanged, at: now))
        }
    }

    /// Takes a request in that the channel's adapter can read again at any time.
    /// - Parameter body: the request as it came.
    /// - Throws: `storage_unavailable`; nothing is stored then, and the provider must be told to come again.
    package func receive(body: [UInt8], inbox: Inbox) async throws -> Receipt {
        projecting.deliveries.enter()
        defer { projecting.deliveries.leave() }
        if projecting.deliveries.count <= crowd, !projecting.isBehind, let receipt = try await projected(body, inbox) { return receipt }
        return try await stored(body, inbox)
    }

    /// - Returns: nil, and nothing is stored, when earlier events still wait for their turn.
    private func projected(_ body: [UInt8], _ inbox: Inbox) async throws -> Receipt? {
        let now = context.time.now()
        let events = context.channels.events(in: body, on: inbox.channel)
        let receipt: Receipt? = try await context.storage.write { [context] session in
            guard try !session.rawEvents.hasPending() else { return nil }
            guard let workspace = try session.workspaces.workspace(inbox.workspace) else { throw DeskError.nothingThere }
            let delivery = Delivery(context: context, session: session, inbox: inbox, workspace: workspace, now: now)
            let receipt = try delivery.project(events)
            guard !receipt.isRepetition else { return receipt }
            let raw = rawEvent(body, inbox, now, receipt.outcome)
            try session.rawEvents.insert(raw)
            try delivery.recordProblem(with: raw)
            context.faults.reach(.receivedBeforeCommit)
            return receipt
        }
        context.faults.reach(.receivedAfterCommit)
        if let receipt { context.logger.noteProblem(receipt.outcome, in: inbox.id) }
        return receipt
    }

    private func stored(_ body: [UInt8], _ inbox: Inbox) async throws -> Receipt {
        let raw = rawEvent(body, inbox, context.time.now(), .pending)
        try await context.storage.write { [context] session in
            try session.rawEvents.insert(raw)
            context.faults.reach(.receivedBeforeCommit)
        }
        context.faults.reach(.receivedAfterCommit)
        projecting.ring()
        return Receipt(outcome: .pending, isRepetition: false)
    }

    private func rawEvent(_ body: [UInt8], _ inbox: Inbox, _ now: Instant, _ outcome: RawEventOutcome) -> RawEvent {
        RawEvent(
            id: context.identifiers.next(at: now), workspace: inbox.workspace, inbox: inbox.id, receivedAt: now, body: body,
            outcome: outcome)
    }
}

extension Logger {
    /// A line for an event that a person has to look at.
    func noteProblem(_ outcome: RawEventOutcome, in inbox: Inbox.ID) {
        guard case .quarantined(let reason) = outcome else { return }
        warning("event quarantined", metadata: ["inbox": "\(inbox)", "reason": "\(reason)"])
    }
}
