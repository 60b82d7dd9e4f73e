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
    /// Of inboxes that the desk collects from, once they were looked at.
    let collections: [Inbox.ID: CollectionStanding]
    let collecting: Set<ChannelName>
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
            let authorization = Authorization(session, at: parts.now)
            let scope = try authorization.scope(of: user)
            let care = try authorization.scope(of: user, for: .administer)
            let signs = try session.inboxes.lastSignsOfLife()
            let seen = try inboxes(scope, care, session)
            return HealthReading(
                inboxes: seen.map { (inbox: $0, lastSign: signs[$0.id]) },
                collections: try seen.reduce(into: [:]) { $0[$1.id] = try session.collections.standing(of: $1.id) },
                collecting: Set(seen.map(\.channel).filter(parts.context.collection.collects)),
                quarantinedCount: try session.rawEvents.quarantined(scope: care, limit: Self.counted).count,
                doubtfulCount: try session.attempts.undecided(scope: scope, limit: Self.counted).count,
                incidents: try session.incidents.uncleared(scope: care, limit: Self.counted), holds: try holds(scope, care, session),
                machine: try MachineReading(parts.metrics, parts.disk, scope: scope, session), isWritable: isWritable,
                version: parts.settings.version)
        }
    }

    /// Those that the viewer reads, and those that they keep running.
    private static func inboxes(_ scope: Scope, _ care: Scope, _ session: any StorageSession) throws -> [Inbox] {
        let read = try session.inboxes.inboxes(in: scope)
        return read + (try session.inboxes.inboxes(in: care)).filter { !read.contains($0) }
    }

    private static func holds(
        _ scope: Scope, _ care: Scope, _ session: any StorageSession
    ) throws -> [(hold: DeliveryHold, workspace: Workspace, canRelease: Bool)] {
        try session.operations.holds().compactMap { hold in
            guard scope.covers(hold.workspace) || care.covers(hold.workspace),
                let workspace = try session.workspaces.workspace(hold.workspace)
            else {
                return nil
            }
            return (hold, workspace, care.covers(hold.workspace))
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
        if collecting.contains(inbox.channel) {
            return .collection(wording.inbox(inbox), collections[inbox.id], wording: wording)
        }
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
