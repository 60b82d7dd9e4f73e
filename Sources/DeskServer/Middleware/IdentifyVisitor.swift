import DeskCore
import DeskServices
import HTTPTypes
import Hummingbird

/// Finds out who sends a request: by the session cookie, or by a bearer token. Refuses what another site makes a browser send.
struct IdentifyVisitor: RouterMiddleware {
    typealias Context = DeskRequestContext

    static let sessionCookie = "__Host-contesta"
    static let visitCookie = "__Host-contesta-visit"
    /// Providers are no visitors: they sign each request.
    private static let providersPath = "/webhooks/"

    let signIn: SignIn
    let chance: any ChanceSource

    func handle(
        _ request: Request, context: DeskRequestContext, next: (Request, DeskRequestContext) async throws -> Response
    ) async throws -> Response {
        guard !request.uri.path.hasPrefix(Self.providersPath) else { return try await next(request, context) }
        try refuseForeign(request)
        var context = context
        context.identity = try await identity(of: request)
        let known = request.cookies[Self.visitCookie]?.value
        context.visitToken = known.flatMap { OpaqueToken.digest(of: $0) == nil ? nil : $0 } ?? chance.bytes(32).hexadecimal
        var response = try await next(request, context)
        if context.identity == nil, known != context.visitToken, response.headers[.contentType]?.hasPrefix("text/html") ?? false {
            response.setCookie(Cookie(Self.visitCookie, value: context.visitToken))
        }
        return response
    }

    /// Reading changes nothing here, so only what could change something is looked at (Fetch Metadata, W3C).
    private func refuseForeign(_ request: Request) throws(DeskError) {
        guard request.method != .get, request.method != .head else { return }
        guard ["same-origin", "none"].contains(request.headers[.secFetchSite] ?? "none") else {
            throw DeskError(.forbidden, message: "Another site made this browser send the request. Nothing was changed.")
        }
    }

    private func identity(of request: Request) async throws -> Identity? {
        if let header = request.headers[.authorization] {
            guard header.lowercased().hasPrefix("bearer ") else { return nil }
            let token = header.dropFirst("bearer ".count).trimmingPrefix { $0 == " " }
            return try await signIn.bearer(String(token)).map { Identity(user: $0.user, proof: .bearer($0.token)) }
        }
        guard let cookie = request.cookies[Self.sessionCookie]?.value else { return nil }
        return try await signIn.session(cookie).map { Identity(user: $0.user, proof: .browser($0.session)) }
    }
}

extension Cookie {
    /// A cookie that only this host sets and reads (`__Host-`, RFC 6265bis section 4.1.3.2), and no script sees.
    /// - Parameter lifetime: in seconds; nil for as long as the browser is open, 0 to remove it.
    init(_ name: String, value: String, lifetime: Int? = nil) {
        self.init(name: name, value: value, maxAge: lifetime, path: "/", secure: true, httpOnly: true, sameSite: .lax)
    }
}
