/// What a principal is told of a stretch of time.
package struct DaySummary: Hashable, Sendable {
    /// Somebody who waits for an answer.
    package struct Waiting: Hashable, Sendable {
        /// Nil where nobody shall be named.
        package let contact: String?
        package let since: Instant
        package let dueAt: Instant
        /// Who has taken it; nil for nobody.
        package let member: String?

        package init(contact: String?, since: Instant, dueAt: Instant, member: String?) {
            self.contact = contact
            self.since = since
            self.dueAt = dueAt
            self.member = member
        }
    }

    /// Something that was promised.
    package struct Promise: Hashable, Sendable {
        package let contact: String?
        package let dueAt: Instant

        package init(contact: String?, dueAt: Instant) {
            self.contact = contact
            self.dueAt = dueAt
        }
    }

    package let from: Instant
    package let through: Instant
    package let figures: SummaryFigures
    /// How many conversations are owed an answer, and how many of these are late.
    package let owedCount: Int
    package let lateCount: Int
    /// The most urgent of them.
    package let waiting: [Waiting]
    /// How many promises are due until the next summary, the broken ones among them.
    package let promiseCount: Int
    package let promises: [Promise]
    /// Replies of which only a person can say what becomes of them.
    package let undecidedCount: Int

    package init(
        from: Instant, through: Instant, figures: SummaryFigures, owedCount: Int, lateCount: Int, waiting: [Waiting],
        promiseCount: Int, promises: [Promise], undecidedCount: Int
    ) {
        self.from = from
        self.through = through
        self.figures = figures
        self.owedCount = owedCount
        self.lateCount = lateCount
        self.waiting = waiting
        self.promiseCount = promiseCount
        self.promises = promises
        self.undecidedCount = undecidedCount
    }
}

/// What happened in a stretch of time, counted.
package struct SummaryFigures: Hashable, Sendable {
    /// Messages of contacts.
    package let received: Int
    /// What was owed and no longer is: by a reply, by the principal's own answer elsewhere, by somebody's word that none is needed.
    package let answered: Int
    package let answeredElsewhere: Int
    package let withoutAnswer: Int
    /// How long those waited who were answered.
    package let medianWait: Duration?
    package let longestWait: Duration?

    /// - Parameter waits: of those who were answered, in any order.
    package init(received: Int, answered: Int, answeredElsewhere: Int, withoutAnswer: Int, waits: [Duration]) {
        self.received = received
        self.answered = answered
        self.answeredElsewhere = answeredElsewhere
        self.withoutAnswer = withoutAnswer
        medianWait = Self.median(of: waits)
        longestWait = waits.max()
    }

    /// The middle one; of an even number the mean of the two in the middle.
    private static func median(of waits: [Duration]) -> Duration? {
        guard !waits.isEmpty else { return nil }
        let sorted = waits.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}
