import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// What counts once counts once, however many try it in the same moment (ASVS 5.0, 15.4.2). Invitations have theirs in `MembershipTests`.
struct RaceTests {
    private static let crowd = 200

    @Test func aCodeOfTheAppOpensOneSession() async throws {
        let desk = try await PeopleDesk.open()
        let factors = SecondFactors(desk.desk.context, passwords: desk.passwords)
        let app = try await factors.prepare(for: desk.owner)
        _ = try await factors.turnOn(app.code(at: desk.time.now().unixSeconds / TimedCode.step), for: desk.owner)
        desk.time.advance(by: .minutes(2))
        let typed = app.code(at: desk.time.now().unixSeconds / TimedCode.step)
        let waiting = try await desk.waitingSession()

        let opened = await successes { _ = try await factors.enter(typed, for: desk.owner, in: waiting) }

        #expect(opened == 1)
    }

    @Test func aRecoveryCodeOpensOneSession() async throws {
        let desk = try await PeopleDesk.open()
        let factors = SecondFactors(desk.desk.context, passwords: desk.passwords)
        let app = try await factors.prepare(for: desk.owner)
        let codes = try await factors.turnOn(app.code(at: desk.time.now().unixSeconds / TimedCode.step), for: desk.owner)
        let (code, waiting) = (try #require(codes.first), try await desk.waitingSession())

        let opened = await successes { _ = try await factors.enter(code, for: desk.owner, in: waiting) }

        #expect(opened == 1)
        #expect(try await factors.standing(of: desk.owner.id).recoveryCodesLeft == codes.count - 1)
    }

    @Test func oneKeyMakesOneReply() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let conversation = try await desk.conversation()
        let request = SendReply.Request(
            conversation: conversation.id, answers: nil, draft: ReplyDraft(text: "Claro", seenVersion: conversation.version),
            idempotencyKey: "once")

        let taken = await successes { _ = try await SendReply(desk.context).send(request, by: desk.assistant.id) }

        #expect(taken == Self.crowd, "each is told of the same reply")
        #expect(try await desk.messages().count == 2)
        #expect(try await desk.ledgerKinds().count { $0 == .replyRecorded } == 1)
    }

    @Test func aDecisionSendsOnce() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        desk.channels.script(.unknown(reason: "timeout"))
        await desk.deliver()

        let taken = await successes { try await desk.resolve(reply, as: .sendAgain, on: .call(1)) }
        await desk.deliverDue()

        #expect(taken == 1)
        #expect(desk.channels.sent.count == 2)
    }

    private func successes(_ body: @escaping @Sendable () async throws -> Void) async -> Int {
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<Self.crowd { group.addTask { await code(of: body) == nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }
}

extension PeopleDesk {
    /// The owner gave the password, and is asked for a code.
    fileprivate func waitingSession() async throws -> SignInSession {
        let token = try await signIn.signIn(email: owner.email, password: password, from: origin).token
        return try #require(try await sessions.session(token.text.exposed())?.session)
    }
}
