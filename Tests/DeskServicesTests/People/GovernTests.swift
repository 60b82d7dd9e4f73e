import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// What the principal decides about members (promise P5).
struct GovernTests {
    private static let narrow = Grant(actions: [.read], topics: [.sales], isLimitedToOwn: true)

    @Test func thePrincipalSaysWhoAMemberIsAndWhatTheySee() async throws {
        let desk = try await Desk.open()
        let set = try await desk.govern.set(.support, Self.narrow, of: desk.assistant.id, in: desk.workspace.id, by: desk.principal.id)

        #expect(set.role == .support && set.customGrant == Self.narrow)
        #expect(try await desk.membership(of: desk.assistant) == set)
        #expect(set.signedAgreement == 1, "the signature stays")
        let back = try await desk.govern.set(.support, nil, of: desk.assistant.id, in: desk.workspace.id, by: desk.principal.id)
        #expect(back.grant == .standard(for: .support))
    }

    @Test func whatIsDecidedStandsInTheLedgerInIdsAndWords() async throws {
        let desk = try await Desk.open()
        _ = try await desk.govern.set(.support, Self.narrow, of: desk.assistant.id, in: desk.workspace.id, by: desk.principal.id)
        _ = try await desk.govern.revoke(desk.assistant.id, in: desk.workspace.id, by: desk.principal.id)
        let entries = try await desk.ledger()
        #expect(entries.map(\.kind) == [.memberChanged, .memberRevoked])
        #expect(entries.map(\.subject) == [desk.assistant.id.text, desk.assistant.id.text])
        let details = ["by": desk.principal.id.text, "role": "support", "grant": Self.narrow.summary]
        #expect(entries.first?.details == details)
        #expect(try await desk.ledgerFault() == nil)
    }

    @Test func whoIsRevokedFindsNothingFromThenOn() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let id = try await desk.conversation().id
        let revoked = try await desk.govern.revoke(desk.assistant.id, in: desk.workspace.id, by: desk.principal.id)
        #expect(revoked.revokedAt == desk.now)
        #expect(await code { _ = try await desk.reply() } == .notFound)
        #expect(await code { _ = try await TendConversation(desk.context).addNote("hola", to: id, by: desk.assistant.id) } == .notFound)
        #expect(try await desk.scope(of: desk.assistant).workspaces.isEmpty)
    }

    @Test func revokingAgainKeepsTheFirstTime() async throws {
        let desk = try await Desk.open()
        let first = try await desk.govern.revoke(desk.assistant.id, in: desk.workspace.id, by: desk.principal.id)
        desk.time.advance(by: .hours(1))
        let again = try await desk.govern.revoke(desk.assistant.id, in: desk.workspace.id, by: desk.principal.id)
        #expect(again.revokedAt == first.revokedAt)
    }

    @Test func aPrincipalIsUntouchable() async throws {
        let desk = try await Desk.open()
        let (workspace, principal) = (desk.workspace.id, desk.principal.id)
        let refusals = [
            await code { _ = try await desk.govern.revoke(principal, in: workspace, by: principal) },
            await code { _ = try await desk.govern.set(.assistant, nil, of: principal, in: workspace, by: principal) },
            await code { _ = try await desk.govern.set(.principal, Self.narrow, of: principal, in: workspace, by: principal) },
            await code { _ = try await desk.govern.set(.principal, nil, of: desk.assistant.id, in: workspace, by: principal) },
        ]
        #expect(refusals == [.invalidRequest, .invalidRequest, .invalidRequest, .invalidRequest])
        #expect(try await desk.membership(of: desk.principal)?.grant == .standard(for: .principal))
        #expect(try await desk.ledger().isEmpty)
    }

    @Test(arguments: Role.allCases.filter { $0 != .principal })
    func nobodyElseDecidesAboutPeople(role: Role) async throws {
        let desk = try await Desk.open()
        let other = try await desk.member(role, with: Grant(actions: Set(Policy.Action.allCases)))
        let (workspace, target) = (desk.workspace.id, desk.assistant.id)
        let refusals = [
            await code { _ = try await desk.govern.members(of: workspace, for: other.id) },
            await code { _ = try await desk.govern.set(.sales, nil, of: target, in: workspace, by: other.id) },
            await code { _ = try await desk.govern.revoke(target, in: workspace, by: other.id) },
            await code { _ = try await desk.govern.set(.supervisor, nil, of: other.id, in: workspace, by: other.id) },
        ]
        #expect(refusals == [.outOfGrant, .outOfGrant, .outOfGrant, .outOfGrant])
        #expect(try await desk.membership(of: desk.assistant)?.role == .assistant)
    }

    @Test func anotherWorkspaceAndAnotherMemberDoNotExist() async throws {
        let desk = try await Desk.open()
        let other = try await SampleDesk.open(in: desk.storage, build: desk.sample.build, named: "Otra")
        let (here, there) = (desk.workspace.id, other.workspace.id)
        let refusals = [
            await code { _ = try await desk.govern.members(of: there, for: desk.principal.id) },
            await code { _ = try await desk.govern.revoke(desk.assistant.id, in: there, by: desk.principal.id) },
            await code { _ = try await desk.govern.revoke(desk.assistant.id, in: there, by: other.principal.id) },
            await code { _ = try await desk.govern.revoke(other.principal.id, in: here, by: desk.principal.id) },
        ]
        #expect(refusals == [.notFound, .notFound, .notFound, .notFound])
    }

    @Test func aGrantNamesInboxesOfItsWorkspaceOnly() async throws {
        let desk = try await Desk.open()
        let other = try await SampleDesk.open(in: desk.storage, build: desk.sample.build, named: "Otra")
        for inbox in [other.inbox.id, Inbox.ID("none")] {
            let grant = Grant(actions: [.read], inboxes: [desk.inbox.id, inbox])
            #expect(await desk.sets(grant) == .invalidRequest)
        }
        #expect(await desk.sets(Grant(actions: [.read], inboxes: [desk.inbox.id])) == nil)
    }

    @Test(arguments: [
        Grant(actions: [.read, .govern]), Grant(actions: [.read], contactClasses: [.ordinary, .principalOnly]),
    ])
    func whatIsThePrincipalsAloneIsNotGranted(grant: Grant) async throws {
        let desk = try await Desk.open()
        #expect(await desk.sets(grant) == .invalidRequest)
        #expect(try await desk.membership(of: desk.assistant)?.customGrant == nil)
    }

    @Test func everybodyWhoIsOrWasAMemberIsListed() async throws {
        let desk = try await Desk.open()
        try await desk.revoke(desk.assistant)
        let members = try await desk.govern.members(of: desk.workspace.id, for: desk.principal.id)
        #expect(Set(members.map(\.user.id)) == [desk.principal.id, desk.assistant.id])
    }
}

