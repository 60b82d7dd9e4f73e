import DeskCore
import DeskServices
import DeskTesting
import Testing

/// What the laws on personal data ask of the store, on every database.
@Suite struct DataContract {
    @Test(arguments: StorageFactory.all)
    func anErasedContactIsNowhereAndTheOthersAreWhereTheyWere(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let marta = try await desk.meet("Marta", identities: [ProviderIdentity(.phone, "5491100000001")])
        let luis = try await desk.meet("Luis", identities: [ProviderIdentity(.phone, "5491100000002")])
        let said = try await desk.say("la palabra golondrina", in: marta.conversation, providerID: "wamid.1")
        _ = try await desk.say("otra golondrina", in: luis.conversation, providerID: "wamid.2")
        let known = try await desk.storage.value { try $0.data.contact(marta.contact.id) }
        let place = try #require(known)
        #expect(place == ContactPlace(contact: marta.contact, inbox: desk.inbox.id, conversations: [marta.conversation.id]))

        try await desk.storage.write { try $0.data.erase(place) }

        #expect(try await desk.storage.value { try $0.contacts.contact(marta.contact.id) } == nil)
        #expect(try await desk.storage.value { try $0.conversations.conversation(marta.conversation.id) } == nil)
        #expect(try await desk.storage.value { try $0.messages.message(said.message.id) } == nil)
        #expect(try await desk.storage.value { try $0.obligations.open(in: marta.conversation.id) } == nil)
        let hits = try await desk.storage.value { [scope = desk.scope] in
            try $0.search.search("golondrina", scope: scope, limit: 10, cursor: nil).items
        }
        #expect(hits.map(\.contactName) == ["Luis"])
        let left = try await desk.storage.value { [id = desk.workspace.id] in try $0.data.contacts(in: id, after: nil, limit: 10) }
        #expect(left.map(\.contact) == [luis.contact])
    }

    @Test(arguments: StorageFactory.all)
    func anIdentityIsFreeAgainOnceItsContactIsErased(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let identity = ProviderIdentity(.phone, "5491100000001")
        let first = try await desk.meet("Marta", identities: [identity])
        let known = try await desk.storage.value { try $0.data.contact(first.contact.id) }
        let place = try #require(known)
        try await desk.storage.write { try $0.data.erase(place) }
        let second = try await desk.meet("Marta", identities: [identity])
        let found = try await desk.storage.value { [inbox = desk.inbox.id] in try $0.contacts.contact(in: inbox, anyOf: [identity]) }
        #expect(found == second.contact)
    }

    @Test(arguments: StorageFactory.all)
    func idleAreThoseToWhomNothingIsOwed(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let owed = try await desk.meet("Marta")
        _ = try await desk.say("¿Hola?", in: owed.conversation)
        let finished = try await desk.meet("Luis")
        let later = desk.build.now + .hours(1)
        let idle = try await desk.storage.value { [id = desk.workspace.id] in try $0.data.idle(in: id, since: later, limit: 10) }
        #expect(idle.map(\.contact) == [finished.contact])
        let before = desk.build.now - .hours(1)
        let none = try await desk.storage.value { [id = desk.workspace.id] in try $0.data.idle(in: id, since: before, limit: 10) }
        #expect(none.isEmpty)
    }

    @Test(arguments: StorageFactory.all)
    func retentionIsKept(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let workspace = desk.workspace.id
        #expect(try await desk.storage.value { try $0.data.retention(of: workspace) } == .everything)
        for retention in [Retention(conversationDays: 365, rawEventDays: nil), Retention(conversationDays: nil, rawEventDays: 30)] {
            try await desk.storage.write { try $0.data.setRetention(retention, of: workspace) }
            #expect(try await desk.storage.value { try $0.data.retention(of: workspace) } == retention)
        }
    }
}
