import DeskCore
import DeskServices
import DeskTesting
import Testing

/// What there is to see.
extension Desk {
    func contact(_ correspondent: Correspondent = .marta, on inbox: Inbox? = nil) async throws -> Contact {
        let inbox = (inbox ?? self.inbox).id
        return try #require(try await read { try $0.contacts.contact(in: inbox, anyOf: correspondent.identities) })
    }

    func conversation(with correspondent: Correspondent = .marta, on inbox: Inbox? = nil) async throws -> Conversation {
        let contact = try await contact(correspondent, on: inbox).id
        let inbox = (inbox ?? self.inbox).id
        return try #require(try await read { try $0.conversations.conversation(in: inbox, with: contact) })
    }

    func messages(with correspondent: Correspondent = .marta) async throws -> [Message] {
        let id = try await conversation(with: correspondent).id
        return try await read { try $0.messages.messages(of: id, before: nil, limit: 500) }
    }

    func message(_ id: Message.ID) async throws -> Message {
        try #require(try await read { try $0.messages.message(id) })
    }

    func attempt(of message: Message) async throws -> Attempt {
        let id = message.id
        return try #require(try await read { try $0.attempts.attempt(of: id) })
    }

    func delivery(of message: Message) async throws -> DeliveryState? {
        try await self.message(message.id).delivery
    }

    /// What is owed to a contact; nil when nothing is.
    func obligation(to correspondent: Correspondent = .marta) async throws -> Obligation? {
        let id = try await conversation(with: correspondent).id
        return try await read { try $0.obligations.open(in: id) }
    }

    func isOwed(to correspondent: Correspondent = .marta) async throws -> Bool {
        try await obligation(to: correspondent) != nil
    }

    func draft(of user: User? = nil) async throws -> String? {
        let id = try await conversation().id
        let user = (user ?? assistant).id
        return try await read { try $0.conversations.draft(of: id, by: user) }
    }

    func ledger() async throws -> [LedgerEntry] {
        let id = workspace.id
        return try await read { try $0.ledger.entries(of: id, after: 0, limit: 10_000) }
    }

    func ledgerKinds() async throws -> [LedgerEntry.Kind] {
        try await ledger().map(\.kind)
    }

    func ledgerFault() async throws -> LedgerFault? {
        try await VerifyLedger(storage).verify(workspace).fault
    }

    func quarantined() async throws -> [RawEvent] {
        let scope = sample.scope
        return try await read { try $0.rawEvents.quarantined(scope: scope, limit: 100) }
    }
}

extension Correspondent {
    static let marta = Correspondent(identities: [ProviderIdentity(.phone, "5491155550001")], name: "Marta")
    static let bruno = Correspondent(identities: [ProviderIdentity(.phone, "5511955550002")], name: "Bruno")
}
