import DeskCore
import DeskServices
import DeskTesting
import Testing

/// Authenticator apps, recovery codes and devices, in the store.
@Suite struct SecondFactorContract {
    @Test(arguments: StorageFactory.all)
    func aFactorIsReadBackAndGoes(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let user = desk.principal.id
        #expect(try await desk.storage.value { try $0.credentials.secondFactor(of: user) } == nil)
        let factor = SecondFactor(user: user, secret: Secret("00ff"), confirmedAt: desk.build.now, lastStep: 60_000_000)
        try await desk.storage.write { try $0.credentials.set(factor, recoveryDigests: ["a", "b"]) }
        #expect(try await desk.storage.value { try $0.credentials.secondFactor(of: user) } == factor)
        #expect(try await desk.storage.value { try $0.credentials.recoveryCodesLeft(of: user) } == 2)
        try await desk.storage.write { try $0.credentials.removeSecondFactor(of: user) }
        #expect(try await desk.storage.value { try $0.credentials.secondFactor(of: user) } == nil)
        #expect(try await desk.storage.value { try $0.credentials.recoveryCodesLeft(of: user) } == 0)
    }

    @Test(arguments: StorageFactory.all)
    func aNewFactorTakesThePlaceOfTheOldOneAndItsCodes(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let user = desk.principal.id
        let second = SecondFactor(user: user, secret: Secret("02"))
        let isOldCodeTaken = try await desk.storage.write { session throws in
            let first = SecondFactor(user: user, secret: Secret("01"), confirmedAt: desk.build.now, lastStep: 9)
            try session.credentials.set(first, recoveryDigests: ["a", "b"])
            try session.credentials.set(second, recoveryDigests: ["c"])
            return try session.credentials.useRecoveryCode(digest: "a", of: user, at: desk.build.now)
        }
        #expect(!isOldCodeTaken)
        #expect(try await desk.storage.value { try $0.credentials.secondFactor(of: user) } == second)
        #expect(try await desk.storage.value { try $0.credentials.recoveryCodesLeft(of: user) } == 1)
    }

    @Test(arguments: StorageFactory.all)
    func aStepCountsOnceAndNoneBeforeIt(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (user, now) = (desk.principal.id, desk.build.now)
        try await desk.storage.write { try $0.credentials.set(SecondFactor(user: user, secret: Secret("01")), recoveryDigests: []) }
        for (step, counts) in [(7, true), (7, false), (6, false), (8, true)] as [(Int64, Bool)] {
            let isUsed = try await desk.storage.write { try $0.credentials.useStep(step, of: user, at: now + .seconds(step)) }
            #expect(isUsed == counts, "\(step)")
        }
        #expect(try await desk.storage.write { try !$0.credentials.useStep(99, of: User.ID("other"), at: now) })
        let factor = try #require(try await desk.storage.value { try $0.credentials.secondFactor(of: user) })
        #expect(factor.lastStep == 8)
        #expect(factor.confirmedAt == now + .seconds(7), "the first code is what turned it on")
    }

    @Test(arguments: StorageFactory.all)
    func ofFiftyWhoUseOneStepAtOnceItCountsForOne(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (user, now) = (desk.principal.id, desk.build.now)
        try await desk.storage.write { try $0.credentials.set(SecondFactor(user: user, secret: Secret("01")), recoveryDigests: []) }
        let outcomes = try await desk.storage.atOnce(50) { _, session in try session.credentials.useStep(7, of: user, at: now) }
        #expect(outcomes.count(where: \.self) == 1)
    }

    @Test(arguments: StorageFactory.all)
    func aRecoveryCodeCountsOnceForItsOwner(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (user, now) = (desk.principal.id, desk.build.now)
        let factor = SecondFactor(user: user, secret: Secret("01"))
        try await desk.storage.write { try $0.credentials.set(factor, recoveryDigests: ["a", "b"]) }
        for (code, owner, counts) in [("a", User.ID("other"), false), ("", user, false), ("a", user, true), ("a", user, false)] {
            let isUsed = try await desk.storage.write { try $0.credentials.useRecoveryCode(digest: code, of: owner, at: now) }
            #expect(isUsed == counts, "\(code) of \(owner)")
        }
        #expect(try await desk.storage.value { try $0.credentials.recoveryCodesLeft(of: user) } == 1)
    }

    @Test(arguments: StorageFactory.all)
    func ofFiftyWhoUseOneRecoveryCodeAtOnceItCountsForOne(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (user, now) = (desk.principal.id, desk.build.now)
        try await desk.storage.write {
            try $0.credentials.set(SecondFactor(user: user, secret: Secret("01")), recoveryDigests: ["a", "b"])
        }
        let outcomes = try await desk.storage.atOnce(50) { _, session in
            try session.credentials.useRecoveryCode(digest: "a", of: user, at: now)
        }
        #expect(outcomes.count(where: \.self) == 1)
        #expect(try await desk.storage.value { try $0.credentials.recoveryCodesLeft(of: user) } == 1)
    }

    @Test(arguments: StorageFactory.all)
    func somebodysSessionsAreTheirsTheNewestFirst(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let ana = desk.build.user("Ana")
        let mine = (0..<3).map { signIn("mine \($0)", of: desk.principal.id, at: desk.build.now + .minutes($0)) }
        let hers = signIn("hers", of: ana.id, at: desk.build.now)
        try await desk.storage.write { session throws in
            try session.people.insert(ana, at: desk.build.now)
            for signIn in mine + [hers] { try session.credentials.insert(signIn) }
        }
        #expect(try await desk.storage.value { try $0.credentials.sessions(of: desk.principal.id) } == mine.reversed())
        #expect(try await desk.storage.value { try $0.credentials.sessions(of: ana.id) } == [hers])
        #expect(try await desk.storage.value { try $0.credentials.sessions(of: User.ID("nobody")) }.isEmpty)
    }

    private func signIn(_ token: String, of user: User.ID, at instant: Instant) -> SignInSession {
        SignInSession(
            tokenDigest: Digest.of(token), user: user, csrfToken: "c", device: "Firefox", place: "::1", createdAt: instant,
            lastSeenAt: instant, expiresAt: instant + .hours(8), confirmedAt: instant)
    }
}
