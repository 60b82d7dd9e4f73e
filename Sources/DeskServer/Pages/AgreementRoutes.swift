import DeskCore
import DeskServices
import DeskWeb
import HTTPTypes
import Hummingbird

/// The confidentiality text, for the principal: its versions, how a new one will read, and publishing it.
struct AgreementRoutes {
    private static let longestForm = 400_000

    let parts: ServerParts
    let answers: PageAnswers

    private var publishing: PublishAgreement { PublishAgreement(parts.context) }

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/people/{workspace}/agreement", use: show)
        router.post("/people/{workspace}/agreement", use: take)
    }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await page(request, context, of: try place(context).workspace)
    }

    private func page(
        _ request: Request, _ context: DeskRequestContext, of id: Workspace.ID, status: HTTPResponse.Status = .ok, form: Form? = nil,
        problem: AgreementEditorPage.Problem? = nil, preview: String? = nil
    ) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let versions = try await publishing.versions(of: id, for: user)
        let workspace = try await parts.storage.read { try $0.workspaces.workspace(id) }
        guard let workspace, let newest = versions.first else { throw DeskError.nothingThere }
        return try await answers.page(request, context, status: status) { page in
            AgreementEditorPage(
                workspace: workspace, text: form?["text"] ?? newest.agreement.text, version: newest.agreement.version, problem: problem,
                preview: preview,
                versions: versions.map { version in
                    AgreementEditorPage.Version(
                        version.agreement, publishedAt: version.publishedAt, signatures: version.signatures,
                        isInForce: version.agreement.version == newest.agreement.version, wording: page.wording)
                }, wording: page.wording)
        }
    }

    @Sendable private func take(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (user, id) = try place(context)
        let form = try await Form.read(request, context, limit: Self.longestForm)
        let date = try await answers.pageContext(request, context).wording.fullDay(parts.now)
        do {
            guard form["act"] == "publish" else {
                let preview = try await publishing.preview(form["text"], of: id, date: date, by: user)
                return try await page(request, context, of: id, form: form, preview: preview)
            }
            _ = try await publishing.publish(form["text"], after: Int(form["version"]) ?? 0, of: id, date: date, by: user)
            return .redirect(toPage: "/people/\(id.text)/agreement", done: .agreementPublished)
        } catch let error as DeskError where [.invalidRequest, .staleAgreement].contains(error.code) {
            let problem: AgreementEditorPage.Problem = error.code == .staleAgreement ? .stale : .tooShort
            return try await page(request, context, of: id, status: error.status, form: form, problem: problem)
        }
    }

    private func place(_ context: DeskRequestContext) throws -> (user: User, workspace: Workspace.ID) {
        let id: Workspace.ID = try context.identifier("workspace")
        return (try context.requireFreshIdentity(backTo: "/people/\(id.text)/agreement").user, id)
    }
}
