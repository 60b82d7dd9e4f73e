import DeskCore
import DeskServices
import HTTPTypes
import Hummingbird

/// Who the caller is, and the agreements that they work under.
struct PeopleCalls {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/api/v1/me") { try await me($0, $1) }
        router.get("/api/v1/workspaces/:workspace/agreement") { try await agreement($0, $1) }
        router.post("/api/v1/workspaces/:workspace/agreement/signature") { try await sign($0, $1) }
    }

    private func me(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let caller = try Caller(context)
        let places = try await parts.storage.read { session in
            try session.people.memberships(of: caller.user.id)
                .filter { $0.revokedAt == nil && caller.reaches($0.workspace) }
                .compactMap { membership in
                    try session.workspaces.workspace(membership.workspace).map { workspace in
                        let agreement = try session.workspaces.agreement(of: workspace.id)?.version ?? 0
                        return MeBody.Place(workspace, membership, agreement: agreement)
                    }
                }
        }
        return try APIAnswer.json(MeBody(caller.user, places))
    }

    private func agreement(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = try place(try Caller(context), context)
        let (agreement, _, membership) = try await signing.agreement(of: workspace, for: caller.user.id)
        return try APIAnswer.json(AgreementBody(agreement, membership))
    }

    private func sign(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (caller, workspace) = try place(try Caller(changingBy: request, context), context)
        let body = try await JSONBody.read(SignatureBody.self, from: request)
        try await signing.sign(
            body.version, of: workspace, by: caller.user, typedName: body.typedName, password: Secret(body.password))
        let (agreement, _, membership) = try await signing.agreement(of: workspace, for: caller.user.id)
        return try APIAnswer.json(AgreementBody(agreement, membership), status: .created)
    }

    private var signing: SignAgreement { SignAgreement(parts.context, passwords: parts.passwords) }

    private func place(_ caller: Caller, _ context: DeskRequestContext) throws -> (Caller, Workspace.ID) {
        let workspace = try context.identifier("workspace", of: Workspace.self)
        guard caller.reaches(workspace) else { throw DeskError.nothingThere }
        return (caller, workspace)
    }
}

private struct MeBody: Encodable {
    struct Person: Encodable {
        let id: User.ID
        let email: String
        let name: String
        let locale: String
        let timeZone: String
    }

    struct Place: Encodable, Sendable {
        let id: Workspace.ID
        let name: String
        let role: Role
        let locale: String
        let timeZone: String
        let agreementVersion: Int
        @OrNull var signedVersion: Int?
        let agreementSigned: Bool

        init(_ workspace: Workspace, _ membership: Membership, agreement: Int) {
            id = workspace.id
            name = workspace.name
            role = membership.role
            locale = workspace.locale
            timeZone = workspace.timeZone
            agreementVersion = agreement
            signedVersion = membership.signedAgreement
            agreementSigned = membership.signedAgreement == agreement
        }
    }

    let user: Person
    let workspaces: [Place]

    init(_ user: User, _ workspaces: [Place]) {
        self.user = Person(id: user.id, email: user.email, name: user.name, locale: user.locale, timeZone: user.timeZone)
        self.workspaces = workspaces
    }
}

private struct AgreementBody: Encodable {
    let workspaceID: Workspace.ID
    let version: Int
    let text: String
    /// SHA-256 of the text.
    let sha256: String
    @OrNull var signedVersion: Int?
    let signed: Bool

    init(_ agreement: Agreement, _ membership: Membership) {
        workspaceID = agreement.workspace
        version = agreement.version
        text = agreement.text
        sha256 = agreement.digest
        signedVersion = membership.signedAgreement
        signed = membership.signedAgreement == agreement.version
    }
}

private struct SignatureBody: Decodable {
    let version: Int
    let typedName: String
    let password: String

    enum CodingKeys: String, CodingKey {
        case version, password
        case typedName = "typed_name"
    }
}
