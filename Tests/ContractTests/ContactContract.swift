import DeskCore
import DeskServices
import DeskTesting
import Testing

private let phone = ProviderIdentity(.phone, "5491155550000")
private let scoped = ProviderIdentity(.businessScoped, "AR.123")

@Suite struct ContactContract {
    @Test(arguments: StorageFactory.all)
    func theEarlierIdentityDecides(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let byPhone = try await desk.meet("Por teléfono", identities: [phone]).contact
        let byScope = try await desk.meet("Por número propio", identities: [scoped]).contact
        try await desk.storage.read { session throws in
            #expect(try session.contacts.contact(in: desk.inbox.id, anyOf: [phone, scoped]) == byPhone)
            #expect(try session.contacts.contact(in: desk.inbox.id, anyOf: [scoped, phone]) == byScope)
            #expect(try session.contacts.contact(in: desk.inbox.id, anyOf: [ProviderIdentity(.opaque, "AR.123")]) == nil)
            #expect(try session.contacts.contact(in: desk.inbox.id, anyOf: []) == nil)
        }
    }

    @Test(arguments: StorageFactory.all)
    func anIdentityBelongsToOneContactOfTheInbox(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let first = try await desk.meet("Primera", identities: [phone]).contact
        let second = desk.build.contact(in: desk.workspace, name: "Segunda", identities: [scoped, phone])
        await #expect { try await desk.storage.write { try $0.contacts.insert(second, in: desk.inbox.id, at: desk.build.now) } } throws: {
            ($0 as? DeskError)?.code.rawValue == "storage_conflict"
        }
        try await desk.storage.read { session throws in
            #expect(try session.contacts.contact(in: desk.inbox.id, anyOf: [phone]) == first)
            #expect(try session.contacts.contact(in: desk.inbox.id, anyOf: [scoped]) == nil)
            #expect(try session.contacts.contact(second.id) == nil)
        }
    }

    @Test(arguments: StorageFactory.all)
    func theSameIdentityInAnotherInboxIsAnotherContact(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let first = try await desk.meet("Primera", identities: [phone]).contact
        let inbox = desk.build.inbox(in: desk.workspace, name: "Otro", account: "2")
        let second = desk.build.contact(in: desk.workspace, name: "Segunda", identities: [phone])
        try await desk.storage.write { session throws in
            try session.inboxes.insert(inbox, settings: [:], secrets: [:], at: desk.build.now)
            try session.contacts.insert(second, in: inbox.id, at: desk.build.now)
        }
        try await desk.storage.read { session throws in
            #expect(try session.contacts.contact(in: desk.inbox.id, anyOf: [phone]) == first)
            #expect(try session.contacts.contact(in: inbox.id, anyOf: [phone]) == second)
        }
    }

    @Test(arguments: StorageFactory.all)
    func anUpdateKeepsTheOrderOfIdentitiesAndTakesNobodyElses(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        var contact = try await desk.meet("Marta", identities: [phone]).contact
        contact.identities = [scoped, phone]
        contact.name = "Marta Díaz"
        let updated = contact
        try await desk.storage.write { try $0.contacts.update(updated, in: desk.inbox.id) }
        #expect(try await desk.storage.value { try $0.contacts.contact(in: desk.inbox.id, anyOf: [scoped]) } == updated)

        var thief = try await desk.meet("Otra").contact
        thief.identities.append(phone)
        let greedy = thief
        await #expect(throws: DeskError.self) { try await desk.storage.write { try $0.contacts.update(greedy, in: desk.inbox.id) } }
        #expect(try await desk.storage.value { try $0.contacts.contact(in: desk.inbox.id, anyOf: [phone]) } == updated)
    }
}
