import DeskCore
import Logging
import ServiceLifecycle

/// Tells supervisors and principals of what is late: each step is claimed durably, recorded and shown, once. What became due while the
/// program was down is done at its start.
package struct EscalateObligations: Service {
    private static let batch = 200

    private let context: DeskContext
    private let longestNap: Duration
    private let doorbell = Doorbell()

    /// - Parameter longestNap: clocks jump, and new things become due: it is looked at least this often.
    package init(_ context: DeskContext, longestNap: Duration = .seconds(15)) {
        self.context = context
        self.longestNap = longestNap
    }

    package func run() async throws {
        await withGracefulShutdownHandler {
            while !Task.isCancelled, !Task.isShuttingDownGracefully {
                let next = await round()
                await doorbell.heard(orAt: next, by: context.time)
            }
        } onGracefulShutdown: {
            doorbell.ring()
        }
    }

    /// Makes every step that is due now.
    /// - Returns: when to look again.
    func round() async -> Instant {
        let now = context.time.now()
        do {
            let made = try await escalateDue()
            if made > 0 { context.logger.info("late obligations were escalated", metadata: ["steps": "\(made)"]) }
            let next = try await context.storage.read { try Self.nextDue($0) }
            return min(max(next ?? now + longestNap, now + .milliseconds(50)), now + longestNap)
        } catch {
            context.logger.error("escalations could not be recorded", metadata: ["error": "\(error)"])
            return now + .seconds(1)
        }
    }

    /// Makes every step that is due now; for whoever turns the clock by hand.
    /// - Returns: how many were made.
    @discardableResult
    package func escalateDue() async throws -> Int {
        let now = context.time.now()
        var total = 0
        while true {
            guard let next = try await context.storage.read({ try Self.nextDue($0) }), next <= now else { return total }
            let made = try await context.storage.write { [context] session in
                try EscalationBook(context: context, session: session, now: now).escalate(limit: Self.batch)
            }
            guard made > 0 else { return total }
            total += made
        }
    }

    private static func nextDue(_ session: any StorageSession) throws -> Instant? {
        let dues = [try session.obligations.nextEscalationAt(), try session.commitments.nextEscalationAt()]
        return dues.compactMap(\.self).min()
    }
}

/// A group of steps, in one transaction.
private struct EscalationBook {
    let context: DeskContext
    let session: any StorageSession
    let now: Instant

    func escalate(limit: Int) throws -> Int {
        var made = 0
        for obligation in try session.obligations.escalating(at: now, limit: limit) { made += try escalate(obligation) }
        for commitment in try session.commitments.escalating(at: now, limit: limit) { made += try escalate(commitment) }
        return made
    }

    private func escalate(_ obligation: Obligation) throws -> Int {
        guard let target = try target(of: obligation.conversation, in: obligation.workspace) else { return 0 }
        var moved = obligation
        let levels = moved.escalate(at: now, by: target)
        guard !levels.isEmpty, try session.obligations.escalate(moved, from: obligation.escalation.level, at: now) else { return 0 }
        try tell(.obligationEscalated, moved.id.text, levels, dueAt: moved.dueAt, moved.conversation, moved.workspace)
        return levels.count
    }

    private func escalate(_ commitment: Commitment) throws -> Int {
        guard let target = try target(of: commitment.conversation, in: commitment.workspace) else { return 0 }
        var moved = commitment
        let levels = moved.escalate(at: now, by: target)
        guard !levels.isEmpty, try session.commitments.escalate(moved, from: commitment.escalation.level, at: now) else { return 0 }
        try tell(.commitmentEscalated, moved.id.text, levels, dueAt: moved.dueAt, moved.conversation, moved.workspace)
        return levels.count
    }

    private func target(of id: Conversation.ID, in workspace: Workspace.ID) throws -> AnswerTarget? {
        guard let conversation = try session.conversations.conversation(id), let workspace = try session.workspaces.workspace(workspace)
        else { return nil }
        return try context.answerTargets(of: workspace).target(of: conversation.inbox, session)
    }

    private func tell(
        _ kind: LedgerEntry.Kind, _ subject: String, _ levels: [EscalationLevel], dueAt: Instant, _ conversation: Conversation.ID,
        _ workspace: Workspace.ID
    ) throws {
        for level in levels {
            let details = ["conversation": conversation.text, "due_at": String(dueAt.microseconds), "level": level.name]
            try session.ledger.append(LedgerFact(kind, subject, details), in: workspace, at: now)
        }
        try session.events.append(DeskEvent(workspace: workspace, kind: .conversationChanged, conversation: conversation, at: now))
    }
}
