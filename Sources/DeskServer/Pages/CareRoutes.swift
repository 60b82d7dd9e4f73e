import DeskCore
import DeskServices
import DeskWeb
import Hummingbird

/// What people say about what may be missing, what could not be read, and what must not be sent yet.
struct CareRoutes {
    /// In bytes; these forms carry a sentence at most.
    private static let largestForm = 65_536

    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.post("/incidents/{id}/clearing", use: clear)
        router.post("/raw-events/{id}/retry", use: retry)
        router.post("/workspaces/{id}/release", use: release)
    }

    @Sendable private func clear(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let id = try context.identifier("id", of: Incident.self)
        let form = try await Form.read(request, context, limit: Self.largestForm)
        return try await led(back: "/health") {
            _ = try await ClearIncident(parts.context).clear(id, word: form["word"], by: user)
            return .incidentCleared
        }
    }

    @Sendable private func retry(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let id = try context.identifier("id", of: RawEvent.self)
        let form = try await Form.read(request, context, limit: Self.largestForm)
        return try await led(back: "/waiting") {
            let outcome = try await RetryEvent(parts.context).retry(id, in: Workspace.ID(form["workspace"]), by: user)
            if case .quarantined = outcome { return .eventKept }
            return .eventRetried
        }
    }

    @Sendable private func release(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let user = try context.requireIdentity().user.id
        let id = try context.identifier("id", of: Workspace.self)
        let form = try await Form.read(request, context, limit: Self.largestForm)
        return try await led(back: "/health") {
            guard form["sure"] == "yes" else {
                throw DeskError(.invalidRequest, message: "Look at what may have been sent first, and say so. Nothing was changed.")
            }
            _ = try await HoldDelivery(parts.context).release(id, by: user)
            return .deliveryReleased
        }
    }

    /// What somebody forgot is said on the page that they came from.
    private func led(back path: String, _ body: () async throws -> Flash.Deed) async throws -> Response {
        do {
            return .redirect(toPage: path, done: try await body())
        } catch let error as DeskError where error.code == .invalidRequest {
            return .redirect(toPage: path, problem: error.code)
        }
    }
}
