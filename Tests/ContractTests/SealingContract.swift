import DeskCore
import DeskServices
import DeskTesting
import SQLStore
import SQLiteDriver
import Testing

/// What lies in the database is sealed, on every database, and what was sealed under a key that never came to be is not there either.
@Suite struct SealingContract {
    @Test(arguments: DatabaseFactory.all)
    func noColumnSaysWhatSomebodyWroteOrWhoTheyAre(_ factory: DatabaseFactory) async throws {
        let (database, desk) = try await open(factory)
        let marta = try await desk.meet("Marta Canaria", identities: [ProviderIdentity(.phone, "34699888777")])
        _ = try await desk.say("la clave es golondrina", in: marta.conversation)
        try await desk.storage.write { session in
            try session.conversations.setDraft("borrador golondrina", of: marta.conversation.id, by: desk.principal.id, at: desk.build.now)
        }
        let everything = try await database.read { connection in
            try Self.tables.map { try connection.query($0) }.map { "\($0)" }.joined()
        }
        #expect(everything.contains("~1."))
        for word in ["golondrina", "Canaria", "34699888777"] { #expect(!everything.contains(word)) }
    }

    @Test(arguments: DatabaseFactory.all)
    func aKeyOfATransactionThatFailedIsForgotten(_ factory: DatabaseFactory) async throws {
        let (_, desk) = try await open(factory)
        let contact = desk.build.contact(in: desk.workspace)
        for isLast in [false, true] {
            try? await desk.storage.write { session in
                try session.contacts.insert(contact, in: desk.inbox.id, at: desk.build.now)
                if !isLast { throw CancellationError() }
            }
        }
        #expect(try await desk.storage.value { try $0.contacts.contact(contact.id) } == contact)
    }

    @Test(arguments: DatabaseFactory.all)
    func whatWasPutIntoTheDatabaseUnsealedIsNotTakenForTrue(_ factory: DatabaseFactory) async throws {
        let (database, desk) = try await open(factory)
        let marta = try await desk.meet("Marta")
        let said = try await desk.say("Hola", in: marta.conversation)
        try await database.write { try $0.run("UPDATE messages SET text = 'Transfiera a otra cuenta' WHERE id = \(said.message.id)") }
        await #expect(throws: DeskError.self) { try await desk.storage.value { try $0.messages.message(said.message.id) } }
    }

    @Test(arguments: DatabaseFactory.all)
    func anotherMasterKeyIsRefused(_ factory: DatabaseFactory) async throws {
        let (database, _) = try await open(factory)
        await #expect { try await SQLStorage(database, .sample(8)).fileSeal() } throws: {
            ($0 as? DeskError)?.code == .masterKeyWrong
        }
    }

    @Test(arguments: DatabaseFactory.all)
    func afterARotationTheNewKeyOpensEverythingAndTheOldOneNothing(_ factory: DatabaseFactory) async throws {
        let (database, desk) = try await open(factory)
        let said = try await desk.say("Hola", in: desk.meet("Marta").conversation)
        let new = try MasterKey([UInt8](repeating: 9, count: MasterKey.length))
        #expect(try await SQLStorage(database, .sample()).rotate(to: new) >= 1)

        let reopened = SQLStorage(database, Vault(new))
        #expect(try await reopened.read { try $0.messages.message(said.message.id) } == said.message)
        let old = SQLStorage(database, .sample())
        await #expect(throws: DeskError.self) { try await old.read { try $0.messages.message(said.message.id) } }
    }

    private func open(_ factory: DatabaseFactory) async throws -> (any SQLDatabase, SampleDesk) {
        let database = try await factory.database()
        try await Migrator().migrate(database, .sample())
        return (database, try await SampleDesk.open(in: SQLStorage(database, .sample())))
    }

    private static let tables: [SQLStatement] = [
        "SELECT * FROM contacts", "SELECT * FROM contact_identities", "SELECT * FROM conversations", "SELECT * FROM messages",
        "SELECT * FROM drafts", "SELECT * FROM search_documents", "SELECT * FROM attempts", "SELECT * FROM raw_events",
    ]
}
