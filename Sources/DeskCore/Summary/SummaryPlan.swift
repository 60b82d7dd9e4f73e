/// A principal's wish to be told every day, by mail, what the desk did and what it owes.
package struct SummaryPlan: Hashable, Sendable, Codable {
    /// The mailbox through which it leaves.
    package let inbox: Inbox.ID
    /// Of the day on the principal's wall clock, 0 ..< 1440.
    package let minute: Int
    /// Whether those who wait are named in it; a mail lies unsealed in the principal's mailbox.
    package let namesContacts: Bool

    /// - Throws: `invalid_request` for a minute that no day has.
    package init(inbox: Inbox.ID, minute: Int, namesContacts: Bool) throws(DeskError) {
        guard (0..<1_440).contains(minute) else {
            throw DeskError(.invalidRequest, message: "A day has no such time. Nothing was changed.")
        }
        self.inbox = inbox
        self.minute = minute
        self.namesContacts = namesContacts
    }

    /// The first moment after an instant at which the wall shows the summary's time; one a day, whatever the clocks do.
    package func next(after instant: Instant, on wall: WallClock) -> Instant {
        let today = wall.date(at: instant)
        let moments = (0...2).map { wall.instant(today.adding(days: $0), minute: minute, .first) }
        return moments.first { $0 > instant } ?? instant + .hours(24)
    }
}

/// How far the summaries of a principal are.
package struct SummaryProgress: Hashable, Sendable, Codable {
    /// A summary that left, with a head of the ledger.
    package struct Sent: Hashable, Sendable, Codable {
        package let at: Instant
        /// How many entries of the ledger its head stands for; 0 where the ledger was empty.
        package let entries: Int64

        package init(at: Instant, entries: Int64) {
            self.at = at
            self.entries = entries
        }
    }

    /// From when on the next one tells.
    package private(set) var since: Instant
    /// When the next one is due. It names the mail: tried again, it is the same mail.
    package private(set) var dueAt: Instant
    /// How often the next one was tried.
    package private(set) var tries = 0
    /// When it is tried, again or for the first time.
    package private(set) var nextAt: Instant
    package private(set) var sent: Sent?
    /// Why the last try did not succeed; nil after one that did.
    package private(set) var failure: String?

    package init(since: Instant, dueAt: Instant) {
        self.since = since
        self.dueAt = dueAt
        nextAt = dueAt
    }

    /// The plan changed, or somebody wants one now.
    package mutating func schedule(_ instant: Instant) {
        dueAt = instant
        nextAt = instant
        tries = 0
    }

    package mutating func succeed(with sent: Sent, through instant: Instant, next: Instant) {
        since = instant
        self.sent = sent
        failure = nil
        schedule(next)
    }

    /// It may have arrived: it is not sent a second time, and the next one tells of this stretch of time once more.
    package mutating func leaveOpen(_ reason: String, next: Instant) {
        failure = reason
        schedule(next)
    }

    /// It did not leave: it is tried again, later and later, until the next one is due, which then tells of both.
    package mutating func fail(_ reason: String, at now: Instant, next: Instant) {
        failure = reason
        tries += 1
        let again = now + .minutes(1 << min(tries, 6))
        if again < next { nextAt = again } else { schedule(next) }
    }
}
