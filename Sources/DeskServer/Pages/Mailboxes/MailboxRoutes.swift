import DeskCore
import DeskServices
import DeskWeb
import HTTPTypes
import Hummingbird

/// Connecting a mailbox: its address, what its provider asks, the trial, the end.
struct MailboxRoutes {
    static let returnPath = "/connect/mailbox/return"

    let parts: ServerParts
    let answers: PageAnswers

    private var drafts: MailboxDrafts { parts.mailboxDrafts }

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/connect/mailbox", use: ask)
        router.post("/connect/mailbox", use: begin)
        router.get("/connect/mailbox/drafts/{draft}", use: show)
        router.post("/connect/mailbox/drafts/{draft}", use: go)
        router.get(RouterPath(Self.returnPath), use: comeBack)
    }

    @Sendable private func ask(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        _ = try await parts.ownWorkspace(context)
        return try await answers.page(request, context) { _ in MailboxPage(address: .init()) }
    }

    @Sendable private func begin(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let workspace = try await parts.ownWorkspace(context)
        let user = try context.requireIdentity().user.id
        let form = try await Form.read(request, context, limit: 65_536)
        let address = form["address"].filter { !$0.isWhitespace }
        guard Self.isAddress(address) else {
            return try await answers.page(request, context, status: .badRequest) { page in
                MailboxPage(address: .init(Field(address, error: page.wording.text("mailbox.addressWrong"))))
            }
        }
        return Self.toDraft(await drafts.begin(address, for: user, in: workspace))
    }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let draft = try await draft(context)
        var response = try await answers.page(request, context) { page in
            DraftView(draft, mailboxes: parts.mailboxes, returnAddress: returnAddress, wording: page.wording).page
        }
        if draft.isUnderWay { response.headers[.refresh] = "1" }
        return response
    }

    /// Tries what was typed, or leaves for the provider.
    @Sendable private func go(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        var draft = try await draft(context)
        let form = try await Form.read(request, context, limit: 65_536)
        guard !draft.isUnderWay else { return Self.toDraft(draft) }
        draft.take(form, providers: parts.mailboxes.providers)
        if form["act"] == "permission" { return try await leave(draft, request, context) }
        await drafts.update(draft)
        try await ConnectMailbox(parts.context).admitTrial(by: draft.user, in: draft.workspace)
        await drafts.order(draft.id)
        return Self.toDraft(draft)
    }

    private func leave(_ draft: MailboxDraft, _ request: Request, _ context: DeskRequestContext) async throws -> Response {
        var draft = draft
        let permission = draft.permissionAsked(by: draft.provider ?? parts.mailboxes.provider(of: draft.address))
        let state = parts.context.chance.bytes(32).hexadecimal
        let verifier = Secret(parts.context.chance.bytes(32).hexadecimal)
        let address = parts.mailboxes.permissionAddress(
            for: permission, state: state, verifier: verifier, returningTo: returnAddress)
        guard let address, !permission.clientID.isEmpty else {
            draft.state = .failed([MailboxFinding(.reading, .bad(.settings), detail: "OAuth")])
            await drafts.update(draft)
            return Self.toDraft(draft)
        }
        draft.journey = .init(state: state, verifier: verifier, permission: permission)
        await drafts.update(draft)
        let name = (draft.provider ?? parts.mailboxes.provider(of: draft.address))?.name ?? draft.address
        var response = try await answers.page(request, context) { page in
            LeavingPage(providerName: name, address: address, wording: page.wording)
        }
        response.headers[.refresh] = "0; url=\(address)"
        return response
    }

    @Sendable private func comeBack(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let query = URLEncoded.parse(request.uri.query ?? "")
        guard let (found, journey) = await drafts.returning(with: query["state"] ?? "", of: user) else { throw Self.expired }
        var draft = found
        draft.journey = nil
        do {
            guard let code = query["code"], !code.isEmpty else {
                throw DeskError(.mailboxPermission, message: "The provider gave no permission. Nothing was connected.")
            }
            try await ConnectMailbox(parts.context).admitTrial(by: user, in: draft.workspace)
            let token = try await parts.mailboxes.refreshToken(
                for: Secret(code), verifier: journey.verifier, permission: journey.permission, returningTo: returnAddress)
            draft.keep(token, for: journey.permission)
            await drafts.update(draft)
            await drafts.order(draft.id)
        } catch let error as DeskError where error.code == .mailboxPermission {
            draft.state = .failed([MailboxFinding(.reading, .bad(.signInNeeded), detail: error.message)])
            await drafts.update(draft)
        }
        return Self.toDraft(draft)
    }

    private var returnAddress: String { parts.settings.publicURL + Self.returnPath }

    private func draft(_ context: DeskRequestContext) async throws -> MailboxDraft {
        let user = try context.requireIdentity().user.id
        let id = try context.parameters.require("draft")
        guard let draft = await drafts.draft(id, of: user) else { throw Self.expired }
        return draft
    }

    private static let expired = DeskError(
        .notFound, message: "This began too long ago, or in another session. Nothing was connected; begin again at /connect/mailbox.")

    private static func toDraft(_ draft: MailboxDraft) -> Response { .redirect(toPage: "/connect/mailbox/drafts/\(draft.id)") }

    /// Whether it can be an address at all: one @, something before it, and a name with a dot after it.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let labels: [Substring] = parts.last?.split(separator: ".", omittingEmptySubsequences: false) ?? []
        return parts.count == 2 && !parts[0].isEmpty && labels.count > 1 && !labels.contains("") && text.utf8.count <= 254
            && text.unicodeScalars.allSatisfy { $0.value > 32 && $0.value != 127 && !"<>\"\\,;:()".unicodeScalars.contains($0) }
    }
}
