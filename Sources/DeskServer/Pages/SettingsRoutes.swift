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
    }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user
        return try await answers.page(request, context) { page in
            SettingsPage(
                language: page.wording.catalogue.language, timeZones: SetupRoutes.timeZones(user.timeZone), theme: page.theme,
                textSize: page.textSize, singleKeysEnabled: page.singleKeysEnabled, wording: page.wording)
        }
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
