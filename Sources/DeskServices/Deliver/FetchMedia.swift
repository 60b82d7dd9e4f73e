import DeskCore
import Logging
import ServiceLifecycle

/// Brings the files of received messages into the blob store, before the provider's links and ids expire. The message is shown
/// long before; a file that can't be had is marked so, and everything else goes on.
package struct FetchMedia: Service {
    private static let atOnce = 4
    /// Of files that go side by side: memory holds each of them several times over while it is taken out and sealed.
    private static let bytesAtOnce = 2 * 1_048_576
    private static let maximumTries = 12
    /// Until room is made, files wait, and none of their tries counts.
    private static let pauseForRoom = Duration.seconds(20)

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

    /// Runs until its task is cancelled: for whoever has no group of services.
    package func runUntilCancelled() async {
        while !Task.isCancelled {
            let next = await round()
            await doorbell.heard(orAt: next, by: context.time)
        }
    }

    /// Fetches all that is due now, and returns when that is recorded: for whoever turns the clock by hand.
    package func fetchDue() async {
        while let next = await round(), next <= context.time.now() {}
    }

    /// Fetches what is due now, a few at a time.
    /// - Returns: when the next will be due.
    func round() async -> Instant? {
        let now = context.time.now()
        do {
            if clock.mayHaveGoneBack(at: now) { try await context.storage.write { try $0.media.endWaits(at: now) } }
            let jobs = Self.together(try await context.storage.read { try $0.media.due(at: now, limit: Self.atOnce) })
            await withDiscardingTaskGroup { group in
                for job in jobs { group.addTask { await fetch(job) } }
            }
            let next = try await context.storage.read { try $0.media.nextDueAt() }
            return jobs.isEmpty ? next.map { max($0, now + .milliseconds(50)) } : next
        } catch {
            context.logger.error("files to fetch could not be read", metadata: ["error": "\(error)"])
            return now + .seconds(1)
        }
    }

    /// As many of the first as are small enough together, and one at least; of what size a file is, is not always told before.
    static func together(_ jobs: [MediaJob]) -> [MediaJob] {
        var bytes = 0
        let fitting = jobs.prefix { job in
            bytes += job.attachment.byteCount ?? 0
            return bytes <= bytesAtOnce
        }
        return Array(jobs.prefix(max(fitting.count, 1)))
    }

    private func fetch(_ job: MediaJob) async {
        do {
            let connection = try await context.storage.read { try $0.inboxes.connection(of: job.inbox) }
            guard let connection else { return }
            try await conclude(job, await context.channels.fetch(job.attachment, through: connection))
        } catch {
            context.logger.error("a fetched file could not be recorded", metadata: ["message": "\(job.message)", "error": "\(error)"])
        }
    }

    private func conclude(_ job: MediaJob, _ result: MediaFetch) async throws {
        let now = context.time.now()
        let spread = 0.5 + context.chance.fraction()
        let pause = Duration.seconds(Double(1 << min(job.tries, 10)) * spread)
        try await context.storage.write { session in
            switch result {
            case .stored(let blob, let byteCount, let mediaType):
                try settle(job, session, now) { attachment in
                    attachment.blob = blob
                    attachment.byteCount = byteCount
                    attachment.mediaType = mediaType
                }
            case .failed(_, isTransient: true) where job.tries + 1 < Self.maximumTries:
                var later = job
                later.tries += 1
                later.dueAt = now + pause
                try session.media.update(later)
            case .noRoom:
                var later = job
                later.dueAt = now + Self.pauseForRoom * spread
                try session.media.update(later)
            case .failed(let reason, _):
                try settle(job, session, now) { $0.failure = reason }
            }
        }
    }

    private func settle(_ job: MediaJob, _ session: any StorageSession, _ now: Instant, _ change: (inout Attachment) -> Void) throws {
        try session.media.remove(message: job.message, attachmentIndex: job.attachmentIndex)
        guard var message = try session.messages.message(job.message), message.content.attachments.indices.contains(job.attachmentIndex),
            let conversation = try session.conversations.conversation(message.conversation)
        else { return }
        change(&message.content.attachments[job.attachmentIndex])
        try session.messages.update(message)
        try session.events.append(
            DeskEvent(
                workspace: conversation.workspace, kind: .messageChanged, conversation: conversation.id, message: message.id, at: now))
    }
}
