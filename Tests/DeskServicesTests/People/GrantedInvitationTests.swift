import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// Invitations with a grant, by somebody.
struct GrantedInvitationTests {
    private static let narrow = Grant(actions: [.read, .reply], topics: [.support])

    @Test func whoFollowsItHasWhatItSays() async throws {
        let desk = try await PeopleDesk.open()
        let token = try await desk.invitations.invite(
            email: "bea@example.org", to: desk.workspace.id, as: .support, with: Self.narrow, by: desk.owner.id)
        let bea = try await desk.invitations.accept(token.text.exposed(), name: "Bea", password: desk.password)
        let membership = try #require(try await desk.membership(of: bea))
        #expect(membership.role == .support && membership.grant == Self.narrow)
        #expect(membership.signedAgreement == nil)
    }

    @Test func onlyThePrincipalInvites() async throws {
        let desk = try await PeopleDesk.open()
        let bea = try await desk.assistant()
        let workspace = desk.workspace.id
        #expect(
            await code { _ = try await desk.invitations.invite(email: "c@example.org", to: workspace, as: .sales, by: bea.id) }
                == .agreementRequired)
        try await desk.agreements.sign(1, of: workspace, by: bea, typedName: "Bea", password: desk.password)
        #expect(
            await code { _ = try await desk.invitations.invite(email: "c@example.org", to: workspace, as: .sales, by: bea.id) }
                == .outOfGrant)
        #expect(
            await code {
                _ = try await desk.invitations.invite(email: "c@example.org", to: workspace, as: .sales, by: desk.desk.principal.id)
            } == .notFound)
    }

    @Test func whatCanNotBeGrantedIsNotInvitedToEither() async throws {
        let desk = try await PeopleDesk.open()
        for grant in [Grant(actions: [.govern]), Grant(actions: [.read], inboxes: [desk.desk.inbox.id])] {
            let refusal = await code {
                _ = try await desk.invitations.invite(
                    email: "bea@example.org", to: desk.workspace.id, as: .support, with: grant, by: desk.owner.id)
            }
            #expect(refusal == .invalidRequest)
        }
    }

    @Test func aPrincipalWhoIsInvitedStaysOne() async throws {
        let desk = try await PeopleDesk.open()
        let token = try await desk.invitations.invite(
            email: "ana@example.org", to: desk.workspace.id, as: .sales, with: Self.narrow, by: desk.owner.id)
        _ = try await desk.invitations.accept(token.text.exposed(), name: "Ana", password: desk.password)
        #expect(try await desk.membership(of: desk.owner)?.role == .principal)
        #expect(try await desk.membership(of: desk.owner)?.grant == .standard(for: .principal))
    }

    @Test func whoWasRevokedComesBackByAnInvitationAndSeesWhatItSays() async throws {
        let desk = try await PeopleDesk.open()
        let bea = try await desk.assistant()
        _ = try await GovernMembers(desk.desk.context).revoke(bea.id, in: desk.workspace.id, by: desk.owner.id)
        let token = try await desk.invitations.invite(
            email: "bea@example.org", to: desk.workspace.id, as: .support, with: Self.narrow, by: desk.owner.id)
        _ = try await desk.invitations.accept(token.text.exposed(), name: "Bea", password: desk.password)
        let membership = try #require(try await desk.membership(of: bea))
        #expect(membership.revokedAt == nil && membership.grant == Self.narrow)
        #expect(try await desk.ledgerKinds() == [.workspaceCreated, .memberJoined, .memberRevoked, .memberJoined])
    }
}

/// The principal's confidentiality text and its versions.
struct PublishAgreementTests {
    @Test func aNewVersionAsksEverybodyAgain() async throws {
        let desk = try await PeopleDesk.open()
        let bea = try await desk.assistant()
        try await desk.agreements.sign(1, of: desk.workspace.id, by: bea, typedName: "Bea", password: desk.password)
        #expect(try await desk.desk.scope(of: bea).workspaces == [desk.workspace.id])

        let published = try await desk.publishes()
        #expect(published.version == 2)
        #expect(try await desk.desk.scope(of: bea).workspaces.isEmpty)
        #expect(try await desk.desk.scope(of: desk.owner).workspaces == [desk.workspace.id])
        try await desk.agreements.sign(2, of: desk.workspace.id, by: bea, typedName: "Bea", password: desk.password)
        #expect(try await desk.desk.scope(of: bea).workspaces == [desk.workspace.id])
        #expect(try await desk.ledgerKinds().suffix(2) == [.agreementPublished, .agreementSigned])
    }

    @Test func namesAreFilledInButTheMembers() async throws {
        let desk = try await PeopleDesk.open()
        let published = try await desk.publishes()
        #expect(published.text.hasSuffix("Panadería Luz, Ana, 2026-11-20: {member}"))
        #expect(published.digest == Digest.of(published.text))
        let preview = try await PublishAgreement(desk.desk.context).preview(
            PeopleDesk.agreementTemplate, of: desk.workspace.id, date: "2026-11-20", by: desk.owner)
        #expect(preview == published.text)
    }

    @Test func whatWasWrittenOverAnOlderVersionIsNotPublished() async throws {
        let desk = try await PeopleDesk.open()
        _ = try await desk.publishes()
        #expect(await code { _ = try await desk.publishes(after: 1) } == .staleAgreement)
        #expect(await code { _ = try await desk.publishes(after: 3) } == .staleAgreement)
        let versions = try await PublishAgreement(desk.desk.context).versions(of: desk.workspace.id, for: desk.owner.id)
        #expect(versions.map(\.agreement.version) == [2, 1])
    }

    @Test func whoSignedWhichIsCounted() async throws {
        let desk = try await PeopleDesk.open()
        let bea = try await desk.assistant()
        try await desk.agreements.sign(1, of: desk.workspace.id, by: bea, typedName: "Bea", password: desk.password)
        _ = try await desk.publishes()
        let versions = try await PublishAgreement(desk.desk.context).versions(of: desk.workspace.id, for: desk.owner.id)
        #expect(versions.map(\.signatures) == [0, 1])
    }

    @Test func onlyThePrincipalPublishes() async throws {
        let desk = try await PeopleDesk.open()
        let bea = try await desk.assistant()
        try await desk.agreements.sign(1, of: desk.workspace.id, by: bea, typedName: "Bea", password: desk.password)
        #expect(await code { _ = try await desk.publishes(by: bea) } == .outOfGrant)
        #expect(await code { _ = try await desk.publishes(by: desk.desk.principal) } == .notFound)
        #expect(
            await code { _ = try await PublishAgreement(desk.desk.context).versions(of: desk.workspace.id, for: bea.id) } == .outOfGrant)
    }

    @Test func aTextThatSaysNothingIsNotPublished() async throws {
        let desk = try await PeopleDesk.open()
        #expect(await code { _ = try await desk.publishes("Nada.") } == .invalidRequest)
    }
}

extension PeopleDesk {
    fileprivate static let agreementTemplate = """
        Lo que se lee aquí, aquí se queda; quien firma lo guarda para sí, también después de irse, y devuelve lo que tenga.
        Vale para toda la mesa. Firmado: {desk}, {principal}, {date}: {member}
        """

    fileprivate func publishes(
        _ template: String = agreementTemplate, after seen: Int = 1, by user: User? = nil
    ) async throws -> Agreement {
        try await PublishAgreement(desk.context).publish(
            template, after: seen, of: workspace.id, date: "2026-11-20", by: user ?? owner)
    }
}
