import ChannelKit
import DeskCore
import MailFormat
import MailTransport

/// Reads what a server gave and keeps its bytes: apart from the connection, so that both go on at once.
struct MailRecorder: Sendable {
    /// By how much a server's clock may be wrong: rather too much is owed than too little.
    private static let clockDifference = Duration.seconds(120)

    let reading: MailReading
    let blobs: any BlobKeeping
    let connectedAt: Instant

    /// All of them side by side, so that the disk confirms many files at once.
    /// - Parameter sizes: in bytes, by UID, as the server lists them.
    /// - Returns: in the order of the mails.
    /// - Throws: what `blobs` throws.
    func events(
        of mails: [StoredMail], sizes: [UInt32: Int], in opened: OpenedFolder, as role: CollectedMail.Role
    ) async throws -> [CollectedEvent] {
        try await withThrowingTaskGroup(of: (Int, CollectedEvent).self) { group in
            for (place, mail) in mails.enumerated() {
                group.addTask { (place, try await event(of: mail, size: sizes[mail.uid] ?? mail.bytes.count, in: opened, as: role)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    func event(
        of stored: StoredMail, size: Int, in opened: OpenedFolder, as role: CollectedMail.Role
    ) async throws -> CollectedEvent {
        let mail = MailReader.mail(in: stored.bytes)
        var record = record(of: stored, size: size, in: opened, as: role)
        record.people = MailReading.people(in: mail)
        record.source = try await blobs.store(stored.bytes)
        return CollectedEvent(key: record.key, body: try record.body, events: reading.events(of: mail, stored.bytes, record))
    }

    func record(of stored: StoredMail, size: Int, in opened: OpenedFolder, as role: CollectedMail.Role) -> CollectedMail {
        let arrivedAt = stored.arrival.flatMap { MailDate.instant(in: Array($0.utf8)) }
        let isHistory = arrivedAt.map { $0 < connectedAt - Self.clockDifference } ?? false
        return CollectedMail(
            folder: opened.name, validity: opened.validity, uid: stored.uid, role: role, flags: stored.flags, arrivedAt: arrivedAt,
            byteCount: size, isTruncated: stored.bytes.count < size && size > FetchPlan.largestMail, isHistory: isHistory)
    }
}
