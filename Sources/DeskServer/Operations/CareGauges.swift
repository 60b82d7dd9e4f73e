import DeskCore
import DeskServices

/// What tells an operator's machine that something wants a person.
struct CareGauges: Sendable {
    private static let states = ["held", "queued", "sending", "unknown"]

    private let attempts: [String: Int]
    private let backlog: ProjectionBacklog
    private let deaf: Int
    private let stopped: Int
    private let holds: Int
    private let lastBackup: Instant?
    private let ledgers: [LedgerHead]
    private let signs: [(inbox: Inbox, at: Instant)]

    init(_ session: any StorageSession) throws {
        attempts = try session.attempts.counts()
        backlog = try session.rawEvents.backlog()
        deaf = try session.incidents.unclearedCount(of: .deaf)
        stopped = try session.incidents.unclearedCount(of: .stopped)
        holds = try session.operations.holds().count
        lastBackup = try session.operations.pulse(.backup)
        ledgers = try session.workspaces.all().map { try session.ledger.head(of: $0.id) }
        let lastSigns = try session.inboxes.lastSignsOfLife()
        signs = try session.inboxes.all().compactMap { inbox in lastSigns[inbox.id].map { (inbox, $0) } }
    }

    func exposition(at now: Instant) -> String {
        let age = backlog.oldest.map { max(0, (now - $0).wholeSeconds) } ?? 0
        let backupAge = lastBackup.map { (now - $0).wholeSeconds } ?? -1
        return labelled(
            "contesta_attempts", "Replies by how far they got.", Self.states.map { ([("state", $0)], Int64(attempts[$0] ?? 0)) })
            + Exposition.gauge("contesta_unprojected_events", "Stored provider calls without a meaning yet.", backlog.count)
            + Exposition.gauge("contesta_oldest_unprojected_seconds", "Age of the oldest of them; 0 for none.", age)
            + labelled(
                "contesta_incidents", "What inboxes may have missed, and nobody has cleared.",
                [([("kind", "deaf")], Int64(deaf)), ([("kind", "stopped")], Int64(stopped))])
            + Exposition.gauge("contesta_delivery_holds", "Workspaces that send nothing since a backup was restored.", holds)
            + Exposition.gauge("contesta_backup_age_seconds", "Seconds since the last backup; -1 for never.", backupAge)
            + labelled(
                "contesta_ledger_entries", "Length of a workspace's ledger.",
                ledgers.map { ([("workspace", $0.workspace.text)], $0.sequence) })
            + labelled(
                "contesta_channel_silence_seconds", "Seconds since a channel's provider last called.",
                signs.map { ([("inbox", $0.inbox.id.text), ("channel", $0.inbox.channel.rawValue)], (now - $0.at).wholeSeconds) })
    }

    private func labelled(_ name: String, _ help: String, _ values: [([(name: String, value: String)], Int64)]) -> String {
        Exposition.head(name, help, type: "gauge") + values.map { "\(name)\(Exposition.labels($0.0)) \($0.1)\n" }.joined()
    }
}
