import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static let jobs: SQLStatement = "SELECT workspace, member, plan, progress FROM summary_plans"

    fileprivate static func set(_ job: SummaryJob, plan: String, progress: String) -> SQLStatement {
        """
        INSERT INTO summary_plans (workspace, member, plan, progress, next_at)
        VALUES (\(job.workspace), \(job.member), \(plan, sealedFor: .workspace(job.workspace)),
                \(progress, sealedFor: .workspace(job.workspace)), \(job.progress.nextAt))
        ON CONFLICT (workspace, member)
        DO UPDATE SET plan = excluded.plan, progress = excluded.progress, next_at = excluded.next_at
        """
    }

    fileprivate static func received(_ workspace: Workspace.ID, _ from: Instant, _ through: Instant) -> SQLStatement {
        """
        SELECT count(*) AS total FROM messages
        WHERE workspace = \(workspace) AND direction = 'inbound' AND NOT is_history AND NOT is_automatic
          AND received_at >= \(from) AND received_at < \(through)
        """
    }

    fileprivate static func ended(_ workspace: Workspace.ID, _ from: Instant, _ through: Instant) -> SQLStatement {
        """
        SELECT owed_since, changed_at, ended_by_reply, dismissed_at FROM obligations
        WHERE workspace = \(workspace) AND NOT is_owed AND continued_in IS NULL AND changed_at >= \(from) AND changed_at < \(through)
        """
    }
}

struct SQLSummaryRepository: SummaryRepository {
    let connection: any SQLConnection

    func job(of member: User.ID, in workspace: Workspace.ID) throws -> SummaryJob? {
        try connection.first("\(.jobs) WHERE workspace = \(workspace) AND member = \(member)").map(Self.job)
    }

    func jobs(in workspace: Workspace.ID) throws -> [SummaryJob] {
        try connection.query("\(.jobs) WHERE workspace = \(workspace) ORDER BY member").map(Self.job)
    }

    func set(_ job: SummaryJob) throws {
        try connection.perform(.set(job, plan: try JSONText.encode(job.plan), progress: try JSONText.encode(job.progress)))
    }

    func remove(_ member: User.ID, in workspace: Workspace.ID) throws {
        try connection.perform("DELETE FROM summary_plans WHERE workspace = \(workspace) AND member = \(member)")
    }

    func due(at now: Instant, limit: Int) throws -> [SummaryJob] {
        try connection.query("\(.jobs) WHERE next_at <= \(now) ORDER BY next_at, workspace, member LIMIT \(limit)").map(Self.job)
    }

    func figures(of workspace: Workspace.ID, from: Instant, through: Instant) throws -> SummaryFigures {
        let received = try connection.first(.received(workspace, from, through))?.int("total") ?? 0
        let ended = try connection.query(.ended(workspace, from, through)).map(Ended.init)
        let answered = ended.filter { $0.way == .reply }
        return SummaryFigures(
            received: received, answered: answered.count, answeredElsewhere: ended.count { $0.way == .elsewhere },
            withoutAnswer: ended.count { $0.way == .dismissed }, waits: answered.map(\.wait))
    }

    private static func job(_ row: SQLRow) throws -> SummaryJob {
        guard let plan: SummaryPlan = try row.optionalSealedJSON("plan"),
            let progress: SummaryProgress = try row.optionalSealedJSON("progress")
        else { throw DeskError.storageFault("a plan of summaries is empty") }
        return SummaryJob(
            workspace: try row.identifier("workspace"), member: try row.identifier("member"), plan: plan, progress: progress)
    }

    /// An obligation that ended, as far as figures need it.
    private struct Ended {
        enum Way { case reply, dismissed, elsewhere }

        let way: Way
        let wait: Duration

        init(_ row: SQLRow) throws {
            let reply = try row.optionalText("ended_by_reply")
            way = reply != nil ? .reply : try row.optionalInstant("dismissed_at") != nil ? .dismissed : .elsewhere
            wait = max(try row.instant("changed_at") - row.instant("owed_since"), .zero)
        }
    }
}
