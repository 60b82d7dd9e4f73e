import ChannelKit
import DeskCore
import DeskServices
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Where providers call us. Nothing of a request is parsed before its signature is known to be right, and it is answered with 200
/// only after it is durably stored.
struct WebhookRoutes {
    let parts: ServerParts

    func add(to router: some RouterMethods<DeskRequestContext>) {
        let desk = WebhookDesk(parts: parts)
        router.get("/webhooks/:inbox") { request, context in try await desk.shakeHands(request, context) }
        router.post("/webhooks/:inbox") { request, context in try await desk.take(request, context) }
    }
}

/// Takes providers' calls in.
private struct WebhookDesk: Sendable {
    private static let nothingThere = DeskError(.notFound, message: "There is no inbox under this address. Nothing was stored.")

    private let parts: ServerParts
    private let connections: ConnectionCache
    private let receive: Receive

    init(parts: ServerParts) {
        self.parts = parts
        connections = ConnectionCache(storage: parts.storage, time: parts.context.time)
        receive = Receive(parts.context, projecting: parts.projectionBell)
    }

    func shakeHands(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let door = try await door(of: context)
        let query = URLEncoded.pairs(request.uri.query ?? "")
        guard let answer = door.adapter.answerHandshake(query: query, account: door.account) else {
            refuse(.handshake, of: door.inbox, context)
            throw DeskError(.forbidden, message: "The verify token is not this inbox's, or the handshake is incomplete.")
        }
        try await receive.shakeHands(with: door.inbox)
        return .text(answer, type: "text/plain")
    }

    func take(_ request: Request, _ context: DeskRequestContext) async throws -> Response {
        let door = try await door(of: context)
        let body = try await body(of: request, at: door, context)
        guard door.adapter.isAuthentic(body: body, header: { request.headers.value(of: $0) }, account: door.account) else {
            refuse(.signature, of: door.inbox, context)
            throw DeskError(.unauthenticated, message: "The signature is missing, or is not right for this body. Nothing was stored.")
        }
        try await store(body, at: door, context)
        return try Response.json(["status": "received"])
    }

    private func store(_ body: [UInt8], at door: Door, _ context: DeskRequestContext) async throws {
        do {
            count(try await receive.receive(body: body, inbox: door.inbox))
        } catch {
            refuse(.storage, of: door.inbox, context)
            throw error
        }
    }

    private func body(of request: Request, at door: Door, _ context: DeskRequestContext) async throws -> [UInt8] {
        do {
            return Array(buffer: try await request.bytes(upTo: parts.settings.maximumWebhookBytes))
        } catch let error as DeskError where error.code == .requestTooLarge {
            refuse(.size, of: door.inbox, context)
            throw error
        }
    }

    /// An inbox, with who speaks its provider's language.
    private struct Door {
        let inbox: Inbox
        let account: ChannelAccount
        let adapter: any WebhookReceiving
    }

    /// - Throws: `not_found` for no inbox, and for one whose provider doesn't call.
    private func door(of context: DeskRequestContext) async throws -> Door {
        let id = try context.identifier("inbox", of: Inbox.self)
        guard let connection = try await connections.connection(of: id),
            let adapter = parts.adapters[connection.inbox.channel] as? any WebhookReceiving
        else {
            refuse(.unknownInbox, of: nil, context)
            throw Self.nothingThere
        }
        let account = ChannelAccount(
            channel: connection.inbox.channel, settings: connection.settings, secrets: connection.secrets)
        return Door(inbox: connection.inbox, account: account, adapter: adapter)
    }

    private enum Refusal: String {
        case handshake, signature, size
        case unknownInbox = "unknown_inbox"
        case storage = "storage_unavailable"
    }

    private func refuse(_ refusal: Refusal, of inbox: Inbox?, _ context: DeskRequestContext) {
        parts.metrics.webhooks.increment([("outcome", "refused_\(refusal.rawValue)")])
        context.logger.warning(
            "webhook refused",
            metadata: ["reason": "\(refusal.rawValue)", "inbox": "\(inbox?.id.text ?? "none")", "origin": "\(context.origin ?? "unknown")"])
    }

    private func count(_ receipt: Receive.Receipt) {
        parts.metrics.webhooks.increment([("outcome", receipt.isRepetition ? "repeated" : receipt.outcome.word)])
    }
}

extension RawEventOutcome {
    /// One word for logs and counters.
    var word: String {
        switch self {
        case .pending: "stored_first"
        case .projected: "stored"
        case .ignored: "ignored"
        case .quarantined: "quarantined"
        }
    }
}

extension HTTPFields {
    /// A header by its name in any case; several of one name as one list (RFC 9110 section 5.3).
    func value(of name: String) -> String? { HTTPField.Name(name).flatMap { self[$0] } }
}
