import DeskCore
import DeskServices
import DeskWeb
import HTTPTypes
import Hummingbird

/// Members of a desk: who they are, what they may see, and that it ends. For the principal, who proves once more who they are.
struct PeopleRoutes {
    let parts: ServerParts
    let answers: PageAnswers

    private var governing: GovernMembers { GovernMembers(parts.context) }

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/people/{workspace}", use: show)
        router.post("/people/{workspace}/invitations", use: invite)
        router.get("/people/{workspace}/members/{member}", use: showMember)
        router.post("/people/{workspace}/members/{member}", use: save)
        router.post("/people/{workspace}/members/{member}/revocation", use: revoke)
    }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await page(request, context)
    }

    private func page(
        _ request: Request, _ context: DeskRequestContext, status: HTTPResponse.Status = .ok, email: String = "", hasError: Bool = false,
        link: String? = nil
    ) async throws -> Response {
        let id: Workspace.ID = try context.identifier("workspace")
        let user = try context.requireFreshIdentity(backTo: "/people/\(id.text)").user.id
        let members = try await governing.members(of: id, for: user)
        let (workspace, agreement) = try await place(id)
        return try await answers.page(request, context, status: status) { page in
            PeoplePage(
                workspace: workspace,
                members: members.map { PeoplePage.Row($0.user, $0.membership, agreement: agreement, wording: page.wording) },
                email: email, hasError: hasError, link: link, wording: page.wording)
        }
    }

    @Sendable private func invite(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let id: Workspace.ID = try context.identifier("workspace")
        let user = try context.requireFreshIdentity(backTo: "/people/\(id.text)").user.id
        let form = try await Form.read(request, context, limit: 65_536)
        do {
            let token = try await InviteMember(parts.context, passwords: parts.passwords).invite(
                email: form["email"], to: id, as: try Role(named: form["role"]), by: user)
            return try await page(request, context, link: "\(parts.settings.publicURL)/invitations/\(token.text.exposed())")
        } catch let error as DeskError where error.code == .invalidRequest {
            return try await page(request, context, status: error.status, email: form["email"], hasError: true)
        }
    }

    @Sendable private func showMember(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await memberPage(request, context)
    }

    private func memberPage(
        _ request: Request, _ context: DeskRequestContext, status: HTTPResponse.Status = .ok, hasError: Bool = false
    ) async throws -> Response {
        let (identity, id, member) = try place(context)
        let members = try await governing.members(of: id, for: identity.user.id)
        guard let entry = members.first(where: { $0.user.id == member }) else { throw DeskError.nothingThere }
        let (workspace, agreement) = try await place(id)
        let inboxes = try await parts.storage.read { try $0.inboxes.all().filter { $0.workspace == id } }
        let tokens = try await AccessTokens(parts.context).all(in: id, of: member, for: identity.user.id)
        let names = try await TokenRoutes.names(of: tokens, in: parts.storage)
        let signed = try await SignedAgreements(parts.context).all(of: member, in: id, for: identity.user.id)
        return try await answers.page(request, context, status: status) { page in
            let row = PeoplePage.Row(entry.user, entry.membership, agreement: agreement, wording: page.wording)
            let zone = WallClock(zone: workspace.timeZone, rules: parts.context.timeZones)
            let endsOn = entry.membership.customGrant?.endsAt.map { zone.date(at: $0 + .seconds(-1)).text } ?? ""
            let form = MemberPage.FormValues(entry.membership, inboxes: inboxes, endsOn: endsOn, wording: page.wording)
            return MemberPage(
                row, workspace: workspace, form: entry.membership.role == .principal ? nil : form, hasError: hasError,
                signed: signed.map { SignedCopyPage.Link($0, under: row.path, wording: page.wording) },
                tokens: tokens.map { TokensPage.Row($0, names, under: row.path, wording: page.wording) }, wording: page.wording)
        }
    }

    @Sendable private func save(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (identity, id, member) = try place(context)
        let form = try await Form.read(request, context, limit: 262_144)
        let (workspace, _) = try await place(id)
        let inboxes = try await parts.storage.read { try $0.inboxes.all().filter { $0.workspace == id } }
        do {
            let zone = WallClock(zone: workspace.timeZone, rules: parts.context.timeZones)
            let grant = try GrantForm(form, inboxes: inboxes.map(\.id), zone: zone).grant
            _ = try await governing.set(try Role(named: form["role"]), grant, of: member, in: id, by: identity.user.id)
        } catch let error as DeskError where error.code == .invalidRequest {
            return try await memberPage(request, context, status: error.status, hasError: true)
        }
        return .redirect(toPage: "/people/\(id.text)/members/\(member.text)", done: .memberChanged)
    }

    @Sendable private func revoke(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (identity, id, member) = try place(context)
        _ = try await Form.read(request, context, limit: 65_536)
        _ = try await governing.revoke(member, in: id, by: identity.user.id)
        return .redirect(toPage: "/people/\(id.text)", done: .memberRevoked)
    }

    private func place(_ context: DeskRequestContext) throws -> (Identity, Workspace.ID, User.ID) {
        let id: Workspace.ID = try context.identifier("workspace")
        let member: User.ID = try context.identifier("member")
        return (try context.requireFreshIdentity(backTo: "/people/\(id.text)/members/\(member.text)"), id, member)
    }

    private func place(_ id: Workspace.ID) async throws -> (Workspace, agreement: Int) {
        try await parts.storage.read { session in
            guard let workspace = try session.workspaces.workspace(id) else { throw DeskError.nothingThere }
            return (workspace, try session.workspaces.agreement(of: id)?.version ?? 0)
        }
    }
}

/// What the form of a member says.
private struct GrantForm {
    /// Nil for what the role has.
    let grant: Grant?

    /// - Parameter zone: of the desk: a grant ends with the day that it names there.
    /// - Throws: `invalid_request` for a date that is none.
    init(_ form: Form, inboxes: [Inbox.ID], zone: WallClock) throws(DeskError) {
        guard form["mode"] == "own" else {
            grant = nil
            return
        }
        func isOn(_ field: String) -> Bool { form[field] == "on" }
        grant = Grant(
            actions: Set(Policy.Action.allCases.filter { $0 != .govern && isOn("action_\($0.rawValue)") }),
            inboxes: isOn("every_inbox") ? nil : Set(inboxes.filter { isOn("inbox_\($0.text)") }),
            topics: isOn("every_topic") ? nil : Set(Topic.allCases.filter { isOn("topic_\($0.rawValue)") }),
            contactClasses: Set([ContactClass.ordinary, .important].filter { isOn("class_\($0.rawValue)") }),
            isLimitedToOwn: isOn("own_only"), endsAt: try Self.end(form.optional("ends_on"), zone))
    }

    private static func end(_ text: String?, _ zone: WallClock) throws(DeskError) -> Instant? {
        guard let text else { return nil }
        guard let date = CivilDate(text) else {
            throw DeskError(.invalidRequest, message: "The last day is a date, as 2026-12-31. Nothing was changed.")
        }
        return zone.instant(date, minute: 1_440, .first)
    }
}
