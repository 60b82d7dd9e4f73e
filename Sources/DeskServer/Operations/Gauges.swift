import DeskCore
import DeskServices
import Foundation

/// Numbers that are looked up when somebody asks for them.
struct Gauges {
    /// Counting further would cost more than the number tells.
    private static let maximumCount = 100_000

    let parts: ServerParts

    /// - Throws: `storage_unavailable`.
    func exposition() async throws -> String {
        let now = parts.now
        let counts = try await parts.storage.read { session in
            (owed: try Self.owed(session, at: now), quarantined: try session.rawEvents.quarantinedCount(), care: try CareGauges(session))
        }
        let uptime = (parts.context.time.now() - parts.metrics.startedAt).wholeSeconds
        return Exposition.gauge("contesta_owed_conversations", "Conversations that somebody waits in for an answer.", counts.owed)
            + Exposition.gauge("contesta_quarantined_events", "Provider calls that could not be understood.", counts.quarantined)
            + Exposition.gauge("contesta_event_streams", "Open event streams.", parts.hub.listenerCount)
            + Exposition.gauge("contesta_uptime_seconds", "Seconds since the program started.", uptime)
            + counts.care.exposition(at: parts.context.time.now()) + disk + processMemory
    }

    private var disk: String {
        guard let room = parts.disk.room else { return "" }
        return Exposition.gauge("contesta_disk_free_bytes", "Free room on the disk of the data folder.", room.free)
            + Exposition.gauge("contesta_disk_size_bytes", "Size of that disk.", room.total)
    }

    /// There is no reading without somebody's eyes: each workspace is counted through its principal's.
    private static func owed(_ session: any StorageSession, at now: Instant) throws -> Int {
        try session.workspaces.all().reduce(0) { sum, workspace in
            let members = try session.people.members(of: workspace.id)
            let principal = members.first { $0.membership.role == .principal && $0.membership.isInForce(at: now) }
            guard let principal else { return sum }
            let scope = try Authorization(session, at: now).scope(of: principal.user.id, limitedTo: workspace.id)
            return sum + (try session.conversations.owedCount(scope: scope, maximum: Self.maximumCount))
        }
    }

    /// Source: proc(5), `/proc/self/statm`: the second number is the resident set, in pages.
    private var processMemory: String {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return "" }
        let bytes = pages * Int(sysconf(Int32(_SC_PAGESIZE)))
        return Exposition.gauge("process_resident_memory_bytes", "Resident memory in bytes.", bytes)
    }
}
