import DeskCore
import DeskServices
import DeskTesting
import Testing

/// Who comes in by the word of a workspace's identity provider, and who does not.
struct ProviderSignInTests {
    @Test func aLinkedIdentityOpensItsAccountAndNoPasswordIsAsked() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea)
        let (token, awaitsCode) = try await desk.enter()
        let found = try #require(try await desk.people.sessions.session(token))
        #expect(found.user.id == desk.bea.id && !awaitsCode)
        #expect(found.session.provider == desk.provider.id)
    }

    @Test func whatIsSensitiveStillAsksForThePassword() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea)
        let (token, _) = try await desk.enter()
        let session = try #require(try await desk.people.sessions.session(token)?.session)
        #expect(!session.isFresh(at: desk.time.now()))
        try await desk.people.sessions.confirm(session)
        #expect(try #require(try await desk.people.sessions.session(token)?.session).isFresh(at: desk.time.now()))
    }

    @Test func anIdentityThatNobodyLinkedOpensNothing() async throws {
        let desk = try await ProviderDesk.open()
        #expect(await code { _ = try await desk.enter(as: "bea@example.org") } == .identityNotLinked)
        try await desk.link(desk.bea)
        #expect(await code { _ = try await desk.enter(as: "somebody-else") } == .identityNotLinked)
    }

    /// What can be wrong with a browser that comes back.
    enum Trouble: CaseIterable {
        case anotherState, noState, anotherBrowser, noBrowser, tooLate, anotherIssuer, noCode, anotherCode

        var code: DeskError.Code {
            switch self {
            case .anotherState, .noState, .anotherBrowser, .noBrowser, .tooLate: .signInExpired
            case .anotherIssuer, .noCode, .anotherCode: .identityRefused
            }
        }
    }

    @Test(arguments: Trouble.allCases)
    func nobodyComesBackBut(_ trouble: Trouble) async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea)
        desk.providers.vouch(for: "bea-there", by: "code")
        let (way, other) = (try await desk.setOut(), try await desk.setOut())
        if trouble == .tooLate { desk.time.advance(by: .minutes(10)) }
        let answer = ProviderAnswer(
            state: trouble == .anotherState ? other.state : trouble == .noState ? "" : way.state,
            code: trouble == .noCode ? nil : Secret(trouble == .anotherCode ? "guessed" : "code"),
            issuer: trouble == .anotherIssuer ? "https://evil.example" : nil)
        let browser = trouble == .noBrowser ? nil : trouble == .anotherBrowser ? other.browser : way.browser
        let refusal = await code { _ = try await desk.signIn.end(answer, browser: browser, in: nil, from: desk.people.origin) }
        #expect(refusal == trouble.code)
    }

    @Test func withNothingWrongTheSameBrowserComesIn() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea)
        desk.providers.vouch(for: "bea-there", by: "code")
        let way = try await desk.setOut()
        desk.time.advance(by: .minutes(10) - .seconds(1))
        let outcome = try await desk.comeBack(way, issuer: ProviderDesk.issuer)
        guard case .entered(_, _, let next) = outcome else { throw DeskError.nothingThere }
        #expect(next == "/waiting")
    }

    @Test func aWayIsGoneOnceEvenWithAnotherCode() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea)
        let way = try await desk.setOut()
        for code in ["one", "two"] { desk.providers.vouch(for: "bea-there", by: code) }
        _ = try await desk.comeBack(way, code: "one")
        #expect(await code { _ = try await desk.comeBack(way, code: "two") } == .signInExpired)
    }

    @Test func ofManyWhoComeBackAtOnceOneComesIn() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea)
        let way = try await desk.setOut()
        for number in 0..<20 { desk.providers.vouch(for: "bea-there", by: "\(number)") }
        let entered = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<20 { group.addTask { await code { _ = try await desk.comeBack(way, code: "\(number)") } == nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(entered == 1)
    }

    @Test func whoWasShownAnothersWayEndsIt() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea)
        let way = try await desk.setOut()
        let thief = try await desk.setOut(browser: nil, from: "::2")
        desk.providers.vouch(for: "bea-there", by: "code")
        #expect(await code { _ = try await desk.comeBack(way, browser: thief.browser) } == .signInExpired)
        #expect(await code { _ = try await desk.comeBack(way) } == .signInExpired)
    }

    @Test(arguments: [
        ("access_denied", DeskError.Code.signInCancelled), ("server_error", .providerUnavailable), ("<script>", .providerUnavailable),
    ])
    func whatTheProviderSaysInsteadOfACodeIsTold(error: String, expected: DeskError.Code) async throws {
        let desk = try await ProviderDesk.open()
        let way = try await desk.setOut()
        #expect(await code { _ = try await desk.comeBack(way, code: nil, error: error) } == expected)
    }

    @Test func whatProvesNothingCountsByItsPlaceAsWrongPasswordsDo() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea)
        for _ in 0..<SignIn.allowedFailuresOfPlace {
            let way = try await desk.setOut(from: "::7")
            #expect(await code { _ = try await desk.comeBack(way, code: "guessed", from: "::7") } == .identityRefused)
        }
        desk.providers.vouch(for: "bea-there", by: "code")
        let way = try await desk.setOut(from: "::7")
        #expect(await code { _ = try await desk.comeBack(way, from: "::7") } == .tooManyAttempts)
        #expect(await desk.people.tries("wrong", from: "::7") == .tooManyAttempts)
        #expect(await code { _ = try await desk.comeBack(way, from: "::8") } == nil)
    }

    @Test func noPlaceSetsOutWithoutEnd() async throws {
        let desk = try await ProviderDesk.open()
        for _ in 0..<300 { _ = try await desk.setOut(from: "::7") }
        #expect(await code { _ = try await desk.setOut(from: "::7") } == .tooManyAttempts)
        #expect(await code { _ = try await desk.setOut(from: "::8") } == nil)
    }

    @Test func anAccountWithAnAppIsAskedForItsCodeToo() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea)
        let app = try await desk.turnAppOn(desk.bea)
        let (token, awaitsCode) = try await desk.enter()
        let waiting = try #require(try await desk.people.sessions.session(token)?.session)
        #expect(awaitsCode && waiting.awaitsCode)
        let opened = try await SecondFactors(desk.desk.context, passwords: desk.people.passwords).enter(
            desk.shown(by: app), for: desk.bea, in: waiting)
        let session = try #require(try await desk.people.sessions.session(opened.text.exposed())?.session)
        #expect(!session.awaitsCode && session.isConfirmedByCode && session.provider == desk.provider.id)
        #expect(!session.isFresh(at: desk.time.now()))
    }
}

