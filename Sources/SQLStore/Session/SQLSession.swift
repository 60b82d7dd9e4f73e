package import DeskCore
package import DeskServices

/// The repositories over one connection, for the time of one read or one transaction.
package struct SQLSession: StorageSession {
    private let connection: SealingConnection

    /// - Parameter vault: opens what is sealed.
    package init(_ connection: any SQLConnection, _ vault: Vault) {
        self.connection = SealingConnection(connection, vault)
    }

    /// The keys that it has used.
    var ring: KeyRing { connection.ring }

    func installationKey() throws(DeskError) -> NamedKey { try connection.installationKey() }

    func rewrap(under other: MasterKey) throws(DeskError) -> Int { try connection.rewrap(under: other) }

    /// A text as it is stored with a conversation: for those who try what somebody can do who has the database and its keys.
    package func sealed(_ text: String, for conversation: Conversation.ID) throws(DeskError) -> String {
        try connection.sealed(text, for: .conversation(conversation))
    }

    /// What happened, of which nothing is sealed: for drivers, which have no keys.
    package static func events(on connection: any SQLConnection) -> any EventRepository { SQLEventRepository(connection: connection) }

    package var workspaces: any WorkspaceRepository { SQLWorkspaceRepository(connection: connection) }
    package var people: any PeopleRepository { SQLPeopleRepository(connection: connection) }
    package var credentials: any CredentialRepository { SQLCredentialRepository(connection: connection) }
    package var identities: any IdentityRepository { SQLIdentityRepository(connection: connection) }
    package var inboxes: any InboxRepository { SQLInboxRepository(connection: connection) }
    package var contacts: any ContactRepository { SQLContactRepository(connection: connection) }
    package var conversations: any ConversationRepository { SQLConversationRepository(connection: connection) }
    package var messages: any MessageRepository { SQLMessageRepository(connection: connection) }
    package var obligations: any ObligationRepository { SQLObligationRepository(connection: connection) }
    package var commitments: any CommitmentRepository { SQLCommitmentRepository(connection: connection) }
    package var attempts: any AttemptRepository { SQLAttemptRepository(connection: connection) }
    package var rawEvents: any RawEventRepository { SQLRawEventRepository(connection: connection) }
    package var media: any MediaRepository { SQLMediaRepository(connection: connection) }
    package var collections: any CollectionRepository { SQLCollectionRepository(connection: connection) }
    package var filings: any FilingRepository { SQLFilingRepository(connection: connection) }
    package var ledger: any LedgerRepository { SQLLedgerRepository(connection: connection) }
    package var heads: any HeadRepository { SQLHeadRepository(connection: connection) }
    package var events: any EventRepository { SQLEventRepository(connection: connection) }
    package var search: any SearchRepository { SQLSearchRepository(connection: connection) }
    package var incidents: any IncidentRepository { SQLIncidentRepository(connection: connection) }
    package var readings: any ReadingRepository { SQLReadingRepository(connection: connection) }
    package var summaries: any SummaryRepository { SQLSummaryRepository(connection: connection) }
    package var data: any DataRepository { SQLDataRepository(connection: connection) }
    package var operations: any OperationRepository { SQLOperationRepository(connection: connection) }

    package func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        try connection.savepoint(body)
    }
}
