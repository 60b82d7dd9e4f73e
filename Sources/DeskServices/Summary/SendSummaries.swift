package import DeskCore
import Logging
import ServiceLifecycle

/// Sends principals their summaries, each with the newest signed head of the ledger: the proof is outside of this machine then.
package struct SendSummaries: Service {
    private static let atOnce = 50
    private static let look = Duration.seconds(20)

    private let context: DeskContext
    private let signing: any HeadSigning
    private let writing: any SummaryWriting

    package init(_ context: DeskContext, signing: any HeadSigning, writing: any SummaryWriting) {
        self.context = context
        self.signing = signing
        self.writing = writing
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await round()
                // Waiting ends early only when the program does, and then the loop ends too.
                try? await context.time.wait(until: context.time.now() + Self.look)
            }
        }
    }

    /// Sends those that are due now: for whoever turns the clock by hand.
    package func round() async {
        do {
            let now = context.time.now()
            for job in try await context.storage.read({ try $0.summaries.due(at: now, limit: Self.atOnce) }) { await send(job) }
        } catch {
            context.logger.error("the summaries to send could not be read", metadata: ["error": "\(error)"])
        }
    }

    /// One that can't be drawn up stops no other; it is tried again at the next look.
    private func send(_ job: SummaryJob) async {
        do {
            guard let material = try await material(for: job) else { return try await drop(job) }
            guard !material.isOnHold else { return }
            let (head, files) = try await head(of: job.workspace)
            let reader = SummaryReader(workspace: material.workspace, user: material.user, head: head)
            let notice = notice(job, material, writing.write(material.summary, for: reader), files)
            let outcome = await context.notices.send(notice, through: material.connection)
            try await conclude(job, material, outcome, entries: head?.size ?? 0)
        } catch {
            context.logger.error(
                "a summary could not be sent", metadata: ["workspace": "\(job.workspace)", "member": "\(job.member)", "error": "\(error)"])
        }
    }

    /// - Returns: nil when the member no longer decides there, or the mailbox is gone.
    private func material(for job: SummaryJob) async throws -> Material? {
        let now = context.time.now()
        return try await context.storage.read { session in
            let authorization = Authorization(session, at: now)
            guard try authorization.may(.govern, in: job.workspace, job.member), let user = try session.people.user(job.member),
                let workspace = try session.workspaces.workspace(job.workspace),
                let connection = try session.inboxes.connection(of: job.plan.inbox)
            else { return nil }
            return Material(
                workspace: workspace, user: user, connection: connection,
                summary: try DrawSummary.draw(
                    of: workspace.id, from: job.progress.since, through: now, namesContacts: job.plan.namesContacts, session),
                isOnHold: try session.operations.hold(of: workspace.id) != nil)
        }
    }

    private func head(of workspace: Workspace.ID) async throws -> (LedgerCheckpoint?, [PrincipalNotice.File]) {
        let heads = MakeHeads(context.storage, time: context.time, signing: signing)
        guard let head = try await heads.make(of: workspace), let key = try await signing.key(of: workspace) else { return (nil, []) }
        let files = [
            PrincipalNotice.File(name: "\(workspace)-\(head.checkpoint.size).head", text: head.note),
            PrincipalNotice.File(name: "\(workspace).key", text: key.text + "\n"),
        ]
        return (head.checkpoint, files)
    }

    private func notice(
        _ job: SummaryJob, _ material: Material, _ letter: SummaryLetter, _ files: [PrincipalNotice.File]
    ) -> PrincipalNotice {
        let name = Digest.of("\(job.workspace) \(job.member) \(job.progress.dueAt.microseconds)").prefix(20)
        return PrincipalNotice(
            id: String(name), recipientName: material.user.name, recipientAddress: material.user.email, subject: letter.subject,
            text: letter.text, files: files, writtenAt: material.summary.through)
    }

    private func conclude(_ job: SummaryJob, _ material: Material, _ outcome: SendOutcome, entries: Int64) async throws {
        let now = context.time.now()
        let next = job.plan.next(after: now, on: WallClock(zone: material.user.timeZone, rules: context.timeZones))
        var progress = job.progress
        switch outcome {
        case .accepted:
            let sent = SummaryProgress.Sent(at: now, entries: entries)
            progress.succeed(with: sent, through: material.summary.through, next: next)
        case .unknown(let reason): progress.leaveOpen(reason, next: next)
        case .rejected(let failure): progress.fail(failure.text, at: now, next: next)
        }
        try await record(progress, of: job, at: now)
    }

    /// The plan may have been changed or taken back meanwhile: that stands.
    private func record(_ progress: SummaryProgress, of job: SummaryJob, at now: Instant) async throws {
        if let reason = progress.failure {
            context.logger.warning("a summary did not leave", metadata: ["workspace": "\(job.workspace)", "reason": "\(reason)"])
        }
        try await context.storage.write { session in
            guard let current = try session.summaries.job(of: job.member, in: job.workspace) else { return }
            var next = current
            next.progress = progress
            if current.plan != job.plan { next.progress.schedule(current.progress.nextAt) }
            try session.summaries.set(next)
            guard progress.failure == nil, let sent = progress.sent else { return }
            let details = ["entries": String(sent.entries), "inbox": job.plan.inbox.text]
            try session.ledger.append(LedgerFact(.summarySent, job.member.text, details), in: job.workspace, at: now)
        }
    }

    private func drop(_ job: SummaryJob) async throws {
        try await context.storage.write { try $0.summaries.remove(job.member, in: job.workspace) }
    }

    private struct Material: Sendable {
        let workspace: Workspace
        let user: User
        let connection: InboxConnection
        let summary: DaySummary
        let isOnHold: Bool
    }
}
