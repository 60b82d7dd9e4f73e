import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// The code of an authenticator app after the password, and codes on paper.
struct SecondFactorTests {
    @Test func isAskedForOnceTheAppHasShownThatItWorks() async throws {
        let desk = try await PeopleDesk.open()
        let app = try await desk.factors.prepare(for: desk.owner)
        #expect(try await desk.factors.prepared(for: desk.owner.id)?.words == app.words)
        #expect(try await !desk.awaitsCode(), "set up, but not on")
        let codes = try await desk.factors.turnOn(desk.code(of: app), for: desk.owner)
        #expect(try await desk.awaitsCode())
        #expect(try await desk.factors.prepared(for: desk.owner.id) == nil, "its secret is shown no more")
        #expect(codes.count == SecondFactors.recoveryCodeCount && Set(codes).count == codes.count)
        #expect(codes.allSatisfy { $0.split(separator: "-").map(\.count) == [4, 4, 4, 4] })
        #expect(
            try await desk.factors.standing(of: desk.owner.id)
                == SecondFactors.Standing(isOn: true, recoveryCodesLeft: SecondFactors.recoveryCodeCount))
    }

    @Test func aWrongCodeTurnsNothingOn() async throws {
        let desk = try await PeopleDesk.open()
        let app = try await desk.factors.prepare(for: desk.owner)
        for wrong in ["", "000000", "abcdef", desk.code(of: app, after: .minutes(5))] {
            #expect(await code { _ = try await desk.factors.turnOn(wrong, for: desk.owner) } == .unauthenticated, "\(wrong)")
        }
        #expect(try await !desk.factors.standing(of: desk.owner.id).isOn)
    }

    @Test func whoHasOneTurnsItOffBeforeAnother() async throws {
        let desk = try await PeopleDesk.open()
        _ = try await desk.withApp()
        #expect(await code { _ = try await desk.factors.prepare(for: desk.owner) } == .invalidRequest)
        #expect(await code { try await desk.factors.turnOff(Secret("wrong password"), for: desk.owner) } == .unauthenticated)
        try await desk.factors.turnOff(desk.password, for: desk.owner)
        #expect(try await desk.factors.standing(of: desk.owner.id) == SecondFactors.Standing(isOn: false, recoveryCodesLeft: 0))
        _ = try await desk.factors.prepare(for: desk.owner)
    }

    @Test func theRightCodeOpensAnotherSessionAndEndsTheOneThatWaited() async throws {
        let desk = try await PeopleDesk.open()
        let (app, _) = try await desk.withApp()
        let (waiting, token) = try await desk.waiting()
        let opened = try await desk.factors.enter(desk.code(of: app), for: desk.owner, in: waiting)
        let session = try #require(try await desk.sessions.session(opened.text.exposed())?.session)
        #expect(!session.awaitsCode && session.device == waiting.device)
        #expect(try await desk.sessions.session(token.text.exposed()) == nil)
    }

    /// Who looks over somebody's shoulder has the code as well.
    @Test func aCodeCountsOnce() async throws {
        let desk = try await PeopleDesk.open()
        let (app, _) = try await desk.withApp()
        let (waiting, _) = try await desk.waiting()
        let typed = desk.code(of: app)
        _ = try await desk.factors.enter(typed, for: desk.owner, in: waiting)
        let again = try await desk.waiting().session
        #expect(await desk.enters(typed, in: again) == .unauthenticated)
        #expect(await desk.enters(desk.code(of: app, after: .seconds(-30)), in: again) == .unauthenticated, "nor one before it")
        #expect(await desk.enters(desk.code(of: app, after: .seconds(30)), in: again) == nil)
    }

    @Test func theCodeThatTurnedItOnDoesNotSignInAsWell() async throws {
        let desk = try await PeopleDesk.open()
        let app = try await desk.factors.prepare(for: desk.owner)
        let typed = desk.code(of: app)
        _ = try await desk.factors.turnOn(typed, for: desk.owner)
        let waiting = try await desk.waiting().session
        #expect(await desk.enters(typed, in: waiting) == .unauthenticated)
    }

    @Test func aRecoveryCodeCountsOnceHoweverItIsTyped() async throws {
        let desk = try await PeopleDesk.open()
        let (_, codes) = try await desk.withApp()
        let first = try #require(codes.first)
        let waiting = try await desk.waiting().session
        #expect(await desk.enters(" " + first.uppercased().replacing("-", with: " ") + " ", in: waiting) == nil)
        #expect(try await desk.factors.standing(of: desk.owner.id).recoveryCodesLeft == SecondFactors.recoveryCodeCount - 1)
        let again = try await desk.waiting().session
        #expect(await desk.enters(first, in: again) == .unauthenticated)
        #expect(await desk.enters(codes[1], in: again) == nil)
    }

    @Test func recoveryCodesAreNotKeptInClear() async throws {
        let desk = try await PeopleDesk.open()
        let (_, codes) = try await desk.withApp()
        let first = try #require(codes.first).replacing("-", with: "")
        let (owner, now) = (desk.owner.id, desk.time.now())
        #expect(try await desk.desk.write { try !$0.credentials.useRecoveryCode(digest: first, of: owner, at: now) })
        #expect(try await desk.desk.write { try $0.credentials.useRecoveryCode(digest: Digest.of(first), of: owner, at: now) })
    }

    @Test func guessingEndsSoon() async throws {
        let desk = try await PeopleDesk.open()
        let (app, codes) = try await desk.withApp()
        let waiting = try await desk.waiting().session
        for number in 0..<SignIn.allowedFailures { #expect(await desk.enters("00000\(number % 10)", in: waiting) == .unauthenticated) }
        #expect(await desk.enters(desk.code(of: app), in: waiting) == .tooManyAttempts)
        #expect(await desk.enters(codes[0], in: waiting) == .tooManyAttempts)

        desk.time.advance(by: SignIn.failureSpan + .seconds(1))
        let later = try await desk.waiting().session
        #expect(await desk.enters(desk.code(of: app), in: later) == nil)
    }

    @Test func manyGuessesAtOnceAreNoMoreThanAFewInARow() async throws {
        let desk = try await PeopleDesk.open()
        _ = try await desk.withApp()
        let waiting = try await desk.waiting().session
        let refusals = await withTaskGroup(of: DeskError.Code?.self) { group in
            for number in 0..<60 { group.addTask { await desk.enters("0000\(number + 10)", in: waiting) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(refusals.count { $0 == .unauthenticated } == SignIn.allowedFailures)
        #expect(refusals.count { $0 == .tooManyAttempts } == 60 - SignIn.allowedFailures)
    }

    @Test func ofManyWhoUseOneCodeAtOnceOneEnters() async throws {
        let desk = try await PeopleDesk.open()
        let (app, _) = try await desk.withApp()
        let waiting = try await desk.waiting().session
        let typed = desk.code(of: app)
        let successes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<SignIn.allowedFailures { group.addTask { await desk.enters(typed, in: waiting) == nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(successes == 1)
    }

    @Test func aSessionThatWaitsForACodeIsNoDeviceAndEndsSoon() async throws {
        let desk = try await PeopleDesk.open()
        _ = try await desk.withApp()
        let (waiting, token) = try await desk.waiting()
        #expect(waiting.awaitsCode)
        #expect(try await desk.sessions.all(of: desk.owner.id).isEmpty)
        desk.time.advance(by: Sessions.codeLength)
        #expect(try await desk.sessions.session(token.text.exposed()) == nil)
    }
}

/// Another password.
struct ChangePasswordTests {
    @Test func endsAllOtherSessions() async throws {
        let desk = try await PeopleDesk.open()
        let (here, there) = (
            try await desk.sessions.begin(for: desk.owner, from: desk.origin),
            try await desk.sessions.begin(for: desk.owner, from: desk.origin)
        )
        let session = try #require(try await desk.sessions.session(here.text.exposed())?.session)
        #expect(await desk.changes(to: "nublado tranvia 47 pera", in: session) == nil)
        #expect(try await desk.sessions.session(here.text.exposed()) != nil)
        #expect(try await desk.sessions.session(there.text.exposed()) == nil)
        #expect(await desk.tries(desk.password.exposed(), from: "::1") == .unauthenticated)
        #expect(await desk.tries("nublado tranvia 47 pera", from: "::1") == nil)
    }

    @Test func leavesTheSessionsOfOthers() async throws {
        let desk = try await PeopleDesk.open()
        let bea = try await desk.assistant()
        let hers = try await desk.sessions.begin(for: bea, from: desk.origin)
        let own = try await desk.session()
        #expect(await desk.changes(to: "nublado tranvia 47 pera", in: own) == nil)
        #expect(try await desk.sessions.session(hers.text.exposed()) != nil)
    }

    @Test func wantsTheOldOne() async throws {
        let desk = try await PeopleDesk.open()
        let own = try await desk.session()
        #expect(await desk.changes("wrong password", to: "nublado tranvia 47 pera", in: own) == .unauthenticated)
        #expect(await desk.tries(desk.password.exposed(), from: "::1") == nil)
    }

    @Test(arguments: [
        ("short", DeskError.Code.invalidRequest), ("password2026!", .passwordTooCommon), ("contraseña123", .passwordTooCommon),
        ("ana.ana.ana.ana", .passwordTooCommon), ("", .invalidRequest),
    ])
    func isNotOneThatGuessersTryFirst(password: String, code: DeskError.Code) async throws {
        let desk = try await PeopleDesk.open()
        let own = try await desk.session()
        #expect(await desk.changes(to: password, in: own) == code)
        #expect(await desk.tries(desk.password.exposed(), from: "::1") == nil)
    }
}

extension PeopleDesk {
    fileprivate var factors: SecondFactors { SecondFactors(desk.context, passwords: passwords) }

    fileprivate func code(of app: TimedCode, after duration: Duration = .zero) -> String {
        app.code(at: (time.now() + duration).unixSeconds / TimedCode.step)
    }

    /// The owner has an app, and some time has passed since.
    fileprivate func withApp() async throws -> (app: TimedCode, codes: [String]) {
        let app = try await factors.prepare(for: owner)
        let codes = try await factors.turnOn(code(of: app), for: owner)
        time.advance(by: .minutes(2))
        return (app, codes)
    }

    /// The owner gave the password, and is asked for a code.
    fileprivate func waiting() async throws -> (session: SignInSession, token: OpaqueToken) {
        let token = try await signIn.signIn(email: owner.email, password: password, from: origin).token
        return (try #require(try await sessions.session(token.text.exposed())?.session), token)
    }

    fileprivate func awaitsCode() async throws -> Bool {
        try await signIn.signIn(email: owner.email, password: password, from: origin).awaitsCode
    }

    fileprivate func enters(_ typed: String, in session: SignInSession) async -> DeskError.Code? {
        await DeskServicesTests.code { _ = try await factors.enter(typed, for: owner, in: session) }
    }

    fileprivate func session() async throws -> SignInSession {
        let token = try await sessions.begin(for: owner, from: origin)
        return try #require(try await sessions.session(token.text.exposed())?.session)
    }

    fileprivate func changes(_ current: String? = nil, to password: String, in session: SignInSession) async -> DeskError.Code? {
        await DeskServicesTests.code {
            try await ChangePassword(desk.context, passwords: passwords).change(
                current.map { Secret($0) } ?? self.password, to: Secret(password), of: owner, in: session)
        }
    }
}
