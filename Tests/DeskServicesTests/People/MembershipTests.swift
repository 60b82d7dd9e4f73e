import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// Making a workspace.
struct SetUpTests {
    @Test func beginsTheLedgerAndMakesTheOwnerItsPrincipal() async throws {
        let desk = try await PeopleDesk.open()
        #expect(try await desk.ledgerKinds() == [.workspaceCreated])
        #expect(try await desk.membership(of: desk.owner)?.role == .principal)
        #expect(desk.workspace.answerTarget == .minutes(60))
        let (agreement, _, _) = try await desk.agreements.agreement(of: desk.workspace.id, for: desk.owner.id)
        #expect(agreement.version == 1)
        #expect(agreement.digest == Digest.of(agreement.text))
    }

    @Test(arguments: [
        SetUpWorkspace.Request.sample(email: ""), .sample(email: "ana"), .sample(email: "@example.org"), .sample(email: "a@b@c"),
        .sample(email: "a b@example.org"), .sample(email: "a@example.org\r\nBcc: x@example.org"), .sample(password: "too short"),
        .sample(password: String(repeating: "a", count: 257)), .sample(name: " \n"), .sample(name: String(repeating: "a", count: 121)),
    ])
    func refusesWhatWillNotDo(request: SetUpWorkspace.Request) async throws {
        let desk = try await Desk.open()
        let before = try await desk.read { try $0.workspaces.all().count }
        let refusal = await code { _ = try await SetUpWorkspace(desk.context, passwords: TransparentPasswords()).setUp(request) }
        #expect(refusal == .invalidRequest)
        #expect(try await desk.read { try $0.workspaces.all().count } == before)
    }

    @Test func keepsThePasswordOfAnAddressThatHasAnAccount() async throws {
        let desk = try await PeopleDesk.open()
        let request = SetUpWorkspace.Request.sample(name: "Otra", password: "another password")
        let (_, owner) = try await SetUpWorkspace(desk.desk.context, passwords: desk.passwords).setUp(request)

        #expect(owner.id == desk.owner.id)
        #expect(await desk.tries("another password", from: "::1") == .unauthenticated)
        #expect(await desk.tries(desk.password.exposed(), from: "::1") == nil)
    }
}

/// A link by which somebody becomes a member, once.
struct InvitationTests {
    @Test func makesAMemberWhoSeesNothingBeforeSigning() async throws {
        let desk = try await PeopleDesk.open()
        let user = try await desk.assistant()
        #expect(try await desk.membership(of: user)?.role == .assistant)
        #expect(try await desk.ledgerKinds() == [.workspaceCreated, .memberJoined])
        #expect(try await desk.desk.read { try Authorization($0, at: desk.time.now()).scope(of: user.id).workspaces.isEmpty })
    }

    @Test(arguments: [("en", "en"), (nil, "es")])
    func makesAnAccountInTheLanguageInWhichTheInvitationWasRead(read: String?, language: String) async throws {
        let desk = try await PeopleDesk.open()
        let token = try await desk.invitations.invite(email: "bea@example.org", to: desk.workspace.id, as: .assistant)
        let user = try await desk.invitations.accept(token.text.exposed(), name: "Bea", password: desk.password, locale: read)
        #expect(user.locale == language)
    }

    @Test func worksOnce() async throws {
        let desk = try await PeopleDesk.open()
        let token = try await desk.invitations.invite(email: "bea@example.org", to: desk.workspace.id, as: .assistant)
        _ = try await desk.invitations.accept(token.text.exposed(), name: "Bea", password: desk.password)
        #expect(
            await code { _ = try await desk.invitations.accept(token.text.exposed(), name: "Eva", password: desk.password) } == .notFound)
        #expect(await code { _ = try await desk.invitations.open(token.text.exposed()) } == .notFound)
    }

    @Test func redeemedManyTimesAtOnceMakesOneMember() async throws {
        let desk = try await PeopleDesk.open()
        let token = try await desk.invitations.invite(email: "bea@example.org", to: desk.workspace.id, as: .assistant)
        let successes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    await code { _ = try await desk.invitations.accept(token.text.exposed(), name: "Bea", password: desk.password) } == nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(successes == 1)
        #expect(try await desk.ledgerKinds() == [.workspaceCreated, .memberJoined])
    }

    @Test(.timeLimit(.minutes(5)))
    func usedByTwoAtTheSameMomentWorksForOne() async throws {
        let meeting = Meeting(of: 2)
        let desk = try await PeopleDesk.open { _ in await meeting.attend() }
        let token = try await desk.invitations.invite(email: "ana@example.org", to: desk.desk.workspace.id, as: .sales)
        let refusals = await withTaskGroup(of: DeskError.Code?.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    await code { _ = try await desk.invitations.accept(token.text.exposed(), name: "Ana", password: desk.password) }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(refusals) == [nil, .notFound])
        #expect(try await desk.desk.ledgerKinds() == [.memberJoined])
    }

    @Test func expires() async throws {
        let desk = try await PeopleDesk.open()
        let token = try await desk.invitations.invite(email: "bea@example.org", to: desk.workspace.id, as: .assistant)
        desk.time.advance(by: InviteMember.validity)
        #expect(
            await code { _ = try await desk.invitations.accept(token.text.exposed(), name: "Bea", password: desk.password) } == .notFound)
    }

    @Test(arguments: ["", "x", String(repeating: "0", count: 64)])
    func whatIsNoInvitationOpensNothing(presented: String) async throws {
        let desk = try await PeopleDesk.open()
        #expect(await code { _ = try await desk.invitations.open(presented) } == .notFound)
    }

    @Test func whoHasAnAccountJoinsWithItsPassword() async throws {
        let desk = try await PeopleDesk.open()
        let (second, _) = try await SetUpWorkspace(desk.desk.context, passwords: desk.passwords)
            .setUp(.sample(name: "Otra", email: "carla@example.org", ownerName: "Carla"))
        let token = try await desk.invitations.invite(email: "ana@example.org", to: second.id, as: .sales)

        #expect(
            await code { _ = try await desk.invitations.accept(token.text.exposed(), name: "Ana", password: Secret("wrong password")) }
                == .unauthenticated)
        let user = try await desk.invitations.accept(token.text.exposed(), name: "Ana", password: desk.password)
        #expect(user.id == desk.owner.id)
    }

    @Test func aWeakPasswordUsesNothingUp() async throws {
        let desk = try await PeopleDesk.open()
        let token = try await desk.invitations.invite(email: "bea@example.org", to: desk.workspace.id, as: .assistant)
        #expect(
            await code { _ = try await desk.invitations.accept(token.text.exposed(), name: "Bea", password: Secret("short")) }
                == .invalidRequest)
        _ = try await desk.invitations.accept(token.text.exposed(), name: "Bea", password: desk.password)
    }
}

