import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static func insert(_ job: FilingJob) -> SQLStatement {
        """
        INSERT INTO filing_jobs (workspace, attempt, inbox, tries, due_at)
        VALUES (\(job.workspace), \(job.attempt), \(job.inbox), \(job.tries), \(job.dueAt))
        ON CONFLICT (workspace, attempt) DO NOTHING
        """
    }

    fileprivate static func due(at now: Instant, limit: Int) -> SQLStatement {
        "SELECT workspace, attempt, inbox, tries, due_at FROM filing_jobs WHERE due_at <= \(now) ORDER BY due_at LIMIT \(limit)"
    }

    fileprivate static func update(_ job: FilingJob) -> SQLStatement {
        """
        UPDATE filing_jobs SET tries = \(job.tries), due_at = \(job.dueAt)
        WHERE workspace = \(job.workspace) AND attempt = \(job.attempt)
        """
    }
}

struct SQLFilingRepository: FilingRepository {
    let connection: any SQLConnection

    func insert(_ job: FilingJob) throws { try connection.perform(.insert(job)) }

    func due(at now: Instant, limit: Int) throws -> [FilingJob] {
        try connection.claim(.due(at: now, limit: limit)).map { row in
            FilingJob(
                attempt: try row.identifier("attempt"), workspace: try row.identifier("workspace"), inbox: try row.identifier("inbox"),
                tries: try row.int("tries"), dueAt: try row.instant("due_at"))
        }
    }

    func nextDueAt() throws -> Instant? {
        try connection.first("SELECT due_at FROM filing_jobs ORDER BY due_at LIMIT 1")?.instant("due_at")
    }

    func endWaits(at now: Instant) throws { try connection.perform("UPDATE filing_jobs SET due_at = \(now) WHERE due_at > \(now)") }

    func update(_ job: FilingJob) throws { try connection.perform(.update(job)) }

    func remove(_ attempt: Attempt.ID) throws { try connection.perform("DELETE FROM filing_jobs WHERE attempt = \(attempt)") }
}
