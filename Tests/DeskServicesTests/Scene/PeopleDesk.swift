import DeskCore
import DeskServices
import DeskTesting

/// A workspace as its owner set it up, for stories about people.
struct PeopleDesk {
    let desk: Desk
    let workspace: Workspace
    let owner: User
    let passwords: TransparentPasswords
    let password = Secret("correct horse battery")

    static func open(whileComparing: @escaping @Sendable (Desk) async -> Void = { _ in }) async throws -> PeopleDesk {
        let desk = try await Desk.open()
        let passwords = TransparentPasswords { await whileComparing(desk) }
        let (workspace, owner) = try await SetUpWorkspace(desk.context, passwords: passwords).setUp(.sample())
        return PeopleDesk(desk: desk, workspace: workspace, owner: owner, passwords: passwords)
    }

    var time: ManualTime { desk.time }
    var signIn: SignIn { SignIn(desk.context, passwords: passwords) }
    var sessions: Sessions { Sessions(desk.context) }
    var origin: SignInOrigin { SignInOrigin(place: "::1", device: "Firefox") }
    var invitations: InviteMember { InviteMember(desk.context, passwords: passwords) }
    var agreements: SignAgreement { SignAgreement(desk.context, passwords: passwords) }

    /// - Returns: the code of the refusal; nil for success.
    func tries(_ password: String, email: String = "ana@example.org", from origin: String) async -> DeskError.Code? {
        await code { _ = try await signIn.signIn(email: email, password: Secret(password), from: SignInOrigin(place: origin, device: "")) }
    }

    /// An assistant who followed the invitation, and has not signed yet.
    func assistant(_ email: String = "bea@example.org") async throws -> User {
        let token = try await invitations.invite(email: email, to: workspace.id, as: .assistant)
        return try await invitations.accept(token.text.exposed(), name: "Bea", password: password)
    }

    func membership(of user: User) async throws -> Membership? {
        let workspace = workspace.id
        return try await desk.read { try $0.people.memberships(of: user.id).first { $0.workspace == workspace } }
    }

    func ledgerKinds() async throws -> [LedgerEntry.Kind] {
        let workspace = workspace.id
        return try await desk.read { try $0.ledger.entries(of: workspace, after: 0, limit: 100) }.map(\.kind)
    }
}

extension SetUpWorkspace.Request {
    static func sample(
        name: String = "Panadería Luz", email: String = "ana@example.org", ownerName: String = "Ana",
        password: String = "correct horse battery"
    ) -> Self {
        Self(
            name: name, ownerEmail: email, ownerName: ownerName, password: Secret(password), locale: "es",
            timeZone: "America/Argentina/Buenos_Aires", agreement: "Lo que se lee aquí, aquí se queda.")
    }
}
