import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static func insert(_ job: MediaJob, _ attachment: String, _ workspace: Workspace.ID) -> SQLStatement {
        """
        INSERT INTO media_jobs (workspace, message, attachment_index, inbox, attachment, tries, due_at)
        VALUES (\(workspace), \(job.message), \(job.attachmentIndex), \(job.inbox),
                \(attachment, sealedFor: .inbox(job.inbox)), \(job.tries), \(job.dueAt))
        """
    }

    fileprivate static func due(at now: Instant, limit: Int) -> SQLStatement {
        """
        SELECT message, attachment_index, inbox, attachment, tries, due_at FROM media_jobs
        WHERE due_at <= \(now) ORDER BY due_at LIMIT \(limit)
        """
    }

    fileprivate static func update(_ job: MediaJob, _ attachment: String) -> SQLStatement {
        """
        UPDATE media_jobs SET attachment = \(attachment, sealedFor: .inbox(job.inbox)), tries = \(job.tries), due_at = \(job.dueAt)
        WHERE message = \(job.message) AND attachment_index = \(job.attachmentIndex)
        """
    }
}

struct SQLMediaRepository: MediaRepository {
    let connection: any SQLConnection

    func insert(_ job: MediaJob, workspace: Workspace.ID) throws {
        try connection.perform(.insert(job, try JSONText.encode(job.attachment), workspace))
    }

    func due(at now: Instant, limit: Int) throws -> [MediaJob] {
        try connection.claim(.due(at: now, limit: limit)).map { row in
            MediaJob(
                message: try row.identifier("message"), attachmentIndex: try row.int("attachment_index"),
                inbox: try row.identifier("inbox"), attachment: try row.sealedJSON("attachment"), tries: try row.int("tries"),
                dueAt: try row.instant("due_at"))
        }
    }

    func nextDueAt() throws -> Instant? {
        try connection.first("SELECT due_at FROM media_jobs ORDER BY due_at LIMIT 1")?.instant("due_at")
    }

    func endWaits(at now: Instant) throws {
        try connection.perform("UPDATE media_jobs SET due_at = \(now) WHERE due_at > \(now)")
    }

    func update(_ job: MediaJob) throws {
        try connection.perform(.update(job, try JSONText.encode(job.attachment)))
    }

    func remove(message: Message.ID, attachmentIndex: Int) throws {
        try connection.perform("DELETE FROM media_jobs WHERE message = \(message) AND attachment_index = \(attachmentIndex)")
    }
}
