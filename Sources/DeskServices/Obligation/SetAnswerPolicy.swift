package import DeskCore

/// Sets how soon answers are due, when the desk is open, and who is told when. What is owed already gets its new deadline in the same
/// transaction.
package struct SetAnswerPolicy: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// - Parameter user: the principal; nil: the operator, who may do everything.
    /// - Returns: how many deadlines moved.
    /// - Throws: `not_found`, `out_of_grant`; `invalid_request` for an inbox of another workspace, or a channel that nobody knows.
    @discardableResult
    package func set(_ policy: AnswerPolicy, of id: Workspace.ID, by user: User.ID?) async throws -> Int {
        let now = context.time.now()
        return try await context.storage.write { [context] session in
            if let user { try Authorization(session, at: now).require(.administer, in: id, of: user) }
            guard var workspace = try session.workspaces.workspace(id) else { throw DeskError.nothingThere }
            try require(policy, fits: id, session)
            workspace.answerPolicy = policy
            try session.workspaces.setAnswerPolicy(policy, of: id)
            let moved = try Rescheduling(session: session, targets: context.answerTargets(of: workspace), now: now).reschedule(in: id)
            let details = [
                "by": user?.text ?? "operator", "target_minutes": String(policy.target.wholeMinutes), "hours": policy.hours.ledgerWords,
                "moved": String(moved),
            ]
            try session.ledger.append(LedgerFact(.answerPolicyChanged, id.text, details), in: id, at: now)
            return moved
        }
    }

    private func require(_ policy: AnswerPolicy, fits workspace: Workspace.ID, _ session: any StorageSession) throws {
        for inbox in policy.inboxTargets.keys {
            guard try session.inboxes.inbox(inbox)?.workspace == workspace else {
                throw DeskError(.invalidRequest, message: "There is no inbox \(inbox) in this workspace. Nothing was changed.")
            }
        }
        for channel in policy.channelTargets.keys where context.channels.limits(of: channel) == nil {
            throw DeskError(.invalidRequest, message: "There is no channel “\(channel.rawValue)”. Nothing was changed.")
        }
    }
}

/// New deadlines for everything that is owed in a workspace.
private struct Rescheduling {
    let session: any StorageSession
    let targets: AnswerTargets
    let now: Instant

    func reschedule(in workspace: Workspace.ID) throws -> Int {
        var changed: Set<Conversation.ID> = []
        var count = 0
        for (obligation, inbox) in try session.obligations.owed(in: workspace) {
            var moved = obligation
            guard moved.reschedule(by: try targets.target(of: inbox, session)) else { continue }
            try session.obligations.update(moved, at: now)
            changed.insert(moved.conversation)
            count += 1
        }
        for (commitment, inbox) in try session.commitments.owed(in: workspace) {
            var moved = commitment
            guard moved.reschedule(by: try targets.target(of: inbox, session)) else { continue }
            try session.commitments.update(moved, at: now)
            changed.insert(moved.conversation)
        }
        for conversation in changed.sorted() {
            try session.events.append(DeskEvent(workspace: workspace, kind: .conversationChanged, conversation: conversation, at: now))
        }
        return count
    }
}

extension BusinessHours {
    fileprivate var ledgerWords: String {
        guard !isAroundTheClock else { return "around the clock" }
        let days = Weekday.allCases.compactMap { day in week[day].map { "\(day.rawValue) \($0.map(\.text).joined(separator: ","))" } }
        let dates = exceptionWords.sorted { $0.key < $1.key }.map {
            "\($0.key) \($0.value.isEmpty ? "-" : $0.value.joined(separator: ","))"
        }
        return (days + dates).joined(separator: " ")
    }
}
