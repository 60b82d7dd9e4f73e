import DeskCore
import DeskServices
import DeskTesting
import Testing

/// Who somebody is.
struct SignInTests {
    @Test func rightPasswordsOpenASession() async throws {
        let desk = try await PeopleDesk.open()
        let (user, token, awaitsCode) = try await desk.signIn.signIn(
            email: "ANA@example.org", password: desk.password, from: desk.origin)

        #expect(user.id == desk.owner.id)
        #expect(!awaitsCode)
        let found = try #require(try await desk.sessions.session(token.text.exposed()))
        #expect(found.user.id == desk.owner.id)
        #expect(found.session.csrfToken.count == 64)
    }

    @Test func aWrongPasswordAndAnUnknownAddressAreToldInTheSameWordsAfterTheSameWork() async throws {
        let desk = try await PeopleDesk.open()
        let before = desk.passwords.comparisons
        var errors: [DeskError] = []
        for (email, password) in [("ana@example.org", "wrong password"), ("nobody@example.org", "wrong password"), ("nobody", "")] {
            do {
                _ = try await desk.signIn.signIn(email: email, password: Secret(password), from: desk.origin)
            } catch let error as DeskError {
                errors.append(error)
            }
        }
        #expect(Set(errors.map(\.publicMessage)).count == 1)
        #expect(errors.map(\.code) == [.unauthenticated, .unauthenticated, .unauthenticated])
        #expect(desk.passwords.comparisons == before + 3)
    }

    @Test func tooManyFailuresOfOneAccountMakeEverybodyWaitWhoTriesIt() async throws {
        let desk = try await PeopleDesk.open()
        for number in 0..<SignIn.allowedFailures {
            #expect(await desk.tries("wrong password", from: "10.0.0.\(number)") == .unauthenticated)
        }
        #expect(await desk.tries("wrong password", from: "10.0.1.1") == .tooManyAttempts)
        #expect(await desk.tries(desk.password.exposed(), from: "10.0.1.2") == .tooManyAttempts)

        desk.time.advance(by: SignIn.failureSpan + .seconds(1))
        #expect(await desk.tries(desk.password.exposed(), from: "10.0.1.2") == nil)
    }

    @Test func tooManyFailuresFromOnePlaceMakeItWaitWhateverAccountItTries() async throws {
        let desk = try await PeopleDesk.open()
        for number in 0..<SignIn.allowedFailuresOfPlace {
            #expect(await desk.tries("wrong", email: "guess\(number)@example.org", from: "10.0.0.1") == .unauthenticated)
        }
        #expect(await desk.tries(desk.password.exposed(), from: "10.0.0.1") == .tooManyAttempts)
        #expect(await desk.tries(desk.password.exposed(), from: "10.0.0.2") == nil)
    }

