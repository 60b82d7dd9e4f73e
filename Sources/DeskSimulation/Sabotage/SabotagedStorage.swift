import DeskServices

/// A store whose sessions are not what they should be.
struct SabotagedStorage: Storage {
    let storage: any Storage
    let wrap: @Sendable (any StorageSession) -> any StorageSession

    init(storage: any Storage, wrap: @escaping @Sendable (any StorageSession) -> any StorageSession) {
        self.storage = storage
        self.wrap = wrap
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try await storage.read { [wrap] in try body(wrap($0)) }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try await storage.write { [wrap] in try body(wrap($0)) }
    }

    func checkReadiness() async throws { try await storage.checkReadiness() }
}

/// A session that hands everything on, for others to bend a part of it.
protocol WrappingSession: StorageSession {
    var session: any StorageSession { get }
}

extension WrappingSession {
    var workspaces: any WorkspaceRepository { session.workspaces }
    var people: any PeopleRepository { session.people }
    var credentials: any CredentialRepository { session.credentials }
    var identities: any IdentityRepository { session.identities }
    var inboxes: any InboxRepository { session.inboxes }
    var contacts: any ContactRepository { session.contacts }
    var conversations: any ConversationRepository { session.conversations }
    var messages: any MessageRepository { session.messages }
    var obligations: any ObligationRepository { session.obligations }
    var commitments: any CommitmentRepository { session.commitments }
    var attempts: any AttemptRepository { session.attempts }
    var rawEvents: any RawEventRepository { session.rawEvents }
    var media: any MediaRepository { session.media }
    var collections: any CollectionRepository { session.collections }
    var filings: any FilingRepository { session.filings }
    var ledger: any LedgerRepository { session.ledger }
    var heads: any HeadRepository { session.heads }
    var events: any EventRepository { session.events }
    var search: any SearchRepository { session.search }
    var incidents: any IncidentRepository { session.incidents }
    var readings: any ReadingRepository { session.readings }
    var summaries: any SummaryRepository { session.summaries }
    var operations: any OperationRepository { session.operations }
    var data: any DataRepository { session.data }

    func savepoint<Value>(_ body: () throws -> Value) throws -> Value { try session.savepoint(body) }
}
