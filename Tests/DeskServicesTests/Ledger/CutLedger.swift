import DeskCore
import DeskServices

/// A store from whose ledger somebody has cut off the last entries.
struct CutLedger: Storage {
    let storage: any Storage
    let lastSequence: Int64

    func read<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try await storage.read { [lastSequence] in try body(CutSession(session: $0, lastSequence: lastSequence)) }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try await storage.write(body)
    }

    func checkReadiness() async throws { try await storage.checkReadiness() }
}

private struct CutSession: StorageSession {
    let session: any StorageSession
    let lastSequence: Int64

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
    var ledger: any LedgerRepository { CutEntries(ledger: session.ledger, lastSequence: lastSequence) }
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

private struct CutEntries: LedgerRepository {
    let ledger: any LedgerRepository
    let lastSequence: Int64

    func append(_ fact: LedgerFact, in workspace: Workspace.ID, at instant: Instant) throws -> LedgerEntry {
        try ledger.append(fact, in: workspace, at: instant)
    }

    func head(of workspace: Workspace.ID) throws -> LedgerHead { try ledger.head(of: workspace) }

    func entries(of workspace: Workspace.ID, after sequence: Int64, limit: Int) throws -> [LedgerEntry] {
        try ledger.entries(of: workspace, after: sequence, limit: limit).filter { $0.sequence <= lastSequence }
    }

    func entries(about subject: String, in workspace: Workspace.ID) throws -> [LedgerEntry] {
        try ledger.entries(about: subject, in: workspace)
    }
}
