import DeskCore
import DeskServices
import DeskWeb
import HTTPTypes
import Hummingbird

/// Connecting something that receives.
struct ConnectRoutes {
    let parts: ServerParts
    let answers: PageAnswers

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/connect", use: show)
        router.post("/connect", use: connect)
    }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let workspace = try await parts.ownWorkspace(context)
        if let id = URLEncoded.parse(request.uri.query ?? "")["inbox"] { return try await connection(Inbox.ID(id), request, context) }
        let hasInbox = try await parts.storage.read { try $0.inboxes.all().contains { $0.workspace == workspace } }
        return try await answers.page(request, context) { page in
            ConnectPage(checklist: Checklist.items(hasInbox: hasInbox, page.wording), form: ConnectPage.WhatsAppForm())
        }
    }

    @Sendable private func connect(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let workspace = try await parts.ownWorkspace(context)
        let form = try await Form.read(request, context, limit: 65_536)
        let required = ["name", "phone_number_id", "access_token", "app_secret"]
        guard required.allSatisfy({ !form[$0].isEmpty }) else { return try await again(form, request, context) }
        let inbox = try await ConnectInbox(parts.context).connect(
            ConnectInbox.Request(
                workspace: workspace, channel: .whatsApp, name: form["name"], account: form["phone_number_id"],
                settings: ["phone_number_id": form["phone_number_id"], "waba_id": form["waba_id"]],
                secrets: [
                    "access_token": Secret(form["access_token"]), "app_secret": Secret(form["app_secret"]),
                    "verify_token": Secret(parts.context.chance.bytes(16).hexadecimal),
                ]))
        return .redirect(toPage: "/connect?inbox=\(inbox.id.text)&done=\(Flash.Deed.connected.rawValue)")
    }

    private func again(_ form: Form, _ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await answers.page(request, context, status: .badRequest) { page in
            let missing = page.wording.fieldProblem(.required)
            func error(_ name: String) -> String? { form[name].isEmpty ? missing : nil }
            return ConnectPage(
                form: ConnectPage.WhatsAppForm(
                    name: Field(form["name"], error: error("name")),
                    phoneNumberID: Field(form["phone_number_id"], error: error("phone_number_id")),
                    businessAccountID: Field(form["waba_id"]), accessTokenError: error("access_token"),
                    appSecretError: error("app_secret")))
        }
    }

    private func connection(
        _ id: Inbox.ID, _ request: Request, _ context: DeskRequestContext
    ) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let (reading, lastEvent) = try await parts.storage.read { session in
            (try ConnectionReading(id, viewer: user, session, at: parts.now), try session.events.bounds()?.last ?? 0)
        }
        return try await answers.page(request, context) { page in
            ConnectPage(
                checklist: Checklist.items(hasInbox: true, page.wording),
                connection: reading.view(publicURL: parts.settings.publicURL),
                eventsPath: LiveRoutes.path(connecting: id, after: lastEvent))
        }
    }
}

extension ServerParts {
    /// The workspace of which the asker is the principal.
    /// - Throws: `out_of_grant` for whoever is none.
    func ownWorkspace(_ context: DeskRequestContext) async throws -> Workspace.ID {
        let user = try context.requireIdentity().user.id
        return try await storage.read { session in
            let own = try session.people.memberships(of: user).first { $0.role == .principal && $0.revokedAt == nil }
            guard let own else { throw DeskError(.outOfGrant, message: "Only the principal may do this. Nothing was changed.") }
            return own.workspace
        }
    }
}