/// How far a provider's word goes: not beyond its workspace.
struct ProviderReachStoryTests {
    @Test func anAccountThatIsAlsoElsewhereNeedsItsPasswordOrItsApp() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea)
        try await desk.joinElsewhere(desk.bea)
        #expect(await code { _ = try await desk.enter() } == .passwordNeeded)
        _ = try await desk.turnAppOn(desk.bea)
        #expect(try await desk.enter().awaitsCode)
    }

    @Test func aSessionIsOverWhenItsOwnerJoinsAnotherWorkspace() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea)
        let (token, _) = try await desk.enter()
        let byPassword = try await desk.people.sessions.begin(for: desk.bea, from: desk.people.origin).text.exposed()
        try await desk.joinElsewhere(desk.bea)
        #expect(try await !desk.isOpen(token))
        #expect(try await desk.isOpen(byPassword))
    }

    @Test func aSessionThatTheAppConfirmedStays() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea)
        let app = try await desk.turnAppOn(desk.bea)
        let waiting = try #require(try await desk.people.sessions.session(try await desk.enter().token)?.session)
        let opened = try await SecondFactors(desk.desk.context, passwords: desk.people.passwords).enter(
            desk.shown(by: app), for: desk.bea, in: waiting)
        try await desk.joinElsewhere(desk.bea)
        #expect(try await desk.isOpen(opened.text.exposed()))
    }

    @Test func revokingTheMembershipEndsSessionAndLink() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea)
        let (token, _) = try await desk.enter()
        _ = try await GovernMembers(desk.desk.context).revoke(desk.bea.id, in: desk.people.workspace.id, by: desk.people.owner.id)
        #expect(try await !desk.isOpen(token))
        #expect(await code { _ = try await desk.enter() } == .identityNotLinked)
    }

    @Test func removingTheProviderEndsWhatItOpenedAndNothingElse() async throws {
        let desk = try await ProviderDesk.open()
        try await desk.link(desk.bea)
        let (token, _) = try await desk.enter()
        let way = try await desk.setOut()
        let byPassword = try await desk.people.sessions.begin(for: desk.bea, from: desk.people.origin).text.exposed()
        try await desk.setting.remove(from: desk.people.workspace.id)
        #expect(try await !desk.isOpen(token))
        #expect(try await desk.isOpen(byPassword))
        desk.providers.vouch(for: "bea-there", by: "code")
        #expect(await code { _ = try await desk.comeBack(way) } == .signInExpired)
        #expect(await code { _ = try await desk.setOut() } == .notFound)
        #expect(try await desk.signIn.offered().isEmpty)
    }

    @Test func anotherSecretKeepsWhomItVouchesForAndAnotherClientDoesNot() async throws {
        let desk = try await ProviderDesk.open()
        let workspace = desk.people.workspace.id
        try await desk.link(desk.bea)
        let (token, _) = try await desk.enter()
        let (same, _) = try await desk.setting.set(ProviderDesk.request(for: workspace, name: "Casa nueva", secret: "other"))
        #expect(same.id == desk.provider.id && same.name == "Casa nueva")
        #expect(try await desk.isOpen(token))
        let (other, _) = try await desk.setting.set(ProviderDesk.request(for: workspace, client: "other"))
        #expect(other.id != desk.provider.id)
        #expect(try await !desk.isOpen(token))
        let standings = try await desk.linking.standings(of: desk.bea.id)
        #expect(standings.map(\.provider) == [other] && standings[0].linkedAt == nil)
    }
}
