package import DeskCore
import Logging
import ServiceLifecycle

/// Notices when an inbox may have missed something (promise P1), and says so until a person clears it: after a stop of the program, and
/// while a channel keeps silent against all custom. Leaves a sign of life every minute, so that the next start knows how long it was away.
package struct WatchChannels: Service {
    /// How often it looks.
    package static let interval = Duration.minutes(1)
    /// As far back as is looked to tell what is usual for an inbox.
    private static let signCount = 64

    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// Runs until it is told to stop.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var runningSince: Instant?
            while !Task.isCancelled {
                runningSince = await round(runningSince: runningSince)
                try? await context.time.wait(until: context.time.now() + Self.interval)
            }
        }
    }

    /// - Returns: since when the program runs; nil while that could not be recorded.
    private func round(runningSince: Instant?) async -> Instant? {
        do {
            guard let runningSince else { return try await noticeStart() }
            try await watch(runningSince: runningSince)
            return runningSince
        } catch {
            context.logger.error("the channels could not be looked after", metadata: ["error": "\(error)"])
            return runningSince
        }
    }

    /// Records how long the program was away, for every inbox, and that it runs again.
    /// - Returns: the time of this start.
    /// - Throws: `storage_unavailable`.
    @discardableResult
    package func noticeStart() async throws -> Instant {
        let now = context.time.now()
        try await context.storage.write { [context] session in
            let last = try session.operations.pulse(.running)
            try session.operations.record(.running, at: now)
            guard let last else { return }
            for inbox in try calling(session) {
                guard let gap = GapDetector.stop(lastPulse: last, start: now, horizon: horizon(of: inbox)) else { continue }
                try IncidentBook(session: session, identifiers: context.identifiers, now: now).open(gap, of: inbox)
            }
        }
        return now
    }

    /// Looks at every channel once.
    /// - Parameter runningSince: since when the program has listened.
    /// - Throws: `storage_unavailable`.
    package func watch(runningSince: Instant) async throws {
        let now = context.time.now()
        try await context.storage.write { [context] session in
            try session.operations.record(.running, at: now)
            let book = IncidentBook(session: session, identifiers: context.identifiers, now: now)
            for inbox in try calling(session) {
                let signs = try session.rawEvents.recentSigns(of: inbox, limit: Self.signCount)
                try book.endDeafness(of: inbox, lastSign: signs.first)
                let gap = GapDetector.silence(signs: signs, runningSince: runningSince, now: now, horizon: horizon(of: inbox))
                if let gap { try book.open(gap, of: inbox) }
            }
        }
    }

    /// Inboxes whose providers call us. What lies with the others is collected when we ask, however long we were silent.
    private func calling(_ session: any StorageSession) throws -> [Inbox] {
        try session.inboxes.all().filter { !context.collection.collects(from: $0.channel) }
    }

    private func horizon(of inbox: Inbox) -> Duration {
        context.channels.limits(of: inbox.channel)?.retryHorizon ?? .hours(36)
    }
}

/// Opens and ends incidents, with their proof, in the caller's transaction.
struct IncidentBook {
    let session: any StorageSession
    let identifiers: any IdentifierSource
    let now: Instant

    func open(_ gap: GapDetector.Gap, of inbox: Inbox) throws {
        let incident = Incident(
            id: identifiers.next(at: now), workspace: inbox.workspace, inbox: inbox.id, kind: gap.kind, beganAt: gap.beganAt,
            endedAt: gap.endedAt, noticedAt: now)
        guard try session.incidents.insert(incident) else { return }
        let details = [
            "inbox": inbox.id.text, "kind": gap.kind.rawValue, "from": String(gap.beganAt.microseconds),
            "to": gap.endedAt.map { String($0.microseconds) } ?? "",
        ]
        try session.ledger.append(LedgerFact(.incidentOpened, incident.id.text, details), in: inbox.workspace, at: now)
    }

    /// A channel that calls again is no longer deaf; that it was, stays to be seen.
    func endDeafness(of inbox: Inbox, lastSign: Instant?) throws {
        guard let lastSign else { return }
        for var incident in try session.incidents.ongoing(in: inbox.id) where incident.beganAt < lastSign {
            incident.end(at: lastSign)
            try session.incidents.update(incident)
        }
    }
}
