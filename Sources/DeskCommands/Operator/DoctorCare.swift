import DeskCore
import DeskServices

/// What the doctor sees of backups, of what waits, and of what may be missing.
struct DoctorCare {
    private static let oldBackup = Duration.hours(48)

    let desk: Desk

    func examine() async throws -> [DoctorFinding] {
        let now = desk.context.time.now()
        let database = desk.database
        return try await desk.context.storage.read { session in
            [
                try Self.backup(of: database, session, now), try Self.backlog(session, now), try Self.attempts(session),
                try Self.incidents(session),
                try Self.holds(session),
            ].compactMap(\.self)
        }
    }

    private static func backup(of place: DatabasePlace, _ session: any StorageSession, _ now: Instant) throws -> DoctorFinding {
        if case .postgres = place {
            return DoctorFinding(
                name: "backup", level: .good,
                words: "PostgreSQL's own tools make it (pg_basebackup, pg_dump); this folder's files and keys belong to it.")
        }
        let remedy = "contesta backup create FILE, every day, and keep the file on another machine."
        guard let last = try session.operations.pulse(.backup) else {
            return DoctorFinding(name: "backup", level: .attention, words: "None has been made yet.", remedy: remedy)
        }
        let isOld = now - last > oldBackup
        return DoctorFinding(
            name: "backup", level: isOld ? .attention : .good, words: "The last was made \((now - last).wholeSeconds / 3_600) h ago.",
            remedy: isOld ? remedy : nil)
    }

    private static func backlog(_ session: any StorageSession, _ now: Instant) throws -> DoctorFinding {
        let backlog = try session.rawEvents.backlog()
        let age = backlog.oldest.map { (now - $0).wholeSeconds } ?? 0
        return DoctorFinding(
            name: "backlog", level: age > 60 ? .attention : .good,
            words: "\(backlog.count) stored event(s) have no meaning yet, the oldest for \(age) s.",
            remedy: age > 60 ? "They are safe. A server on this folder takes them up; see its log if it does not." : nil)
    }

    private static func attempts(_ session: any StorageSession) throws -> DoctorFinding {
        let counts = try session.attempts.counts()
        let words = ["held", "queued", "sending", "unknown"].map { "\(counts[$0] ?? 0) \($0)" }.joined(separator: ", ")
        let isUndecided = (counts["unknown"] ?? 0) > 0
        return DoctorFinding(
            name: "deliveries", level: isUndecided ? .attention : .good, words: "Replies: \(words).",
            remedy: isUndecided ? "Only a person knows whether the unknown ones went: see \"To decide\" in the browser." : nil)
    }

    private static func incidents(_ session: any StorageSession) throws -> DoctorFinding {
        let count = try session.incidents.unclearedCount(of: .deaf)
        return DoctorFinding(
            name: "gaps", level: count == 0 ? .good : .attention,
            words: count == 0 ? "No inbox may have missed anything." : "\(count) time(s) an inbox may have missed messages.",
            remedy: count == 0 ? nil : "See \"Health\" in the browser; a person says there what was done about it.")
    }

    /// - Returns: nil when everything sends.
    private static func holds(_ session: any StorageSession) throws -> DoctorFinding? {
        let holds = try session.operations.holds()
        guard let first = holds.first else { return nil }
        return DoctorFinding(
            name: "sending", level: .attention,
            words: "\(holds.count) workspace(s) send nothing since a backup of \(first.backupAt.timestamp) was restored.",
            remedy: "Decide in the browser about what may have gone since, then: contesta delivery release --yes")
    }
}
