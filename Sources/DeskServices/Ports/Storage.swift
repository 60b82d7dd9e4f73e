/// Durable memory, as the use cases need it. Implemented by the SQL store over a driver.
package protocol Storage: Sendable {
    /// Runs a read-only body on one consistent state.
    /// - Throws: what the body throws; `storage_unavailable` (transient) when the database does not answer.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value

    /// Runs a body as one transaction and returns once it is durably committed. Several waiting bodies may share one commit;
    /// each still succeeds or fails alone: a body that throws leaves no trace. Bodies run one at a time, in the order of their calls.
    /// - Throws: what the body throws; `storage_unavailable` (transient) when nothing could be committed.
    func write<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value

    /// Whether a write would succeed now, and the schema is this program's. Used by `/readyz`.
    func checkReadiness() async throws
}

/// What can be said to the store within one read or one transaction. Synchronous on purpose: nothing can wait inside.
package protocol StorageSession {
    var workspaces: any WorkspaceRepository { get }
    var people: any PeopleRepository { get }
    var credentials: any CredentialRepository { get }
    var identities: any IdentityRepository { get }
    var inboxes: any InboxRepository { get }
    var contacts: any ContactRepository { get }
    var conversations: any ConversationRepository { get }
    var messages: any MessageRepository { get }
    var obligations: any ObligationRepository { get }
    var commitments: any CommitmentRepository { get }
    var attempts: any AttemptRepository { get }
    var rawEvents: any RawEventRepository { get }
    var media: any MediaRepository { get }
    var collections: any CollectionRepository { get }
    var filings: any FilingRepository { get }
    var ledger: any LedgerRepository { get }
    var heads: any HeadRepository { get }
    var events: any EventRepository { get }
    var search: any SearchRepository { get }
    var incidents: any IncidentRepository { get }
    var readings: any ReadingRepository { get }
    var summaries: any SummaryRepository { get }
    var operations: any OperationRepository { get }
    var data: any DataRepository { get }

    /// Runs a part that may fail alone: if it throws, what it did is undone and the error goes on to the caller, while the rest of
    /// the transaction stands.
    func savepoint<Value>(_ body: () throws -> Value) throws -> Value
}

/// A stretch of a list, and where the next begins. Cursors are opaque to callers, and stay valid while rows come and go.
package struct Page<Item: Sendable>: Sendable {
    package let items: [Item]
    package let nextCursor: String?

    package init(items: [Item], nextCursor: String?) {
        self.items = items
        self.nextCursor = nextCursor
    }
}
