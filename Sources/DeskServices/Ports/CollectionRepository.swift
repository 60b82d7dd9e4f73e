package import DeskCore

/// How far the desk is with what it collects from providers itself.
package protocol CollectionRepository {
    /// Where to go on, in the channel's own words; nil before the first time.
    func place(of inbox: Inbox.ID) throws -> String?
    func setPlace(_ place: String, of inbox: Inbox) throws
    /// What was at the provider when somebody looked last; nil before the first time.
    func standing(of inbox: Inbox.ID) throws -> CollectionStanding?
    func setStanding(_ standing: CollectionStanding, of inbox: Inbox) throws
}

/// A copy of a sent reply that is still to be laid into the provider's folder of sent mails.
package struct FilingJob: Hashable, Sendable {
    package let attempt: Attempt.ID
    package let workspace: Workspace.ID
    package let inbox: Inbox.ID
    /// How many tries were made.
    package var tries: Int
    package var dueAt: Instant

    package init(attempt: Attempt.ID, workspace: Workspace.ID, inbox: Inbox.ID, tries: Int = 0, dueAt: Instant) {
        self.attempt = attempt
        self.workspace = workspace
        self.inbox = inbox
        self.tries = tries
        self.dueAt = dueAt
    }
}

/// Copies to lay down. A job is one row, gone when the copy is there or can't be laid down.
package protocol FilingRepository {
    /// Nothing happens where the attempt has one already.
    func insert(_ job: FilingJob) throws
    func due(at now: Instant, limit: Int) throws -> [FilingJob]
    func nextDueAt() throws -> Instant?
    /// Lets no job wait any longer: for when the clock was set back, and nobody knows how long they have waited.
    func endWaits(at now: Instant) throws
    func update(_ job: FilingJob) throws
    func remove(_ attempt: Attempt.ID) throws
}
