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
    let sessions: Sessions
    let time: any TimeSource
    let chance: any ChanceSource
    /// The address under which people reach the desk.
    let publicURL: String

    func handle(
        _ request: Request, context: DeskRequestContext, next: (Request, DeskRequestContext) async throws -> Response
    ) async throws -> Response {
        guard !request.uri.path.hasPrefix(Self.providersPath) else { return try await next(request, context) }
        try refuseForeign(request)
        var context = context
        try await identify(request, &context)
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
        let isOurs =
            if let site = request.headers[.secFetchSite] { ["same-origin", "none"].contains(site) } else { isOwn(request.headers[.origin]) }
        guard isOurs else {
            throw DeskError(.forbidden, message: "Another site made this browser send the request. Nothing was changed.")
        }
    }

    /// For browsers that don't say where a request began: their `Origin` must be this desk's. Programs send none.
    private func isOwn(_ origin: String?) -> Bool { origin.map { $0 == publicURL } ?? true }

    private func identify(_ request: Request, _ context: inout DeskRequestContext) async throws {
        guard request.headers[.authorization] == nil, let cookie = request.cookies[Self.sessionCookie]?.value else {
            context.identity = try await program(behind: request)
            return
        }
        guard let (user, session) = try await sessions.session(cookie) else { return }
        if session.awaitsCode {
            context.awaitingCode = (user, session)
        } else {
            context.identity = Identity(user: user, proof: .browser(session), askedAt: time.now())
        }
    }

    private func program(behind request: Request) async throws -> Identity? {
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer ") else { return nil }
        let token = header.dropFirst("bearer ".count).trimmingPrefix { $0 == " " }
        return try await signIn.bearer(String(token)).map { Identity(user: $0.user, proof: .bearer($0.token), askedAt: time.now()) }
    }
}

extension Cookie {
    /// A cookie that only this host sets and reads (`__Host-`, RFC 6265bis section 4.1.3.2), and no script sees.
    /// - Parameter lifetime: in seconds; nil for as long as the browser is open, 0 to remove it.
    init(_ name: String, value: String, lifetime: Int? = nil) {
        self.init(name: name, value: value, maxAge: lifetime, path: "/", secure: true, httpOnly: true, sameSite: .lax)
    }
}