/// A member's signature under the confidentiality agreement (promise P5).
struct AgreementTests {
    @Test func opensTheWorkspaceToWhoSigns() async throws {
        let desk = try await PeopleDesk.open()
        let user = try await desk.assistant()
        try await desk.agreements.sign(1, of: desk.workspace.id, by: user, typedName: "Bea Ruiz", password: desk.password)

        #expect(try await desk.membership(of: user)?.signedAgreement == 1)
        #expect(
            try await desk.desk.read { try Authorization($0, at: desk.time.now()).scope(of: user.id).workspaces } == [desk.workspace.id])
        #expect(try await desk.ledgerKinds().last == .agreementSigned)
    }

    @Test func nothingIsDoneInAWorkspaceBeforeTheSignature() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let now = desk.now
        let unsigned = desk.sample.build.user("Nueva")
        let membership = Membership(workspace: desk.workspace.id, user: unsigned.id, role: .support)
        try await desk.write { session in
            try session.people.insert(unsigned, at: now)
            try session.people.insert(membership, at: now)
        }
        #expect(await code { _ = try await desk.reply(by: unsigned) } == .agreementRequired)
        let id = try await desk.conversation().id
        #expect(
            await code { _ = try await TendConversation(desk.context).addNote("hola", to: id, by: unsigned.id) } == .agreementRequired)
    }

    @Test func wantsThePasswordOfWhoSigns() async throws {
        let desk = try await PeopleDesk.open()
        let user = try await desk.assistant()
        #expect(await desk.signs(user, password: Secret("wrong password")) == .unauthenticated)
        #expect(await desk.signs(user, typedName: "  ") == .invalidRequest)
        #expect(await desk.signs(user, version: 2) == .staleAgreement)
        #expect(try await desk.membership(of: user)?.signedAgreement == nil)
    }

    @Test func guessingThePasswordHereCountsAsAtSigningIn() async throws {
        let desk = try await PeopleDesk.open()
        let user = try await desk.assistant()
        for number in 0..<SignIn.allowedFailures {
            #expect(await desk.signs(user, password: Secret("guess \(number)")) == .unauthenticated)
        }
        #expect(await desk.signs(user) == .tooManyAttempts)
        #expect(await desk.tries(desk.password.exposed(), email: user.email, from: "::1") == .tooManyAttempts)

        desk.time.advance(by: SignIn.failureSpan + .seconds(1))
        #expect(await desk.signs(user) == nil)
    }

    @Test func isNotForWhoIsNoMember() async throws {
        let desk = try await PeopleDesk.open()
        #expect(await desk.signs(desk.desk.assistant) == .notFound)
    }

    @Test func aRevocationWhileSomebodySignsIsNotUndoneByTheSignature() async throws {
        let revoked = Doorbell()
        let desk = try await PeopleDesk.open { desk in
            guard let bea = try? await desk.read({ try $0.people.user(email: "bea@example.org") }) else { return }
            try? await desk.write { session in
                guard var membership = try session.people.memberships(of: bea.id).first else { return }
                membership.revokedAt = Instant(unixSeconds: 0)
                try session.people.update(membership)
            }
            revoked.ring()
        }
        let user = try await desk.assistant()

        #expect(await desk.signs(user) == .notFound)

        await revoked.heard()
        #expect(try await desk.membership(of: user)?.revokedAt != nil)
        #expect(try await desk.membership(of: user)?.signedAgreement == nil)
        #expect(try await !desk.ledgerKinds().contains(.agreementSigned))
    }

    @Test func aNewVersionWhileSomebodySignsAsksThemToReadAgain() async throws {
        let desk = try await PeopleDesk.open { desk in
            try? await desk.write { session in
                guard let workspace = try session.workspaces.workspace(named: "Panadería Luz") else { return }
                let newer = Agreement(workspace: workspace.id, version: 2, text: "más", digest: Digest.of("más"))
                try session.workspaces.insert(newer, at: Instant(unixSeconds: 0))
            }
        }
        let user = try await desk.assistant()
        #expect(await desk.signs(user) == .staleAgreement)
        #expect(try await desk.membership(of: user)?.signedAgreement == nil)
    }
}

extension PeopleDesk {
    fileprivate func signs(
        _ user: User, version: Int = 1, typedName: String = "Bea Ruiz", password: Secret? = nil
    ) async -> DeskError.Code? {
        await code {
            try await agreements.sign(version, of: workspace.id, by: user, typedName: typedName, password: password ?? self.password)
        }
    }
}
