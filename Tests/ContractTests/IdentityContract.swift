import DeskCore
import DeskServices
import DeskTesting
import Testing

/// Identity providers, links and ways there and back, in the store.
@Suite struct IdentityContract {
    @Test(arguments: StorageFactory.all)
    func aProviderIsReadBackWithItsSecretAndReplaced(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (workspace, now) = (desk.workspace.id, desk.build.now)
        let first = connection("one", of: workspace)
        try await desk.storage.write { try $0.identities.set(first, at: now) }
        #expect(try await desk.storage.value { try $0.identities.connection(of: first.provider.id) } == first)
        #expect(try await desk.storage.value { try $0.identities.provider(of: workspace) } == first.provider)
        let renamed = connection("one", of: workspace, name: "Other", secret: "other")
        try await desk.storage.write { try $0.identities.set(renamed, at: now) }
        #expect(try await desk.storage.value { try $0.identities.connection(of: first.provider.id) } == renamed)
        let second = connection("two", of: workspace)
        try await desk.storage.write { try $0.identities.set(second, at: now) }
        #expect(try await desk.storage.value { try $0.identities.provider(first.provider.id) } == nil)
        #expect(try await desk.storage.value { try $0.identities.providers() } == [second.provider])
    }

    @Test(arguments: StorageFactory.all)
    func aLinkIsOnePersonsAndOneIdentitys(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (principal, ana, now) = (desk.principal.id, desk.build.user("Ana"), desk.build.now)
        let provider = connection("one", of: desk.workspace.id)
        let (mine, hers) = (ProvenIdentity(issuer: "https://a", subject: "1"), ProvenIdentity(issuer: "https://a", subject: "2"))
        let outcomes = try await desk.storage.write { session throws in
            try session.people.insert(ana, at: now)
            try session.identities.set(provider, at: now)
            return try [(mine, principal), (mine, ana.id), (hers, principal), (hers, ana.id)].map {
                try session.identities.link($0.0, to: $0.1, through: provider.provider, at: now)
            }
        }
        #expect(outcomes == [true, false, false, true])
        #expect(try await desk.storage.value { try $0.identities.user(linkedTo: mine, through: provider.provider) } == principal)
        let foreign = ProvenIdentity(issuer: "https://b", subject: "1")
        #expect(try await desk.storage.value { try $0.identities.user(linkedTo: foreign, through: provider.provider) } == nil)
        #expect(try await desk.storage.value { try $0.identities.linkedAt(principal, in: provider.provider.workspace) } == now)
        #expect(try await desk.storage.value { try $0.identities.linkedAt(principal, in: Workspace.ID("other")) } == nil)
    }

    @Test(arguments: StorageFactory.all)
    func unlinkingAndRemovingEndTheSessionsOfTheProvider(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (user, now, provider) = (desk.principal.id, desk.build.now, connection("one", of: desk.workspace.id))
        let identity = ProvenIdentity(issuer: "https://a", subject: "1")
        let (byPassword, byProvider) = (session("p", of: user, at: now), session("o", of: user, at: now, through: provider.provider.id))
        for ending in [true, false] {
            try await desk.storage.write { session throws in
                try session.identities.set(provider, at: now)
                _ = try session.identities.link(identity, to: user, through: provider.provider, at: now)
                try session.credentials.removeSession(tokenDigest: byPassword.tokenDigest)
                for each in [byPassword, byProvider] { try session.credentials.insert(each) }
                #expect(try session.credentials.session(tokenDigest: byProvider.tokenDigest) == byProvider)
                if ending {
                    try session.identities.unlink(user, in: provider.provider.workspace)
                } else {
                    try session.identities.remove(provider.provider)
                }
            }
            #expect(try await desk.storage.value { try $0.credentials.sessions(of: user) } == [byPassword])
            #expect(try await desk.storage.value { try $0.identities.linkedAt(user, in: provider.provider.workspace) } == nil)
        }
    }

    @Test(arguments: StorageFactory.all)
    func ofFiftyWhoTakeAWayOneGetsItAndOldOnesGo(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (now, provider) = (desk.build.now, connection("one", of: desk.workspace.id))
        let way = BegunSignIn(
            stateDigest: Digest.of("state"), browserDigest: Digest.of("browser"), provider: provider.provider.id, linkingSession: "s",
            next: "/waiting", expiresAt: now + .minutes(10))
        let old = BegunSignIn(
            stateDigest: Digest.of("old"), browserDigest: Digest.of("browser"), provider: provider.provider.id,
            expiresAt: now + .minutes(1))
        try await desk.storage.write { session throws in
            try session.identities.set(provider, at: now)
            try session.identities.insert(old, at: now)
            try session.identities.insert(way, at: now + .minutes(1))
        }
        #expect(try await desk.storage.write { try $0.identities.take(stateDigest: old.stateDigest) } == nil)
        let outcomes = try await desk.storage.atOnce(50) { _, session in try session.identities.take(stateDigest: way.stateDigest) }
        #expect(outcomes.compactMap(\.self) == [way])
    }

    private func connection(
        _ id: String, of workspace: Workspace.ID, name: String = "Casa", secret: String = "s3cret"
    ) -> ProviderConnection {
        ProviderConnection(
            provider: IdentityProvider(
                id: IdentityProvider.ID(id), workspace: workspace, name: name, issuer: "https://a", client: "desk"),
            secret: Secret(secret))
    }

    private func session(_ token: String, of user: User.ID, at now: Instant, through provider: IdentityProvider.ID? = nil) -> SignInSession
    {
        SignInSession(
            tokenDigest: Digest.of(token), user: user, csrfToken: "c", createdAt: now, lastSeenAt: now, expiresAt: now + .hours(8),
            confirmedAt: now, provider: provider, isConfirmedByCode: provider != nil)
    }
}
