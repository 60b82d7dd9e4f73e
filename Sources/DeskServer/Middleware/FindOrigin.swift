import HTTPTypes
import Hummingbird

/// Finds out from which network address a request came, through the proxies that are trusted.
struct FindOrigin: RouterMiddleware {
    typealias Context = DeskRequestContext

    let proxies: TrustedProxies

    func handle(
        _ request: Request, context: DeskRequestContext, next: (Request, DeskRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.origin = context.remoteAddress?.ipAddress.map { peer in
            proxies.client(of: peer, forwarded: request.headers[values: .xForwardedFor])
        }
        return try await next(request, context)
    }
}
