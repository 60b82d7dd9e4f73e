import DeskCore
import DeskServices
import DeskWeb

/// How what runs behind the screens is doing.
struct MachineReading: Sendable {
    private let backlog: ProjectionBacklog
    private let attempts: [String: Int]
    private let ledgers: [LedgerHead]
    private let lastBackup: Instant?
    /// In seconds.
    private let slowestCommits: Double?
    private let room: DiskRoom?

    /// - Parameter scope: whose ledgers may be told of.
    init(_ metrics: Metrics, _ disk: DiskWatch, scope: Scope, _ session: any StorageSession) throws {
        room = disk.room
        backlog = try session.rawEvents.backlog()
        attempts = try session.attempts.counts()
        ledgers = try scope.workspaces.map { try session.ledger.head(of: $0) }
        lastBackup = try session.operations.pulse(.backup)
        slowestCommits = metrics.commits.quantile(0.99)
    }

    func checks(_ wording: Wording) -> [HealthPage.Check] {
        [
            .backlog(count: backlog.count, oldest: backlog.oldest, wording: wording),
            .deliveries(
                held: attempts["held"] ?? 0, queued: attempts["queued"] ?? 0, sending: attempts["sending"] ?? 0, wording: wording),
            .commits(slowest: slowestCommits, wording: wording), .backup(last: lastBackup, wording: wording),
        ] + (room.map { [disk($0, wording)] } ?? []) + ledgers.map { .ledger(sequence: $0.sequence, wording: wording) }
    }

    private func disk(_ room: DiskRoom, _ wording: Wording) -> HealthPage.Check {
        let level: HealthPage.Level =
            switch room.level {
            case .ample: .good
            case .scarce: .attention
            case .exhausted: .broken
            }
        return .disk(free: room.free, total: room.total, level: level, wording: wording)
    }
}
