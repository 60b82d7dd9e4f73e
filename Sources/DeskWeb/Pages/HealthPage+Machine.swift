package import DeskCore

/// The checks of what runs behind the screens, in words.
extension HealthPage.Check {
    /// A backlog that is older than this is more than a busy moment.
    private static let longBacklog = Duration.minutes(1)
    /// A backup that is older than this should be made anew.
    private static let oldBackup = Duration.hours(48)
    /// A commit that takes longer than this keeps people and providers waiting.
    private static let slowCommit = 0.25

    /// What came in and has no meaning yet.
    /// - Parameter oldest: when the oldest of it came; nil when there is none.
    package static func backlog(count: Int, oldest: Instant?, wording: Wording) -> Self {
        let isOld = oldest.map { wording.now - $0 > longBacklog } ?? false
        let words =
            oldest.map { wording.text("health.backlog.some", count: count, ["ago": wording.ago($0)]) }
            ?? wording.text("health.backlog.none")
        return Self(
            name: wording.text("health.backlog.name"), level: isOld ? .attention : .good, words: words,
            remedy: isOld ? wording.text("health.backlog.remedy") : nil, wording: wording)
    }

    /// What waits to be sent.
    package static func deliveries(held: Int, queued: Int, sending: Int, wording: Wording) -> Self {
        let counts = ["held": String(held), "queued": String(queued), "sending": String(sending)]
        return Self(
            name: wording.text("health.deliveries.name"), level: .good, words: wording.text("health.deliveries.words", counts),
            wording: wording)
    }

    /// A ledger's length.
    package static func ledger(sequence: Int64, wording: Wording) -> Self {
        Self(
            name: wording.text("health.ledger.name"), level: .good,
            words: wording.text("health.ledger.words", ["sequence": String(sequence)]), wording: wording)
    }

    /// - Parameter last: when the last backup was made; nil for never.
    package static func backup(last: Instant?, wording: Wording) -> Self {
        let isOld = last.map { wording.now - $0 > oldBackup } ?? true
        return Self(
            name: wording.text("health.backup.name"), level: isOld ? .attention : .good,
            words: last.map { wording.text("health.backup.last", ["ago": wording.ago($0)]) } ?? wording.text("health.backup.never"),
            remedy: isOld ? wording.text("health.backup.remedy") : nil, wording: wording)
    }

    /// How long the slowest hundredth of commits took at least, in seconds; nil before the first.
    package static func commits(slowest seconds: Double?, wording: Wording) -> Self {
        let isSlow = (seconds ?? 0) > slowCommit
        let milliseconds = seconds.map { String(Int($0 * 1_000)) } ?? "–"
        return Self(
            name: wording.text("health.commits.name"), level: isSlow ? .attention : .good,
            words: wording.text("health.commits.words", ["milliseconds": milliseconds]),
            remedy: isSlow ? wording.text("health.commits.remedy") : nil, wording: wording)
    }

    /// The room on the data folder's disk, in bytes.
    package static func disk(free: Int64, total: Int64, level: HealthPage.Level, wording: Wording) -> Self {
        let sizes = ["free": wording.byteCount(Int(free)), "total": wording.byteCount(Int(total))]
        return Self(
            name: wording.text("health.disk.name"), level: level, words: wording.text("health.disk.words", sizes),
            remedy: level == .good ? nil : wording.text("health.disk.remedy"), wording: wording)
    }
}
