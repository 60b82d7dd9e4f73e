package import DeskCore

/// A principal's plan, and how far its summaries are.
package struct SummaryJob: Hashable, Sendable {
    package let workspace: Workspace.ID
    package let member: User.ID
    package let plan: SummaryPlan
    package var progress: SummaryProgress

    package init(workspace: Workspace.ID, member: User.ID, plan: SummaryPlan, progress: SummaryProgress) {
        self.workspace = workspace
        self.member = member
        self.plan = plan
        self.progress = progress
    }
}

/// Who is told what the desk did, and when.
package protocol SummaryRepository {
    func job(of member: User.ID, in workspace: Workspace.ID) throws -> SummaryJob?
    func jobs(in workspace: Workspace.ID) throws -> [SummaryJob]
    /// Takes the place of the member's earlier one.
    func set(_ job: SummaryJob) throws
    func remove(_ member: User.ID, in workspace: Workspace.ID) throws
    /// Those to try now, the longest due first.
    func due(at now: Instant, limit: Int) throws -> [SummaryJob]
    /// What happened in a workspace from an instant on, before another one.
    func figures(of workspace: Workspace.ID, from: Instant, through: Instant) throws -> SummaryFigures
}

/// The way by which the desk itself tells principals something, through an account of their own. Implemented where the adapters are put
/// together.
package protocol NoticeGateway: Sendable {
    func carriesNotices(_ channel: ChannelName) -> Bool
    /// Hands it to the provider, once. Never throws: whatever can't be known is `unknown`.
    func send(_ notice: PrincipalNotice, through connection: InboxConnection) async -> SendOutcome
}

/// For a desk that tells nobody anything by itself.
package struct NoNotices: NoticeGateway {
    package init() {}

    package func carriesNotices(_ channel: ChannelName) -> Bool { false }

    package func send(_ notice: PrincipalNotice, through connection: InboxConnection) async -> SendOutcome {
        .rejected(DeliveryFailure(.account, code: "no_notices", text: "This program can't send notices through the channel."))
    }
}