/// What conversations are about and how delicate their contacts are.
struct ClassifyTests {
    @Test func aTopicBringsTheConversationIntoTheSightOfWhoHasIt() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let id = try await desk.conversation().id
        let sales = try await desk.member(.sales, with: Grant(actions: [.read, .reply], topics: [.sales]))
        #expect(await code { _ = try await desk.reply(by: sales) } == .notFound)
        try await ClassifyConversation(desk.context).set(.sales, of: id, by: desk.assistant.id)
        #expect(try await desk.conversation().topic == .sales)
        #expect(await code { _ = try await desk.reply(by: sales) } == nil)
        try await ClassifyConversation(desk.context).set(nil, of: id, by: desk.assistant.id)
        #expect(try await desk.conversation().topic == nil)
    }

    @Test func onlyWhoMayApproveSaysHowDelicateAContactIs() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let supervisor = try await desk.member(.supervisor)
        #expect(await desk.classifies(.important, by: desk.assistant) == .outOfGrant)
        #expect(await desk.classifies(.important, by: supervisor) == nil)
        #expect(try await desk.contact().contactClass == .important)
        #expect(try await desk.ledgerKinds().last == .contactClassified)
    }

    @Test func onlyThePrincipalMakesAContactTheirsAndGivesThemBack() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let supervisor = try await desk.member(.supervisor)
        #expect(await desk.classifies(.principalOnly, by: supervisor) == .outOfGrant)
        #expect(await desk.classifies(.principalOnly, by: desk.principal) == nil)
        #expect(await desk.classifies(.ordinary, by: supervisor) == .notFound, "who is hidden does not exist")
        #expect(await desk.classifies(.ordinary, by: desk.principal) == nil)
        #expect(try await desk.contact().contactClass == .ordinary)
    }
}

extension Desk {
    var govern: GovernMembers { GovernMembers(context) }

    /// Another member, who signed.
    func member(_ role: Role, with grant: Grant? = nil, named name: String = "Otra") async throws -> User {
        let user = sample.build.user(name)
        let membership = Membership(workspace: workspace.id, user: user.id, role: role, customGrant: grant, signedAgreement: 1)
        let now = now
        try await write { session in
            try session.people.insert(user, at: now)
            try session.people.insert(membership, at: now)
        }
        return user
    }

    func membership(of user: User) async throws -> Membership? {
        let workspace = workspace.id
        return try await read { try $0.people.memberships(of: user.id).first { $0.workspace == workspace } }
    }

    func scope(of user: User) async throws -> Scope {
        let now = now
        return try await read { try Authorization($0, at: now).scope(of: user.id) }
    }

    /// The principal gives the assistant a grant.
    func sets(_ grant: Grant) async -> DeskError.Code? {
        await code { _ = try await govern.set(.assistant, grant, of: assistant.id, in: workspace.id, by: principal.id) }
    }

    /// - Returns: the code of the refusal; nil for success.
    func classifies(_ contactClass: ContactClass, by user: User) async -> DeskError.Code? {
        await code {
            let id = try await conversation().id
            try await ClassifyConversation(context).set(contactClass, ofContactIn: id, by: user.id)
        }
    }
}
