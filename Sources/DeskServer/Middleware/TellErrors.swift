import DeskCore
import DeskWeb
import HTTPTypes
import Hummingbird
import Logging

/// Turns what was thrown into an answer: a page for people, a problem document for programs. Bodies and secrets stay out of the log.
struct TellErrors: RouterMiddleware {
    typealias Context = DeskRequestContext

    let pages: PageAnswers

    func handle(
        _ request: Request, context: DeskRequestContext, next: (Request, DeskRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let needed as ConfirmationNeeded {
            return .redirect(toPage: "/confirm?next=\(PageAnswers.encoded(needed.path))")
        } catch {
            let error = DeskError.of(error)
            log(error, request, context)
            return try await answer(error, request, context)
        }
    }

    private func log(_ error: DeskError, _ request: Request, _ context: DeskRequestContext) {
        let metadata: Logger.Metadata = [
            "code": "\(error.code.rawValue)", "method": "\(request.method)", "route": "\(context.endpointPath ?? request.uri.path)",
            "status": "\(error.status.code)", "user": "\(context.identity?.user.id.text ?? "nobody")",
            "origin": "\(context.origin ?? "unknown")",
        ]
        guard error.status.kind == .serverError else { return context.logger.notice("request refused", metadata: metadata) }
        context.logger.error("request failed", metadata: metadata.merging(["error": "\(error.message)"]) { first, _ in first })
    }

    private func answer(_ error: DeskError, _ request: Request, _ context: DeskRequestContext) async throws -> Response {
        var response: Response
        if Self.isForPrograms(request) {
            response = try Response.json(Problem(error), status: error.status, type: "application/problem+json")
            if error.code == .unauthenticated { response.headers[.wwwAuthenticate] = "Bearer" }
        } else if error.code == .unauthenticated, request.method == .get {
            response = .redirect(toPage: "/sign-in?next=\(PageAnswers.encoded(request.uri.description))")
        } else {
            response = try await pages.error(error, request, context)
        }
        if error.isTransient { response.headers[.retryAfter] = "2" }
        return response
    }

    private static func isForPrograms(_ request: Request) -> Bool {
        let path = request.uri.path
        if ["/api/", "/webhooks/", "/readyz", "/metrics"].contains(where: path.hasPrefix) { return true }
        let accepted = request.headers[.accept] ?? ""
        return ["application/json", "text/event-stream"].contains(where: accepted.contains) && !accepted.contains("text/html")
    }
}
