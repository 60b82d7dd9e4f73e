import DeskCore
import DeskServices
import DeskWeb

/// How the parts of the desk are, as one viewer may know it.
struct HealthReading: Sendable {
    /// A channel that has been silent for longer than this wants a look.
    private static let longSilence = Duration.hours(24)

    /// Counting further would cost more than the number tells.
    private static let counted = 100

    let inboxes: [(inbox: Inbox, lastSign: Instant?)]
    let quarantinedCount: Int
    let doubtfulCount: Int
    let incidents: [Incident]
    let holds: [(hold: DeliveryHold, workspace: Workspace, canRelease: Bool)]
    let machine: MachineReading
    let isWritable: Bool
    let version: String

    static func read(for user: User.ID, in parts: ServerParts) async throws -> HealthReading {
        let isWritable: Bool
        do {
            try await parts.storage.checkReadiness()
            isWritable = true
        } catch {
            isWritable = false
        }
        return try await parts.storage.read { session in
            let scope = try Authorization(session).scope(of: user)
            let signs = try session.inboxes.lastSignsOfLife()
            return HealthReading(
                inboxes: try session.inboxes.inboxes(in: scope).map { (inbox: $0, lastSign: signs[$0.id]) },
                quarantinedCount: try session.rawEvents.quarantined(scope: scope, limit: Self.counted).count,
                doubtfulCount: try session.attempts.undecided(scope: scope, limit: Self.counted).count,
                incidents: try session.incidents.uncleared(scope: scope, limit: Self.counted), holds: try holds(scope, session),
                machine: try MachineReading(parts.metrics, scope: scope, session), isWritable: isWritable,
                version: parts.settings.version)
        }
    }

    private static func holds(
        _ scope: Scope, _ session: any StorageSession
    ) throws -> [(hold: DeliveryHold, workspace: Workspace, canRelease: Bool)] {
        try session.operations.holds().compactMap { hold in
            guard let role = scope.roles[hold.workspace], let workspace = try session.workspaces.workspace(hold.workspace) else {
                return nil
            }
            return (hold, workspace, role == .principal)
        }
    }

    func page(_ wording: Wording) -> HealthPage {
        let names = Dictionary(inboxes.map { ($0.inbox.id, wording.inbox($0.inbox)) }, uniquingKeysWith: { first, _ in first })
        return HealthPage(
            channels: inboxes.map { channel($0.inbox, $0.lastSign, wording) }, system: system(wording),
            incidents: incidents.map { IncidentNotice($0, inboxName: names[$0.inbox] ?? "?", wording: wording) },
            holds: holds.map { entry in
                HealthPage.Hold(
                    workspaceID: entry.workspace.id.text, workspaceName: entry.workspace.name, backupAt: entry.hold.backupAt,
                    canRelease: entry.canRelease, wording: wording)
            }, wording: wording)
    }

    private func channel(_ inbox: Inbox, _ lastSign: Instant?, _ wording: Wording) -> HealthPage.Check {
        let isSilent = lastSign.map { wording.now - $0 > Self.longSilence } ?? true
        return .channel(wording.inbox(inbox), lastSign: lastSign, isSilent: isSilent, wording: wording)
    }

    private func system(_ wording: Wording) -> [HealthPage.Check] {
        [
            .storage(isWritable: isWritable, wording: wording), .quarantine(count: quarantinedCount, wording: wording),
            .doubtful(count: doubtfulCount, wording: wording),
        ] + machine.checks(wording) + [.version("Contesta \(version)", wording: wording)]
    }
}
