import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// The copies that both sides keep.
struct SignedAgreementTests {
    private static let second = String(repeating: "Lo que se lee aquí queda aquí, también mañana, {member}. ", count: 5)

    @Test func everyVersionThatWasSignedHasItsCopyTheNewestFirst() async throws {
        let (desk, user) = try await Self.signed()
        let copies = try await SignedAgreements(desk.desk.context).own(of: user)
        #expect(copies.map(\.agreement.version) == [2, 1])
        #expect(copies.map(\.entry.kind) == [.agreementSigned, .agreementSigned])
        #expect(copies.map { $0.text.contains(user.name) } == [true, false])
        #expect(copies.allSatisfy { $0.isAsSigned && $0.digest == Digest.of($0.text) })
        #expect(copies.allSatisfy { $0.principalName == desk.owner.name && $0.member == user })
    }

    @Test func oneIsFoundByTheNumberOfItsEntry() async throws {
        let (desk, user) = try await Self.signed()
        let signed = SignedAgreements(desk.desk.context)
        let oldest = try #require(try await signed.own(of: user).last)
        #expect(try await signed.own(oldest.entry.sequence, in: desk.workspace.id, of: user) == oldest)
        #expect(await code { _ = try await signed.own(1, in: desk.workspace.id, of: user) } == .notFound)
        #expect(await code { _ = try await signed.own(oldest.entry.sequence, in: desk.workspace.id, of: desk.owner) } == .notFound)
    }

    @Test func thePrincipalHasTheSameCopyAndNobodyElseHas() async throws {
        let (desk, user) = try await Self.signed()
        let signed = SignedAgreements(desk.desk.context)
        let own = try await signed.own(of: user)
        #expect(try await signed.all(of: user.id, in: desk.workspace.id, for: desk.owner.id) == own)
        let entry = try #require(own.first?.entry.sequence)
        #expect(try await signed.copy(entry, of: user.id, in: desk.workspace.id, for: desk.owner.id) == own.first)
        #expect(await code { _ = try await signed.all(of: user.id, in: desk.workspace.id, for: user.id) } == .outOfGrant)
        #expect(await code { _ = try await signed.copy(entry, of: desk.owner.id, in: desk.workspace.id, for: desk.owner.id) } == .notFound)
    }

    /// Whoever has left keeps what they signed.
    @Test func aCopyOutlivesTheMembership() async throws {
        let (desk, user) = try await Self.signed()
        _ = try await GovernMembers(desk.desk.context).revoke(user.id, in: desk.workspace.id, by: desk.owner.id)
        let signed = SignedAgreements(desk.desk.context)
        #expect(try await signed.own(of: user).count == 2)
        #expect(try await signed.all(of: user.id, in: desk.workspace.id, for: desk.owner.id).count == 2)
    }

    @Test func anotherNameThanThatOfTheSignatureIsSaid() async throws {
        let (desk, user) = try await Self.signed()
        let renamed = User(id: user.id, email: user.email, name: "Otra", locale: user.locale, timeZone: user.timeZone)
        let copies = try await SignedAgreements(desk.desk.context).own(of: renamed)
        #expect(copies.map(\.isAsSigned) == [false, true])
    }

    /// A member who signed two versions.
    private static func signed() async throws -> (PeopleDesk, User) {
        let desk = try await PeopleDesk.open()
        let user = try await desk.assistant()
        try await desk.agreements.sign(1, of: desk.workspace.id, by: user, typedName: user.name, password: desk.password)
        _ = try await PublishAgreement(desk.desk.context).publish(second, after: 1, of: desk.workspace.id, date: "hoy", by: desk.owner)
        try await desk.agreements.sign(2, of: desk.workspace.id, by: user, typedName: user.name, password: desk.password)
        return (desk, user)
    }
}
