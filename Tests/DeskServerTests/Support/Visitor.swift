import DeskCore
import DeskTesting
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore

@testable import DeskServer

/// Somebody who talks to the server over HTTP.
struct Visitor: Sendable {
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let text: String
        let body: JSON

        init(_ response: TestResponse) {
            status = Int(response.status.code)
            headers = response.headers
            text = String(buffer: response.body)
            body = (try? JSON(response.body)) ?? .null
        }

        var code: String { body["code"].text }
    }

    let client: any TestClientProtocol
    /// Nil: nobody in particular.
    var token: String?
    /// Instead of the token: what a browser sends.
    var cookie: String?
    let scene: Scene

    func with(token: String?) -> Visitor { Visitor(client: client, token: token, scene: scene) }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answer { try await send(.get, path, headers: headers) }

    func post(_ path: String, _ body: [String: any Sendable] = [:], headers: HTTPFields = [:]) async throws -> Answer {
        let data = try JSONSerialization.data(withJSONObject: body)
        return try await send(
            .post, path, headers: HTTPFields.json.merging(headers), body: ByteBuffer(bytes: data))
    }

    func delete(_ path: String) async throws -> Answer { try await send(.delete, path) }

    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: ByteBuffer? = nil
    ) async throws -> Answer {
        var all = headers
        if let cookie, all[.cookie] == nil { all[.cookie] = cookie }
        if let token, all[.authorization] == nil, all[.cookie] == nil { all[.authorization] = "Bearer \(token)" }
        return try await client.execute(uri: path, method: method, headers: all, body: body) { Answer($0) }
    }

    /// A provider's call.
    /// - Parameter signature: nil sends none; by default the right one.
    func deliver(
        _ body: [UInt8], to place: Scene.Place? = nil, signedWith secret: String? = nil, unsigned: Bool = false
    ) async throws -> Answer {
        let place = place ?? scene.sur
        var headers: HTTPFields = [.contentType: "application/json"]
        if !unsigned, let name = HTTPField.Name("X-Hub-Signature-256") {
            headers[name] = WhatsAppBody.signature(of: body, secret: secret ?? place.appSecret)
        }
        return try await with(token: nil).send(
            .post, "/webhooks/\(place.inbox.id.text)", headers: headers, body: ByteBuffer(bytes: body))
    }

    /// A contact writes.
    @discardableResult
    func receive(
        _ text: String, id: String, from phone: String = "34600111222", in place: Scene.Place? = nil
    ) async throws -> Answer {
        let place = place ?? scene.sur
        let body = WhatsAppBody.texts([text], from: phone, ids: [id], to: place.inbox.account, at: scene.time.now())
        return try await deliver(body, to: place)
    }

    /// The first conversation of the queue.
    func firstConversation(state: String = "owed") async throws -> JSON {
        try await get("/api/v1/conversations?state=\(state)").body["items"][0]
    }

    /// Replies to what a conversation last said.
    func reply(
        _ text: String, to conversation: JSON, version: Int? = nil, key: String, more: [String: any Sendable] = [:]
    ) async throws -> Answer {
        let id = conversation["id"].text
        let messages = try await get("/api/v1/conversations/\(id)/messages").body["items"].list
        let inbound = messages.last { $0["direction"].text == "inbound" }?["id"].text ?? ""
        let body: [String: any Sendable] = ["text": text, "answers": inbound, "version": version ?? conversation["version"].number]
        return try await post(
            "/api/v1/conversations/\(id)/replies", body.merging(more) { $1 }, headers: [.idempotencyKey: key])
    }
}

extension HTTPFields {
    static let json: HTTPFields = [.contentType: "application/json"]

    func merging(_ other: HTTPFields) -> HTTPFields {
        other.reduce(into: self) { $0[$1.name] = $1.value }
    }
}
