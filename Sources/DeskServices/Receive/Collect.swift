import DeskCore
import Logging

/// Takes in what a channel collected from its provider (promise P1): in one transaction the raw events, what they mean, and from where to
/// go on. What is not taken is brought again.
struct Collect: CollectionSink {
    let context: DeskContext
    let inbox: Inbox
    let bell: ProjectionBell

    func take(_ batch: CollectedBatch) async throws {
        let now = context.time.now()
        let waits = try await context.storage.write { session in
            guard let workspace = try session.workspaces.workspace(inbox.workspace) else { throw DeskError.nothingThere }
            let delivery = Delivery(context: context, session: session, inbox: inbox, workspace: workspace, now: now)
            let isBehind = try session.rawEvents.hasPending()
            for event in batch.events { try take(event, delivery, isBehind: isBehind) }
            try session.collections.setPlace(batch.place, of: inbox)
            context.faults.reach(.receivedBeforeCommit)
            return isBehind
        }
        context.faults.reach(.receivedAfterCommit)
        if waits { bell.ring() }
    }

    /// Where earlier events still wait for their turn, this one waits too.
    private func take(_ event: CollectedEvent, _ delivery: Delivery, isBehind: Bool) throws {
        let session = delivery.session
        guard try session.rawEvents.claimKey(event.key, inbox: inbox.id, workspace: inbox.workspace, at: delivery.now) else { return }
        var raw = RawEvent(
            id: context.identifiers.next(at: delivery.now), workspace: inbox.workspace, inbox: inbox.id, receivedAt: delivery.now,
            body: event.body, outcome: .pending)
        if !isBehind {
            let receipt = try delivery.project(event.events)
            raw.outcome = receipt.isRepetition ? .ignored(reason: "repeated") : receipt.outcome
        }
        try session.rawEvents.insert(raw)
        try delivery.recordProblem(with: raw)
        context.logger.noteProblem(raw.outcome, in: inbox.id)
    }

    func unseen(_ keys: [String]) async throws -> [String] {
        try await context.storage.read { try $0.rawEvents.unclaimed(keys, of: inbox) }
    }

    func knows(anyOf marks: [String]) async throws -> Bool {
        try await context.storage.read { session in
            try marks.contains { try !session.conversations.conversations(in: inbox.id, marked: $0).isEmpty }
        }
    }

    func report(_ standing: CollectionStanding) async throws {
        let now = context.time.now()
        try await context.storage.write { session in
            let known = try session.collections.standing(of: inbox.id)
            try session.collections.setStanding(standing, of: inbox)
            guard known?.failure != standing.failure else { return }
            try session.events.append(DeskEvent(workspace: inbox.workspace, kind: .inboxChanged, at: now))
        }
    }
}
