import DeskCore
import Logging
import ServiceLifecycle

/// Lays copies of sent replies where the principal's other programs look for them. Apart from sending: a copy that fails is tried again
/// alone, and the reply never is.
package struct FileSentCopies: Service {
    private static let atOnce = 8
    private static let maximumTries = 12

    private let context: DeskContext
    private let doorbell: Doorbell
    private let clock = ClockWatch()

    package init(_ context: DeskContext, doorbell: Doorbell) {
        self.context = context
        self.doorbell = doorbell
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await runUntilCancelled() }
    }

    private func runUntilCancelled() async {
        while !Task.isCancelled {
            let next = await round()
            await doorbell.heard(orAt: next, by: context.time)
        }
    }

    /// Lays down what is due now: one after the other in an inbox, which its server likes better than all at once.
    /// - Returns: when the next will be due.
    func round() async -> Instant? {
        let now = context.time.now()
        do {
            if clock.mayHaveGoneBack(at: now) { try await context.storage.write { try $0.filings.endWaits(at: now) } }
            let jobs = try await context.storage.read { try $0.filings.due(at: now, limit: Self.atOnce) }
            await withDiscardingTaskGroup { group in
                for neighbours in Dictionary(grouping: jobs, by: \.inbox).values {
                    group.addTask { for job in neighbours { await file(job) } }
                }
            }
            let next = try await context.storage.read { try $0.filings.nextDueAt() }
            return jobs.isEmpty ? next.map { max($0, now + .milliseconds(50)) } : next
        } catch {
            context.logger.error("copies to lay down could not be read", metadata: ["error": "\(error)"])
            return now + .seconds(1)
        }
    }

    private func file(_ job: FilingJob) async {
        do {
            let (message, connection) = try await context.storage.read { session in
                let attempt = try session.attempts.attempt(job.attempt)
                let message = try attempt.flatMap { try session.messages.message($0.message) }
                let outbound = message.flatMap { message in attempt.map { Dispatch.outbound(message, $0) } }
                return (outbound, try session.inboxes.connection(of: job.inbox))
            }
            guard let message, let connection else { return try await conclude(job, .done) }
            try await conclude(job, await context.collection.file(message, through: connection))
        } catch {
            context.logger.error("a laid down copy could not be recorded", metadata: ["attempt": "\(job.attempt)", "error": "\(error)"])
        }
    }

    private func conclude(_ job: FilingJob, _ outcome: FilingOutcome) async throws {
        let pause = Duration.seconds(Double(2 << min(job.tries, 10)) * (0.5 + context.chance.fraction()))
        var later = job
        later.tries += 1
        later.dueAt = context.time.now() + pause
        let next = later
        if case .failed(let failure) = outcome {
            context.logger.warning(
                "a copy of a sent reply could not be laid down",
                metadata: ["attempt": "\(job.attempt)", "try": "\(next.tries)", "reason": "\(failure.reason)"])
        }
        try await context.storage.write { session in
            switch outcome {
            case .failed where next.tries < Self.maximumTries: try session.filings.update(next)
            case .done, .failed: try session.filings.remove(job.attempt)
            }
        }
    }
}
