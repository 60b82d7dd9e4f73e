import DeskCore
import DeskServices
import DeskWeb
import HTTPTypes
import Hummingbird

/// Identities with which somebody signs in besides their password.
extension AccountRoutes {
    func addIdentities(to router: some RouterMethods<DeskRequestContext>) {
        router.post("/settings/account/identities/{provider}", use: link)
        router.post("/settings/account/identities/{provider}/removal", use: unlink)
    }

    @Sendable private func link(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (user, session) = try Self.browser(context)
        let form = try await Form.read(request, context, limit: 65_536)
        let provider: IdentityProvider.ID = try context.identifier("provider")
        do {
            let departure = try await parts.linking.begin(
                at: provider, password: Secret(form["password"]), user: user, in: session, from: SignInOrigin(request, context),
                browser: request.cookies[ProviderRoutes.cookie]?.value)
            return try await ProviderRoutes(parts: parts, answers: answers).leave(departure, request, context)
        } catch let error as DeskError {
            return try await refused(error, provider, request, context)
        }
    }

    @Sendable private func unlink(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let (user, session) = try Self.browser(context)
        let form = try await Form.read(request, context, limit: 65_536)
        let provider: IdentityProvider.ID = try context.identifier("provider")
        do {
            try await parts.linking.unlink(provider, password: Secret(form["password"]), user: user)
            return .redirect(toPage: session.provider == provider ? "/sign-in" : "/settings/account", done: .identityUnlinked)
        } catch let error as DeskError {
            return try await refused(error, provider, request, context)
        }
    }

    private func refused(
        _ error: DeskError, _ provider: IdentityProvider.ID, _ request: Request, _ context: DeskRequestContext
    ) async throws -> Response {
        switch error.code {
        case .unauthenticated:
            try await page(request, context, status: .badRequest, Shown(identityProblem: (provider, .passwordWrong)))
        case .tooManyAttempts:
            try await page(request, context, status: error.status, Shown(identityProblem: (provider, .signInTooOften)))
        default: try await ProviderRoutes(parts: parts, answers: answers).refused(error, request, context)
        }
    }
}

extension AccountPage.Identity {
    init(_ standing: LinkIdentity.Standing, _ shown: AccountRoutes.Shown, _ wording: Wording) {
        let problem = shown.identityProblem.flatMap { $0.provider == standing.provider.id ? $0.problem : nil }
        self.init(
            IdentityProviderName(id: standing.provider.id.text, name: standing.provider.name), linkedAt: standing.linkedAt,
            problem: problem, wording: wording)
    }
}
