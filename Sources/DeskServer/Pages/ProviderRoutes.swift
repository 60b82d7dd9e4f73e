import DeskCore
import DeskServices
import DeskWeb
import HTTPTypes
import Hummingbird

/// To an identity provider and back.
struct ProviderRoutes {
    /// Ties the way there and back to one browser. `SameSite=Lax`, so that it comes along with the provider's redirect.
    static let cookie = "__Host-contesta-departure"

    let parts: ServerParts
    let answers: PageAnswers

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.post("/sign-in/with/{provider}", use: setOut)
        router.get(RouterPath(SignInWithProvider.returnPath), use: comeBack)
    }

    @Sendable private func setOut(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let form = try await Form.read(request, context, limit: 65_536)
        do {
            let departure = try await parts.providerSignIn.begin(
                at: try context.identifier("provider"), from: SignInOrigin(request, context),
                browser: request.cookies[Self.cookie]?.value, next: SignInRoutes.ownPath(form["next"]))
            return try await leave(departure, request, context)
        } catch let error as DeskError {
            return try await refused(error, request, context)
        }
    }

    /// A page and not a redirect: `form-action` keeps forms from leading to other sites, and stays as strict as it is.
    func leave(_ departure: Departure, _ request: Request, _ context: DeskRequestContext) async throws -> Response {
        var response = try await answers.page(request, context) { page in
            LeavingPage(providerName: departure.provider.name, address: departure.address, wording: page.wording)
        }
        response.headers[.refresh] = "0; url=\(departure.address)"
        response.setCookie(
            Cookie(Self.cookie, value: departure.browser.exposed(), lifetime: Int(SignInWithProvider.journeyLength.wholeSeconds)))
        return response
    }

    @Sendable private func comeBack(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        do {
            let outcome = try await parts.providerSignIn.end(
                ProviderAnswer(URLEncoded.parse(request.uri.query ?? "")), browser: request.cookies[Self.cookie]?.value,
                in: session(context), from: SignInOrigin(request, context))
            return arrived(outcome)
        } catch let error as DeskError {
            return try await refused(error, request, context)
        }
    }

    private func session(_ context: DeskRequestContext) -> SignInSession? {
        guard case .browser(let session)? = context.identity?.proof else { return nil }
        return session
    }

    private func arrived(_ outcome: SignInWithProvider.Outcome) -> Response {
        var response =
            switch outcome {
            case .entered(let token, let awaitsCode, let next):
                SignInRoutes.entered(with: token, at: awaitsCode ? "/sign-in/code?next=\(PageAnswers.encoded(next))" : next)
            case .linked: Response.redirect(toPage: "/settings/account", done: .identityLinked)
            }
        response.setCookie(Cookie(Self.cookie, value: "", lifetime: 0))
        return response
    }

    /// A page that says what happened and what to do; whatever else went wrong is told as everywhere.
    func refused(_ error: DeskError, _ request: Request, _ context: DeskRequestContext) async throws -> Response {
        guard let reason = ProviderRefusalPage.Reason(error.code) else { throw error }
        return try await answers.page(request, context, status: error.status) { page in
            ProviderRefusalPage(reason, isSignedIn: context.identity != nil, wording: page.wording)
        }
    }
}

extension ProviderAnswer {
    fileprivate init(_ query: [String: String]) {
        self.init(
            state: query["state"] ?? "", code: query["code"].map { Secret($0) }, error: query["error"], issuer: query["iss"])
    }
}

extension ProviderRefusalPage.Reason {
    fileprivate init?(_ code: DeskError.Code) {
        switch code {
        case .signInExpired: self = .expired
        case .signInCancelled: self = .cancelled
        case .providerUnavailable: self = .unavailable
        case .identityRefused: self = .refused
        case .identityNotLinked: self = .notLinked
        case .identityTaken: self = .taken
        case .passwordNeeded: self = .passwordNeeded
        case .tooManyAttempts: self = .tooOften
        default: return nil
        }
    }
}
