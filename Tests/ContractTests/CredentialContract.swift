import DeskCore
import DeskServices
import DeskTesting
import Testing

@Suite struct CredentialContract {
    @Test(arguments: StorageFactory.all)
    func anInvitationIsRedeemedByExactlyOneOfFifty(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let invitation = Invitation(
            tokenDigest: Digest.of("token"), workspace: desk.workspace.id, email: "ana@example.org", role: .assistant,
            createdAt: desk.build.now, expiresAt: desk.build.now + .hours(72))
        try await desk.storage.write { try $0.credentials.insert(invitation) }
        let outcomes = try await desk.storage.atOnce(50) { _, session in
            try session.credentials.redeemInvitation(tokenDigest: invitation.tokenDigest, at: desk.build.now + .minutes(1))
        }
        #expect(outcomes.count(where: \.self) == 1)
        let used = try await desk.storage.value { try $0.credentials.invitation(tokenDigest: invitation.tokenDigest) }
        #expect(used?.usedAt == desk.build.now + .minutes(1))
    }

    @Test(arguments: StorageFactory.all)
    func anExpiredOrUnknownInvitationIsNotRedeemed(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let invitation = Invitation(
            tokenDigest: Digest.of("late"), workspace: desk.workspace.id, email: "ana@example.org", role: .assistant,
            createdAt: desk.build.now, expiresAt: desk.build.now + .hours(1))
        let redeemed = try await desk.storage.write { session throws in
            try session.credentials.insert(invitation)
            let atTheEnd = desk.build.now + .hours(1)
            return [
                try session.credentials.redeemInvitation(tokenDigest: invitation.tokenDigest, at: atTheEnd),
                try session.credentials.redeemInvitation(tokenDigest: "", at: desk.build.now),
            ]
        }
        #expect(redeemed == [false, false])
    }

    @Test(arguments: StorageFactory.all)
    func aSessionIsReadTouchedAndRemoved(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        var signIn = SignInSession(
            tokenDigest: Digest.of("cookie"), user: desk.principal.id, csrfToken: "c", createdAt: desk.build.now,
            lastSeenAt: desk.build.now, expiresAt: desk.build.now + .hours(8), confirmedAt: desk.build.now, awaitsCode: true)
        let entry = signIn
        signIn.lastSeenAt = desk.build.now + .minutes(3)
        signIn.confirmedAt = desk.build.now + .minutes(2)
        signIn.awaitsCode = false
        let touched = signIn
        try await desk.storage.write { session throws in
            try session.credentials.insert(entry)
            try session.credentials.update(touched)
        }
        #expect(try await desk.storage.value { try $0.credentials.session(tokenDigest: entry.tokenDigest) } == touched)
        try await desk.storage.write { try $0.credentials.removeSession(tokenDigest: entry.tokenDigest) }
        #expect(try await desk.storage.value { try $0.credentials.session(tokenDigest: entry.tokenDigest) } == nil)
    }

    @Test(arguments: StorageFactory.all)
    func accessTokensAndPasswordsAreKept(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let token = AccessToken(
            digest: Digest.of("api"), user: desk.principal.id, workspace: desk.workspace.id, createdAt: desk.build.now,
            expiresAt: desk.build.now + .hours(1))
        try await desk.storage.write { session throws in
            try session.credentials.insert(token)
            try session.credentials.setPassword("scrypt$1", of: desk.principal.id, at: desk.build.now)
            try session.credentials.setPassword("scrypt$2", of: desk.principal.id, at: desk.build.now)
        }
        try await desk.storage.read { session throws in
            #expect(try session.credentials.accessToken(digest: token.digest) == token)
            #expect(try session.credentials.accessToken(digest: "") == nil)
            #expect(try session.credentials.passwordVerifier(of: desk.principal.id) == "scrypt$2")
        }
    }

    @Test(arguments: StorageFactory.all)
    func accessTokensAreListedTheNewestFirstAndRemovedOneByOne(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let tokens = ["c", "a", "b"].enumerated().map { age, name in
            AccessToken(
                digest: Digest.of(name), user: desk.principal.id, workspace: age == 0 ? nil : desk.workspace.id,
                createdAt: desk.build.now - .minutes(age), expiresAt: desk.build.now)
        }
        try await desk.storage.write { session throws in
            for token in tokens.reversed() { try session.credentials.insert(token) }
        }
        #expect(try await desk.storage.value { try $0.credentials.accessTokens(of: desk.principal.id) } == tokens)
        #expect(try await desk.storage.value { try $0.credentials.accessTokens(of: User.ID("another")) } == [])
        try await desk.storage.write { try $0.credentials.removeAccessToken(digest: tokens[1].digest) }
        #expect(try await desk.storage.value { try $0.credentials.accessTokens(of: desk.principal.id) } == [tokens[0], tokens[2]])
    }

    @Test(arguments: StorageFactory.all)
    func failuresAreCountedByKeyAndTimeAndNoneIsLostAtOnce(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let now = desk.build.now
        _ = try await desk.storage.atOnce(20) { _, session in try session.credentials.recordFailure(of: "1.2.3.4", at: now) }
        try await desk.storage.write { try $0.credentials.recordFailure(of: "1.2.3.4", at: now - .minutes(30)) }
        try await desk.storage.read { session throws in
            #expect(try session.credentials.failures(of: "1.2.3.4", since: now - .minutes(15)) == 20)
            #expect(try session.credentials.failures(of: "1.2.3.4", since: now - .minutes(30)) == 21)
            #expect(try session.credentials.failures(of: "1.2.3.5", since: now - .minutes(30)) == 0)
        }
        try await desk.storage.write { try $0.credentials.clearFailures(of: "1.2.3.4") }
        #expect(try await desk.storage.value { try $0.credentials.failures(of: "1.2.3.4", since: now - .minutes(30)) } == 0)
    }
}
