import DeskCore
import DeskServices
import DeskWeb
import HTTPTypes
import Hummingbird

/// How somebody proves who they are: password, authenticator app, and the devices on which they are signed in.
struct AccountRoutes {
    let parts: ServerParts
    let answers: PageAnswers

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/settings/account", use: show)
        router.post("/settings/account/password", use: changePassword)
        router.post("/settings/account/app", use: prepareApp)
        router.post("/settings/account/app/on", use: turnAppOn)
        router.post("/settings/account/app/off", use: turnAppOff)
        router.post("/settings/account/devices/{handle}/end", use: endDevice)
        router.post("/settings/account/devices/end-others", use: endOthers)
        addIdentities(to: router)
        router.get("/sign-in/code", use: askForCode)
        router.post("/sign-in/code", use: enterCode)
        router.get("/confirm", use: askForPassword)
        router.post("/confirm", use: confirm)
    }

    // MARK: The account's page

    /// What a page shows that was not asked for from the beginning.
    struct Shown {
        var currentError: FieldProblem?
        var passwordError: FieldProblem?
        var codeIsWrong = false
        var recoveryCodes: [String] = []
        /// Of the identity provider whose form was wrong.
        var identityProblem: (provider: IdentityProvider.ID, problem: FieldProblem)?
    }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await page(request, context)
    }

    func page(
        _ request: Request, _ context: DeskRequestContext, status: HTTPResponse.Status = .ok, _ shown: Shown = Shown()
    ) async throws -> Response {
        let (user, session) = try Self.browser(context)
        let standing = try await parts.secondFactors.standing(of: user.id)
        let setup = standing.isOn || !isOwn(session) ? nil : try await parts.secondFactors.prepared(for: user.id)
        let sessions = try await parts.sessions.all(of: user.id)
        let identities = try await parts.linking.standings(of: user.id)
        let signed = try await SignedAgreements(parts.context).own(of: user)
        return try await answers.page(request, context, status: status) { page in
            AccountPage(
                email: user.email, currentError: shown.currentError.map { page.wording.fieldProblem($0) },
                passwordError: shown.passwordError.map { page.wording.fieldProblem($0) }, isAppOn: standing.isOn,
                recoveryCodesLeft: standing.recoveryCodesLeft, setup: setup.map { AccountPage.Setup($0, account: user.email) },
                codeError: shown.codeIsWrong ? page.wording.text("signInCode.wrong") : nil, recoveryCodes: shown.recoveryCodes,
                identities: identities.map { AccountPage.Identity($0, shown, page.wording) },
                devices: sessions.map { each in
                    AccountPage.Device(
                        handle: each.handle, userAgent: each.device, place: each.place, seenAt: each.lastSeenAt,
                        isThis: each.tokenDigest == session.tokenDigest, wording: page.wording)
                },
                signed: signed.map { SignedCopyPage.Link($0, under: "/agreement/\($0.workspace.id.text)", wording: page.wording) },
                wording: page.wording)
        }
    }

    @Sendable private func changePassword(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (user, session) = try Self.browser(context)
        let form = try await Form.read(request, context, limit: 65_536)
        do {
            try await ChangePassword(parts.context, passwords: parts.passwords).change(
                Secret(form["current"]), to: Secret(form["password"]), of: user, in: session)
            return .redirect(toPage: "/settings/account", done: .passwordChanged)
        } catch let error as DeskError {
            switch error.code {
            case .unauthenticated: return try await page(request, context, status: .badRequest, Shown(currentError: .passwordWrong))
            case .tooManyAttempts: return try await page(request, context, status: error.status, Shown(currentError: .signInTooOften))
            case .invalidRequest: return try await page(request, context, status: error.status, Shown(passwordError: .passwordShort))
            case .passwordTooCommon: return try await page(request, context, status: error.status, Shown(passwordError: .passwordCommon))
            default: throw error
            }
        }
    }

    // MARK: The authenticator app

    @Sendable private func prepareApp(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireFreshIdentity(backTo: "/settings/account").user
        _ = try await Form.read(request, context, limit: 65_536)
        _ = try await parts.secondFactors.prepare(for: user)
        return .redirect(toPage: "/settings/account#app")
    }

    @Sendable private func turnAppOn(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (user, session) = try Self.browser(context)
        guard isOwn(session) else { throw ConfirmationNeeded(path: "/settings/account") }
        let form = try await Form.read(request, context, limit: 65_536)
        do {
            return try await page(request, context, Shown(recoveryCodes: try await parts.secondFactors.turnOn(form["code"], for: user)))
        } catch let error as DeskError where [.unauthenticated, .tooManyAttempts].contains(error.code) {
            return try await page(request, context, status: .badRequest, Shown(codeIsWrong: true))
        }
    }

    /// Whoever vouched for somebody must not get hold of the app that is being set up: it opens what their word does not.
    private func isOwn(_ session: SignInSession) -> Bool { session.provider == nil || session.isFresh(at: parts.now) }

    @Sendable private func turnAppOff(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (user, _) = try Self.browser(context)
        let form = try await Form.read(request, context, limit: 65_536)
        do {
            try await parts.secondFactors.turnOff(Secret(form["password"]), for: user)
            return .redirect(toPage: "/settings/account", done: .appTurnedOff)
        } catch let error as DeskError where error.code == .unauthenticated {
            return try await page(request, context, status: .badRequest, Shown(currentError: .passwordWrong))
        }
    }

    // MARK: Devices

    @Sendable private func endDevice(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (user, _) = try Self.browser(context)
        _ = try await Form.read(request, context, limit: 65_536)
        try await parts.sessions.end(handle: context.parameters.get("handle") ?? "", of: user.id)
        return .redirect(toPage: "/settings/account", done: .deviceEnded)
    }

    @Sendable private func endOthers(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (user, session) = try Self.browser(context)
        _ = try await Form.read(request, context, limit: 65_536)
        try await parts.sessions.endAll(of: user.id, but: session)
        return .redirect(toPage: "/settings/account", done: .deviceEnded)
    }

    // MARK: Proving it

    @Sendable private func askForCode(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await codePage(request, context, next: URLEncoded.parse(request.uri.query ?? "")["next"] ?? "/")
    }

    private func codePage(
        _ request: Request, _ context: DeskRequestContext, status: HTTPResponse.Status = .ok, next: String, problem: String? = nil
    ) async throws -> Response {
        guard context.awaitingCode != nil else { return .redirect(toPage: "/sign-in") }
        return try await answers.page(request, context, status: status) { page in
            SignInCodePage(error: problem.map { page.wording.text($0) }, next: SignInRoutes.ownPath(next))
        }
    }

    @Sendable private func enterCode(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        guard let (user, session) = context.awaitingCode else { return .redirect(toPage: "/sign-in") }
        let form = try await Form.read(request, context, limit: 65_536)
        do {
            let token = try await parts.secondFactors.enter(form["code"], for: user, in: session)
            return SignInRoutes.entered(with: token, at: SignInRoutes.ownPath(form["next"]))
        } catch let error as DeskError where [.unauthenticated, .tooManyAttempts].contains(error.code) {
            let words = error.code == .tooManyAttempts ? "field.signInTooOften" : "signInCode.wrong"
            return try await codePage(request, context, status: error.status, next: form["next"], problem: words)
        }
    }

    @Sendable private func askForPassword(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        try await confirmPage(request, context, next: URLEncoded.parse(request.uri.query ?? "")["next"] ?? "/")
    }

    private func confirmPage(
        _ request: Request, _ context: DeskRequestContext, status: HTTPResponse.Status = .ok, next: String, problem: FieldProblem? = nil
    ) async throws -> Response {
        let (user, _) = try Self.browser(context)
        return try await answers.page(request, context, status: status) { page in
            ConfirmPage(
                email: user.email, passwordError: problem.map { page.wording.fieldProblem($0) }, next: SignInRoutes.ownPath(next))
        }
    }

    @Sendable private func confirm(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (user, session) = try Self.browser(context)
        let form = try await Form.read(request, context, limit: 65_536)
        do {
            try await parts.signIn.confirm(Secret(form["password"]), of: user)
            try await parts.sessions.confirm(session)
            return .redirect(toPage: SignInRoutes.ownPath(form["next"]))
        } catch let error as DeskError where [.unauthenticated, .tooManyAttempts].contains(error.code) {
            let problem: FieldProblem = error.code == .tooManyAttempts ? .signInTooOften : .passwordWrong
            return try await confirmPage(request, context, status: .badRequest, next: form["next"], problem: problem)
        }
    }

    /// - Throws: `unauthenticated` for whoever is at no browser.
    static func browser(_ context: DeskRequestContext) throws -> (User, SignInSession) {
        let identity = try context.requireIdentity()
        guard case .browser(let session) = identity.proof else {
            throw DeskError(.unauthenticated, message: "This page is for people at a browser: sign in with a password.")
        }
        return (identity.user, session)
    }
}
