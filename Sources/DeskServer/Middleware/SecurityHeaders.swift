import DeskCore
import DeskServices
import HTTPTypes
import Hummingbird

/// What every answer says to browsers about what they may do with it.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = DeskRequestContext

    let chance: any ChanceSource

    func handle(
        _ request: Request, context: DeskRequestContext, next: (Request, DeskRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.nonce = chance.bytes(16).hexadecimal
        var response = try await next(request, context)
        set(.contentSecurityPolicy, Self.policy(nonce: context.nonce), on: &response)
        set(.xContentTypeOptions, "nosniff", on: &response)
        set(.referrerPolicy, "no-referrer", on: &response)
        set(.permissionsPolicy, "geolocation=(), microphone=(), camera=(self), interest-cohort=()", on: &response)
        set(.crossOriginOpenerPolicy, "same-origin", on: &response)
        set(.crossOriginResourcePolicy, "same-origin", on: &response)
        set(.strictTransportSecurity, "max-age=31536000", on: &response)
        return response
    }

    /// An answer that is stricter about itself stays so.
    private func set(_ name: HTTPField.Name, _ value: String, on response: inout Response) {
        if response.headers[name] == nil { response.headers[name] = value }
    }

    private static func policy(nonce: String) -> String {
        [
            "default-src 'none'", "script-src 'nonce-\(nonce)' 'strict-dynamic'", "style-src 'self'", "img-src 'self' data: blob:",
            "media-src 'self' blob:", "connect-src 'self'", "frame-src 'self'", "form-action 'self'", "frame-ancestors 'none'",
            "base-uri 'none'",
            "manifest-src 'self'", "require-trusted-types-for 'script'", "trusted-types contesta",
        ].joined(separator: "; ")
    }
}

extension HTTPField.Name {
    static let referrerPolicy = constant("Referrer-Policy")
    static let permissionsPolicy = constant("Permissions-Policy")
    static let crossOriginOpenerPolicy = constant("Cross-Origin-Opener-Policy")
    static let crossOriginResourcePolicy = constant("Cross-Origin-Resource-Policy")
    static let clearSiteData = constant("Clear-Site-Data")
    static let refresh = constant("Refresh")
    static let secFetchSite = constant("Sec-Fetch-Site")
    static let idempotencyKey = constant("Idempotency-Key")
    static let csrfToken = constant("X-CSRF-Token")
    static let xForwardedFor = constant("X-Forwarded-For")
    static let lastEventID = constant("Last-Event-ID")
    static let accelBuffering = constant("X-Accel-Buffering")

    /// A name that is known to be well formed.
    private static func constant(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .from }
}