    @Test func manyGuessesAtOnceAreNoMoreThanAFewInARow() async throws {
        let desk = try await PeopleDesk.open { _ in
            for _ in 0..<100 { await Task.yield() }
        }
        let refusals = await withTaskGroup(of: DeskError.Code?.self) { group in
            for number in 0..<60 { group.addTask { await desk.tries("guess \(number)", from: "10.0.0.\(number)") } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(desk.passwords.comparisons <= SignIn.allowedFailures)
        #expect(refusals.filter { $0 == .tooManyAttempts }.count == 60 - desk.passwords.comparisons)
    }

    @Test func theRightPasswordForgivesTheAccountsFailures() async throws {
        let desk = try await PeopleDesk.open()
        for round in 0..<3 {
            for number in 1..<SignIn.allowedFailures { _ = await desk.tries("wrong password", from: "10.\(round).0.\(number)") }
            #expect(await desk.tries(desk.password.exposed(), from: "10.\(round).1.1") == nil)
        }
    }

    @Test func aSessionEndsByItselfAndBySigningOut() async throws {
        let desk = try await PeopleDesk.open()
        let tokens = [
            try await desk.sessions.begin(for: desk.owner, from: desk.origin),
            try await desk.sessions.begin(for: desk.owner, from: desk.origin),
        ]
        try await desk.sessions.end(tokens[0].text.exposed())
        #expect(try await desk.sessions.session(tokens[0].text.exposed()) == nil)
        #expect(try await desk.sessions.session(tokens[1].text.exposed()) != nil)

        for _ in 0..<5 {
            desk.time.advance(by: Sessions.idle - .seconds(1))
            _ = try await desk.sessions.session(tokens[1].text.exposed())
        }
        #expect(try await desk.sessions.session(tokens[1].text.exposed()) == nil)
    }

    @Test func aSessionThatShowsNoSignOfLifeEndsEarlier() async throws {
        let desk = try await PeopleDesk.open()
        let token = try await desk.sessions.begin(for: desk.owner, from: desk.origin)
        desk.time.advance(by: Sessions.idle - .seconds(1))
        #expect(try await desk.sessions.session(token.text.exposed()) != nil)
        desk.time.advance(by: Sessions.idle - .seconds(1))
        #expect(try await desk.sessions.session(token.text.exposed()) != nil)
        desk.time.advance(by: Sessions.idle)
        #expect(try await desk.sessions.session(token.text.exposed()) == nil)
    }

    @Test func oneSeesWhereOneIsSignedInAndEndsItThere() async throws {
        let desk = try await PeopleDesk.open()
        let here = try await desk.sessions.begin(for: desk.owner, from: desk.origin)
        let there = try await desk.sessions.begin(for: desk.owner, from: SignInOrigin(place: "10.0.0.9", device: "Chrome"))
        let all = try await desk.sessions.all(of: desk.owner.id)
        #expect(Set(all.map(\.device)) == ["Firefox", "Chrome"])

        let other = try #require(all.first { $0.device == "Chrome" })
        try await desk.sessions.end(handle: other.handle, of: desk.owner.id)
        #expect(try await desk.sessions.session(there.text.exposed()) == nil)
        #expect(try await desk.sessions.session(here.text.exposed()) != nil)
    }

    @Test func nobodyEndsSomebodyElsesSession() async throws {
        let desk = try await PeopleDesk.open()
        let bea = try await desk.assistant()
        _ = try await desk.sessions.begin(for: desk.owner, from: desk.origin)
        let handle = try #require(try await desk.sessions.all(of: desk.owner.id).first?.handle)
        #expect(await code { try await desk.sessions.end(handle: handle, of: bea.id) } == .notFound)
        #expect(try await desk.sessions.all(of: desk.owner.id).count == 1)
    }

    @Test(arguments: [
        "", " ", "'; DROP TABLE sessions; --", String(repeating: "g", count: 64), String(repeating: "A", count: 64),
        String(repeating: "a", count: 63), String(repeating: "a", count: 65), String(repeating: "a", count: 64), "\0",
    ])
    func whatIsNoTokenOfOursOpensNothing(presented: String) async throws {
        let desk = try await PeopleDesk.open()
        #expect(try await desk.sessions.session(presented) == nil)
        #expect(try await desk.signIn.bearer(presented) == nil)
        try await desk.sessions.end(presented)
    }

    @Test func aProgramsTokenActsForItsUserUntilItsEnd() async throws {
        let desk = try await PeopleDesk.open()
        let token = try await desk.signIn.createToken(email: "ana@example.org", workspace: nil, validity: .hours(24))
        let found = try #require(try await desk.signIn.bearer(token.text.exposed()))
        #expect(found.user.id == desk.owner.id)
        #expect(try await desk.sessions.session(token.text.exposed()) == nil)

        desk.time.advance(by: .hours(24))
        #expect(try await desk.signIn.bearer(token.text.exposed()) == nil)
        #expect(
            await code { _ = try await desk.signIn.createToken(email: "nobody@example.org", workspace: nil, validity: .hours(1)) }
                == .notFound)
    }

    @Test func noTwoTokensAreAlikeAndNoneIsStoredInClear() async throws {
        let chance = FixedChance()
        let tokens = (0..<50).map { _ in OpaqueToken(from: chance) }
        #expect(Set(tokens.map { $0.text.exposed() }).count == 50)
        for token in tokens {
            #expect(OpaqueToken.digest(of: token.text.exposed()) == token.digest)
            #expect(token.digest != token.text.exposed())
        }
    }
}
