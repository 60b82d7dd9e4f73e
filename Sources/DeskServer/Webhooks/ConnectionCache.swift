import DeskCore
import DeskServices
import Synchronization

/// Connections of inboxes, kept so that a provider's call costs no reading of secrets. The store is the truth: what isn't here is
/// read from it, and what is here is read again after a while, so that changed secrets hold soon.
final class ConnectionCache: Sendable {
    private static let freshness = Duration.seconds(10)

    private struct Entry {
        let connection: InboxConnection
        let readAt: Instant
    }

    private let storage: any Storage
    private let time: any TimeSource
    private let entries = Mutex<[Inbox.ID: Entry]>([:])

    init(storage: any Storage, time: any TimeSource) {
        self.storage = storage
        self.time = time
    }

    /// - Returns: nil for an inbox that doesn't exist; that is not remembered.
    /// - Throws: `storage_unavailable`.
    func connection(of inbox: Inbox.ID) async throws -> InboxConnection? {
        let now = time.now()
        let known = entries.withLock { $0[inbox] }
        if let known, now - known.readAt < Self.freshness, now >= known.readAt { return known.connection }
        let connection = try await storage.read { try $0.inboxes.connection(of: inbox) }
        entries.withLock { $0[inbox] = connection.map { Entry(connection: $0, readAt: now) } }
        return connection
    }

    /// Makes the next call read the store; for whoever has just changed the connection.
    func forget(_ inbox: Inbox.ID) {
        entries.withLock { _ = $0.removeValue(forKey: inbox) }
    }
}
