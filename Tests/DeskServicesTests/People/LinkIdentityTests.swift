import DeskCore
import DeskServices
import DeskTesting
import Testing

/// Linking is somebody's own deed, in the session in which they gave their password.
struct LinkIdentityTests {
    @Test func wantsThePassword() async throws {
        let desk = try await ProviderDesk.open()
        let session = try await desk.session(of: desk.bea)
        #expect(await code { _ = try await desk.setOutToLink(desk.bea, in: session, password: "wrong") } == .unauthenticated)
    }

    @Test func endsInTheSameSessionOnly() async throws {
        let desk = try await ProviderDesk.open()
        let (session, other) = (try await desk.session(of: desk.bea), try await desk.session(of: desk.bea))
        let owners = try await desk.session(of: desk.people.owner)
        for wrong in [nil, other, owners] {
            let way = try await desk.setOutToLink(desk.bea, in: session)
            desk.providers.vouch(for: "mallory", by: "code")
            #expect(await code { _ = try await desk.comeBack(way, in: wrong) } == .signInExpired)
        }
        let isLinked = try await desk.linking.standings(of: desk.bea.id).contains { $0.linkedAt != nil }
        #expect(!isLinked)
    }

    @Test func oneIdentityOpensOneAccount() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea, to: "shared")
        #expect(await code { try await desk.link(desk.people.owner, to: "shared") } == .identityTaken)
        #expect(await code { try await desk.link(desk.bea, to: "second") } == .identityTaken)
        let found = try await desk.people.sessions.session(try await desk.enter(as: "shared").token)
        #expect(found?.user.id == desk.bea.id)
    }

    @Test func isForMembersOfTheProvidersWorkspace() async throws {
        let desk = try await ProviderDesk.open()
        let (_, stranger) = try await SetUpWorkspace(desk.desk.context, passwords: desk.people.passwords).setUp(
            .sample(name: "Otra mesa", email: "otra@example.org"))
        let session = try await desk.session(of: stranger)
        #expect(try await desk.linking.standings(of: stranger.id).isEmpty)
        #expect(await code { _ = try await desk.setOutToLink(stranger, in: session) } == .notFound)
    }

    @Test func whoLeftOnTheWayIsNotLinked() async throws {
        let desk = try await ProviderDesk.open()
        let session = try await desk.session(of: desk.bea)
        let way = try await desk.setOutToLink(desk.bea, in: session)
        _ = try await GovernMembers(desk.desk.context).revoke(desk.bea.id, in: desk.people.workspace.id, by: desk.people.owner.id)
        desk.providers.vouch(for: "bea-there", by: "code")
        #expect(await code { _ = try await desk.comeBack(way, in: session) } == .notFound)
    }

    @Test func unlinkingWantsThePasswordAndEndsWhatItOpened() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea)
        let (token, _) = try await desk.enter()
        let wrong = Secret("wrong password")
        #expect(await code { try await desk.linking.unlink(desk.provider.id, password: wrong, user: desk.bea) } == .unauthenticated)
        #expect(try await desk.isOpen(token))
        try await desk.linking.unlink(desk.provider.id, password: desk.people.password, user: desk.bea)
        #expect(try await !desk.isOpen(token))
        #expect(await code { _ = try await desk.enter() } == .identityNotLinked)
        let again = await code {
            try await desk.linking.unlink(desk.provider.id, password: desk.people.password, user: desk.bea)
        }
        #expect(again == .notFound)
    }

    @Test func theLedgerHoldsTheDeedsAndNotTheIdentity() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea, to: "subject-8471")
        try await desk.linking.unlink(desk.provider.id, password: desk.people.password, user: desk.bea)
        try await desk.setting.remove(from: desk.people.workspace.id)
        let workspace = desk.people.workspace.id
        let entries = try await desk.desk.read { try $0.ledger.entries(of: workspace, after: 0, limit: 100) }
        let kinds = entries.map(\.kind).filter { "\($0.rawValue)".hasPrefix("identity") }
        #expect(kinds == [.identityProviderSet, .identityLinked, .identityUnlinked, .identityProviderRemoved])
        #expect(!entries.contains { "\($0)".contains("8471") || "\($0)".contains("s3cret") })
    }
}

/// What the operator may set.
struct SetIdentityProviderTests {
    @Test func asksTheProviderFirst() async throws {
        let desk = try await ProviderDesk.open()
        let workspace = desk.people.workspace.id
        desk.providers.fail(with: DeskError(.providerUnsuitable, message: "No."))
        let request = ProviderDesk.request(for: workspace, client: "another")
        #expect(await code { _ = try await desk.setting.set(request) } == .providerUnsuitable)
        #expect(try await desk.setting.provider(of: workspace) == desk.provider)
    }

    @Test(arguments: ["", " Google", "Goo\ngle", String(repeating: "x", count: 41)])
    func takesNoNameThatIsNoButton(name: String) async throws {
        let desk = try await ProviderDesk.open()
        let request = ProviderDesk.request(for: desk.people.workspace.id, name: name)
        #expect(await code { _ = try await desk.setting.set(request) } == .invalidRequest)
    }

    @Test func twoWorkspacesHaveTwoNames() async throws {
        let desk = try await ProviderDesk.open()
        let (other, _) = try await SetUpWorkspace(desk.desk.context, passwords: desk.people.passwords).setUp(
            .sample(name: "Otra mesa", email: "otra@example.org"))
        #expect(await code { _ = try await desk.setting.set(ProviderDesk.request(for: other.id)) } == .invalidRequest)
        _ = try await desk.setting.set(ProviderDesk.request(for: other.id, name: "Taller"))
        #expect(try await desk.signIn.offered().map(\.name) == ["Casa", "Taller"])
    }

    @Test func whereThereIsNoneNoneIsRemoved() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.setting.remove(from: desk.people.workspace.id)
        #expect(await code { try await desk.setting.remove(from: desk.people.workspace.id) } == .notFound)
    }
}
