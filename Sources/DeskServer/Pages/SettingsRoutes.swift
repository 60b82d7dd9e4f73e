import DeskCore
import DeskServices
import DeskWeb
import Hummingbird

/// A user's own settings.
struct SettingsRoutes {
    let parts: ServerParts
    let answers: PageAnswers

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/settings", use: show)
        router.post("/settings", use: save)
        router.post("/settings/inboxes/{id}", use: adjustInbox)
    }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user
        let (connections, desks, governed) = try await parts.storage.read { session in
            let authorization = Authorization(session, at: parts.now)
            return (
                try Self.own(by: user.id, session, at: parts.now), try authorization.workspaces(of: user.id, for: .administer),
                try authorization.workspaces(of: user.id, for: .govern)
            )
        }
        return try await answers.page(request, context) { page in
            SettingsPage(
                language: page.wording.catalogue.language, timeZones: SetupRoutes.timeZones(user.timeZone), theme: page.theme,
                textSize: page.textSize, singleKeysEnabled: page.singleKeysEnabled,
                channels: connections.map { connection in
                    SettingsPage.Channel(
                        inboxID: connection.inbox.id.text, name: page.wording.inbox(connection.inbox), showsTyping: connection.showsTyping)
                }, desks: desks.map { Choice(value: $0.id.text, label: $0.name) },
                governed: governed.map { Choice(value: $0.id.text, label: $0.name) }, wording: page.wording)
        }
    }

    /// The inboxes that the user may administer.
    private static func own(by user: User.ID, _ session: any StorageSession, at now: Instant) throws -> [InboxConnection] {
        let scope = try Authorization(session, at: now).scope(of: user, for: .administer)
        return try session.inboxes.inboxes(in: scope).compactMap { try session.inboxes.connection(of: $0.id) }
    }

    @Sendable private func adjustInbox(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let id: Inbox.ID = try context.identifier("id")
        let form = try await Form.read(request, context, limit: 65_536)
        try await AdjustInbox(parts.context).showTyping(form["typing"] == "on", in: id, by: user)
        return .redirect(toPage: "/settings", done: .settingsSaved)
    }

    @Sendable private func save(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        var user = try context.requireIdentity().user
        let form = try await Form.read(request, context, limit: 65_536)
        user.locale = (Language(tag: form["locale"]) ?? .spanish).rawValue
        if SetupRoutes.timeZones(nil).contains(where: { $0.value == form["time_zone"] }) { user.timeZone = form["time_zone"] }
        let preferences = [
            "theme": (Theme(rawValue: form["theme"]) ?? .system).rawValue,
            "text_size": (TextSize(rawValue: form["text_size"]) ?? .normal).rawValue,
            "single_keys": form["single_keys"] == "on" ? "on" : "off",
        ]
        try await parts.storage.write { [user] session in
            try session.people.update(user)
            try session.people.setPreferences(preferences, of: user.id)
        }
        return .redirect(toPage: "/settings", done: .settingsSaved)
    }
}
