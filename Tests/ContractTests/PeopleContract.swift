import DeskCore
import DeskServices
import DeskTesting
import Testing

@Suite struct PeopleContract {
    @Test(arguments: StorageFactory.all)
    func anAddressIsOnePersonsWhateverItsCase(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let ana = desk.build.user("Ana", email: "Ana@Example.org")
        try await desk.storage.write { try $0.people.insert(ana, at: desk.build.now) }
        #expect(try await desk.storage.value { try $0.people.user(email: "ANA@example.ORG") } == ana)
        let other = desk.build.user("Otra", email: "aNA@example.org")
        await #expect { try await desk.storage.write { try $0.people.insert(other, at: desk.build.now) } } throws: {
            ($0 as? DeskError)?.code == .invalidRequest
        }
        var moved = desk.principal
        moved.email = "ana@example.org"
        let taken = moved
        await #expect { try await desk.storage.write { try $0.people.update(taken) } } throws: {
            ($0 as? DeskError)?.code == .invalidRequest
        }
        #expect(try await desk.storage.value { try $0.people.user(desk.principal.id) } == desk.principal)
    }

    @Test(arguments: StorageFactory.all)
    func membersKeepTheirRoleSignatureAndRevocation(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let ana = desk.build.user("Ana")
        var membership = Membership(workspace: desk.workspace.id, user: ana.id, role: .assistant)
        let first = membership
        membership.role = .sales
        membership.signedAgreement = 1
        membership.revokedAt = desk.build.now
        let second = membership
        try await desk.storage.write { session throws in
            try session.people.insert(ana, at: desk.build.now)
            try session.people.insert(first, at: desk.build.now)
            try session.people.update(second)
        }
        try await desk.storage.read { session throws in
            #expect(try session.people.memberships(of: ana.id) == [second])
            #expect(try session.people.members(of: desk.workspace.id).map(\.user.name) == ["Ana", "Jefa"])
        }
    }

    @Test(arguments: StorageFactory.all)
    func preferencesAreReplacedAsAWhole(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let user = desk.principal.id
        #expect(try await desk.storage.value { try $0.people.preferences(of: user) } == [:])
        try await desk.storage.write { try $0.people.setPreferences(["theme": "dark", "sound": "no"], of: user) }
        try await desk.storage.write { try $0.people.setPreferences(["theme": "light"], of: user) }
        #expect(try await desk.storage.value { try $0.people.preferences(of: user) } == ["theme": "light"])
    }
}
