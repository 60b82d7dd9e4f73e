package import DeskCore

/// Lets principals say whether, when and through which of their mailboxes they are told what the desk did. Each decides for themselves, and
/// the summary goes to the address by which they sign in: it can be turned to nobody else.
package struct PlanSummary: Sendable {
    /// Of the first summary, which has none before it.
    private static let firstStretch = Duration.hours(24)

    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// - Throws: `not_found`, `out_of_grant`; `invalid_request` for an inbox through which no notice can leave.
    package func set(_ plan: SummaryPlan, in workspace: Workspace.ID, by member: User.ID) async throws {
        let now = context.time.now()
        try await context.storage.write { [context] session in
            try Authorization(session, at: now).require(.govern, in: workspace, of: member)
            guard let user = try session.people.user(member) else { throw DeskError.nothingThere }
            guard let inbox = try session.inboxes.inbox(plan.inbox), inbox.workspace == workspace,
                context.notices.carriesNotices(inbox.channel)
            else { throw DeskError(.invalidRequest, message: "A summary leaves through a mailbox of this workspace. Nothing was changed.") }
            let known = try session.summaries.job(of: member, in: workspace)
            let next = plan.next(after: now, on: WallClock(zone: user.timeZone, rules: context.timeZones))
            var progress = known?.progress ?? SummaryProgress(since: now - Self.firstStretch, dueAt: next)
            progress.schedule(next)
            try session.summaries.set(SummaryJob(workspace: workspace, member: member, plan: plan, progress: progress))
            try Self.tell("on", plan.inbox.text, of: member, in: workspace, at: now, session)
        }
    }

    /// Nothing happens where there is none.
    /// - Throws: `not_found`, `out_of_grant`.
    package func remove(in workspace: Workspace.ID, by member: User.ID) async throws {
        let now = context.time.now()
        try await context.storage.write { session in
            try Authorization(session, at: now).require(.govern, in: workspace, of: member)
            guard try session.summaries.job(of: member, in: workspace) != nil else { return }
            try session.summaries.remove(member, in: workspace)
            try Self.tell("off", "", of: member, in: workspace, at: now, session)
        }
    }

    /// Has one leave at the next look, beside the daily ones.
    /// - Throws: `not_found` where none is planned; `out_of_grant`.
    package func sendNow(in workspace: Workspace.ID, to member: User.ID) async throws {
        let now = context.time.now()
        try await context.storage.write { session in
            try Authorization(session, at: now).require(.govern, in: workspace, of: member)
            guard var job = try session.summaries.job(of: member, in: workspace) else { throw DeskError.nothingThere }
            job.progress.schedule(now)
            try session.summaries.set(job)
        }
    }

    private static func tell(
        _ state: String, _ inbox: String, of member: User.ID, in workspace: Workspace.ID, at now: Instant, _ session: any StorageSession
    ) throws {
        let fact = LedgerFact(.summaryPlanned, member.text, ["inbox": inbox, "state": state].filter { !$0.value.isEmpty })
        try session.ledger.append(fact, in: workspace, at: now)
    }
}
