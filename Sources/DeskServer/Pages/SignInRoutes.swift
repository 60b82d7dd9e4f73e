import DeskCore
import DeskServices
import DeskWeb
import Foundation
import HTTPTypes
import Hummingbird

/// Coming in and going out.
struct SignInRoutes {
    let parts: ServerParts
    let answers: PageAnswers

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/sign-in", use: show)
        router.post("/sign-in", use: signIn)
        router.post("/sign-out", use: signOut)
    }

    @Sendable private func show(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let next = URLEncoded.parse(request.uri.query ?? "")["next"] ?? "/"
        return try await page(request, context, next: next)
    }

    private func page(
        _ request: Request, _ context: DeskRequestContext, status: HTTPResponse.Status = .ok, email: String = "", next: String,
        problem: FieldProblem? = nil
    ) async throws -> Response {
        let providers = try await parts.providerSignIn.offered().map { IdentityProviderName(id: $0.id.text, name: $0.name) }
        return try await answers.page(request, context, status: status) { page in
            SignInPage(
                email: email, error: problem.map { page.wording.fieldProblem($0) }, next: Self.ownPath(next),
                providers: providers.map { ProviderButton($0, wording: page.wording) },
                samplePeople: parts.settings.samplePeople)
        }
    }

    @Sendable private func signIn(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let form = try await Form.read(request, context, limit: 65_536)
        do {
            let (_, token, awaitsCode) = try await parts.signIn.signIn(
                email: form["email"], password: Secret(form["password"]), from: SignInOrigin(request, context))
            let next = Self.ownPath(form["next"])
            return Self.entered(with: token, at: awaitsCode ? "/sign-in/code?next=\(PageAnswers.encoded(next))" : next)
        } catch let error as DeskError where [.unauthenticated, .tooManyAttempts].contains(error.code) {
            return try await page(
                request, context, status: error.status, email: form["email"], next: form["next"],
                problem: error.code == .tooManyAttempts ? .signInTooOften : .signInWrong)
        }
    }

    @Sendable private func signOut(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        _ = try await Form.read(request, context, limit: 65_536)
        if let cookie = request.cookies[IdentifyVisitor.sessionCookie]?.value { try await parts.sessions.end(cookie) }
        var response = Response.redirect(toPage: "/sign-in", done: .signedOut)
        response.setCookie(Cookie(IdentifyVisitor.sessionCookie, value: "", lifetime: 0))
        response.headers[.clearSiteData] = "\"cache\", \"storage\""
        return response
    }

    /// The answer to somebody who has just proved who they are.
    static func entered(with token: OpaqueToken, at path: String) -> Response {
        var response = Response.redirect(toPage: path)
        let seconds = Int(Sessions.length.wholeSeconds)
        response.setCookie(Cookie(IdentifyVisitor.sessionCookie, value: token.text.exposed(), lifetime: seconds))
        return response
    }

    /// A path on this server, whatever was asked for: nobody is led elsewhere.
    static func ownPath(_ path: String) -> String {
        let isOwn = path.hasPrefix("/") && !path.hasPrefix("//") && !path.hasPrefix("/\\")
        return isOwn && path.unicodeScalars.allSatisfy { $0.value > 32 && $0.value < 127 } ? path : "/"
    }
}

extension SignInOrigin {
    init(_ request: Request, _ context: DeskRequestContext) {
        self.init(place: context.origin ?? "unknown", device: request.headers[.userAgent] ?? "")
    }
}
