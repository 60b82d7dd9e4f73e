import DeskCore
import DeskServices
import Foundation
import HTTPTypes
import Hummingbird

/// What operators and their machines ask: is it alive, can it work, what has it counted, whom does one tell.
struct OperationRoutes {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        router.get("/healthz") { _, _ in Response.text("ok\n") }
        router.get("/readyz") { _, _ in try await readiness() }
        router.get("/metrics") { _, _ in try await exposition() }
        router.get("/.well-known/security.txt") { _, _ in securityContact() }
        router.get("/api/openapi.json") { _, _ in try OpenAPIDocument.answer(version: parts.settings.version) }
    }

    /// - Throws: `storage_unavailable` when nothing could be stored now.
    private func readiness() async throws -> Response {
        try await parts.storage.checkReadiness()
        return Response.text("ready\n")
    }

    private func exposition() async throws -> Response {
        let text = parts.metrics.exposition + (try await Gauges(parts: parts).exposition())
        return .text(text, type: "text/plain; version=0.0.4; charset=utf-8")
    }

    /// RFC 9116.
    private func securityContact() -> Response {
        let expiry = parts.context.time.now() + .hours(24 * 180)
        let url = parts.settings.publicURL
        return .text(
            """
            Contact: \(parts.settings.securityContact ?? url + "/help")
            Expires: \(expiry.timestamp)
            Preferred-Languages: es, pt, en
            Canonical: \(url)/.well-known/security.txt

            """)
    }
}
