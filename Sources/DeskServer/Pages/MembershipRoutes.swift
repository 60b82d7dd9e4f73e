import DeskCore
import DeskServices
import DeskWeb
import Foundation
import HTTPTypes
import Hummingbird

/// Becoming a member: the invitation, then the confidentiality agreement.
struct MembershipRoutes {
    let parts: ServerParts
    let answers: PageAnswers

    private var inviting: InviteMember { InviteMember(parts.context, passwords: parts.passwords) }
    private var signing: SignAgreement { SignAgreement(parts.context, passwords: parts.passwords) }

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/invitations/{token}", use: showInvitation)
        router.post("/invitations/{token}", use: accept)
        router.get("/agreement/{workspace}", use: showAgreement)
        router.post("/agreement/{workspace}", use: sign)
    }

    @Sendable private func showInvitation(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await invitation(request, context)
    }

    private func invitation(
        _ request: Request, _ context: DeskRequestContext, status: HTTPResponse.Status = .ok, name: String = "",
        problem: FieldProblem? = nil
    ) async throws -> Response {
        let token = context.parameters.get("token") ?? ""
        let (invitation, workspace, _) = try await inviting.open(token)
        let (principal, inboxes) = try await parts.storage.read { session in
            (
                try session.people.members(of: workspace.id).first { $0.membership.role == .principal }?.user.name,
                try session.inboxes.all().filter { $0.workspace == workspace.id }
            )
        }
        return try await answers.page(request, context, status: status) { page in
            InvitationPage(
                token: token, workspaceName: workspace.name, inviterName: principal ?? workspace.name,
                roleName: page.wording.role(invitation.role.rawValue), email: invitation.email,
                covers: inboxes.map { page.wording.inbox($0) }, name: Field(name),
                passwordError: problem.map { page.wording.fieldProblem($0) })
        }
    }

    @Sendable private func accept(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let form = try await Form.read(request, context, limit: 65_536)
        do {
            let user = try await inviting.accept(
                context.parameters.get("token") ?? "", name: form["name"], password: Secret(form["password"]),
                locale: Language.negotiate(user: nil, acceptLanguage: request.headers[.acceptLanguage], workspace: nil).rawValue)
            let workspace = try await parts.storage.read { try $0.people.memberships(of: user.id).last?.workspace }
            let path = workspace.map { "/agreement/\($0.text)" } ?? "/"
            return SignInRoutes.entered(with: try await parts.sessions.begin(for: user, from: SignInOrigin(request, context)), at: path)
        } catch let error as DeskError where [.invalidRequest, .unauthenticated, .passwordTooCommon].contains(error.code) {
            let problem: FieldProblem =
                switch error.code {
                case .unauthenticated: .passwordWrong
                case .passwordTooCommon: .passwordCommon
                default: .passwordShort
                }
            return try await invitation(request, context, status: error.status, name: form["name"], problem: problem)
        }
    }

    @Sendable private func showAgreement(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await agreement(request, context)
    }

    private func agreement(
        _ request: Request, _ context: DeskRequestContext, status: HTTPResponse.Status = .ok, typedName: String = "",
        problem: SigningProblem? = nil
    ) async throws -> Response {
        let user = try context.requireIdentity().user
        let (agreement, workspace, membership) = try await signing.agreement(of: try context.identifier("workspace"), for: user.id)
        let signature = try await signature(of: membership, agreement)
        return try await answers.page(request, context, status: status) { page in
            AgreementPage(
                workspaceID: workspace.id.text, workspaceName: workspace.name, version: agreement.version,
                text: AgreementText.filled(agreement.text, [.member: user.name]),
                expectedName: user.name, typedName: Field(typedName, error: problem?.aboutName(page.wording)),
                passwordError: problem?.aboutPassword(page.wording),
                signature: signature.map { entry in
                    AgreementPage.Signature(
                        name: user.name, at: entry.at, digest: entry.details["signed_text"] ?? agreement.digest,
                        copyPath: "/agreement/\(workspace.id.text)/signatures/\(entry.sequence)", wording: page.wording)
                })
        }
    }

    /// What the ledger says of the member's signature of the version in force; nil when they haven't signed.
    private func signature(of membership: Membership, _ agreement: Agreement) async throws -> LedgerEntry? {
        guard membership.signedAgreement == agreement.version else { return nil }
        return try await parts.storage.read { session in
            try session.ledger.entries(about: membership.user.text, in: membership.workspace).last { $0.kind == .agreementSigned }
        }
    }

    @Sendable private func sign(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user
        let form = try await Form.read(request, context, limit: 65_536)
        guard Self.isSame(form["typed_name"], user.name) else {
            return try await agreement(request, context, status: .badRequest, typedName: form["typed_name"], problem: .nameDiffers)
        }
        do {
            let workspace: Workspace.ID = try context.identifier("workspace")
            try await signing.sign(
                Int(form["version"]) ?? 0, of: workspace, by: user, typedName: form["typed_name"],
                password: Secret(form["password"]))
            return .redirect(toPage: "/agreement/\(workspace.text)", done: .signed)
        } catch let error as DeskError where [.unauthenticated, .staleAgreement].contains(error.code) {
            return try await agreement(
                request, context, status: error.status, typedName: form["typed_name"],
                problem: error.code == .staleAgreement ? .textChanged : .passwordWrong)
        }
    }

    /// As people write their own names: without regard to capitals, accents and blanks.
    private static func isSame(_ typed: String, _ name: String) -> Bool {
        func settled(_ text: String) -> String {
            text.split(whereSeparator: \.isWhitespace).joined(separator: " ").folding(
                options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
        }
        return settled(typed) == settled(name)
    }
}

/// Why a signature was not taken.
private enum SigningProblem {
    case nameDiffers, passwordWrong, textChanged

    func aboutName(_ wording: Wording) -> String? {
        switch self {
        case .nameDiffers: wording.fieldProblem(.nameDiffers)
        case .textChanged: wording.problem(.staleAgreement)
        case .passwordWrong: nil
        }
    }

    func aboutPassword(_ wording: Wording) -> String? { self == .passwordWrong ? wording.fieldProblem(.passwordWrong) : nil }
}
