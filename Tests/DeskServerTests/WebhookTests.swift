import DeskCore
import DeskServices
import DeskTesting
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import DeskServer

@Suite struct WebhookTests {
    @Test func aSignedMessageIsStoredBeforeItIsAnswered() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let answer = try await visitor.receive("¿Tienen mesa?", id: "wamid.1")
            #expect(answer.status == 200)
            #expect(answer.body == .object(["status": .text("received")]))
            let conversation = try await visitor.firstConversation()
            #expect(conversation["contact"]["name"].text == "Luisa Prado")
            #expect(conversation["last_message"]["text"].text == "¿Tienen mesa?")
        }
    }

    @Test func theHandshakeReturnsTheChallengeAsItCame() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let path = "/webhooks/\(scene.sur.inbox.id.text)?hub.mode=subscribe&hub.challenge=11%2B58&hub.verify_token="
            let answer = try await visitor.get(path + Scene.verifyToken)
            #expect(answer.status == 200)
            #expect(answer.text == "11+58")
            #expect(answer.headers[.contentType] == "text/plain")
            #expect(try await visitor.get(path + "wrong").status == 403)
        }
    }

    @Test func anUnknownInboxIsNotFound() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let answer = try await visitor.send(.post, "/webhooks/nobody", body: ByteBuffer(string: "{}"))
            #expect(answer.status == 404)
            #expect(try await visitor.get("/webhooks/nobody?hub.mode=subscribe").status == 404)
        }
    }

    enum Forgery: CaseIterable { case noSignature, anotherSecret, anotherInbox, alteredBody }

    @Test(arguments: Forgery.allCases)
    func whatIsNotSignedRightIsRefusedAndNotStored(_ forgery: Forgery) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let body = WhatsAppBody.texts(["Hola"], ids: ["wamid.1"], to: scene.sur.inbox.account, at: scene.time.now())
            let answer =
                switch forgery {
                case .noSignature: try await visitor.deliver(body, unsigned: true)
                case .anotherSecret: try await visitor.deliver(body, signedWith: "guessed")
                case .anotherInbox: try await visitor.deliver(body, signedWith: Scene.otherAppSecret)
                case .alteredBody:
                    try await visitor.send(
                        .post, "/webhooks/\(scene.sur.inbox.id.text)",
                        headers: [Self.signature: WhatsAppBody.signature(of: body, secret: Scene.appSecret)],
                        body: ByteBuffer(bytes: body + [32]))
                }
            #expect(answer.status == 401)
            #expect(answer.code == "unauthenticated")
            #expect(try await scene.storedEvents() == 0)
            #expect(try await visitor.firstConversation() == .null)
        }
    }

    private static let signature = HTTPField.Name("X-Hub-Signature-256") ?? .authorization

    @Test(arguments: [65_537, 200_000])
    func anOversizedBodyIsRefused(_ size: Int) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let answer = try await visitor.deliver(Array(repeating: UInt8(ascii: " "), count: size))
            #expect(answer.status == 413)
            #expect(answer.code == "request_too_large")
            #expect(try await scene.storedEvents() == 0)
        }
    }

    static let unreadable: [(name: String, body: [UInt8])] = [
        ("empty", []),
        ("no JSON", Array("hello".utf8)),
        ("truncated", Array(#"{"object":"whatsapp_business_account","entry":[{"id":"#.utf8)),
        ("nested too deeply", Array(String(repeating: "[", count: 20_000).utf8)),
        ("invalid UTF-8", Array(#"{"object":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)),
        ("trailing bytes", Array("{}{}".utf8)),
    ]

    @Test(arguments: unreadable.indices)
    func whatIsSignedButUnreadableIsKeptForAPerson(_ index: Int) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let answer = try await visitor.deliver(Self.unreadable[index].body)
            #expect(answer.status == 200)
            #expect(try await scene.quarantined() == [Self.unreadable[index].body])
        }
    }

    @Test func oneBadEntryTakesNoOtherWithIt() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let now = String(scene.time.now().unixSeconds)
            let messages: [Any] = [
                ["from": "34600111222", "id": "wamid.1", "timestamp": now, "type": "text", "text": ["body": "first"]],
                "not a message",
                ["from": "34600111222", "id": "wamid.3", "timestamp": now, "type": "text", "text": ["body": "third"]],
            ]
            let answer = try await visitor.deliver(WhatsAppBody.value(messages: messages, to: scene.sur.inbox.account))
            #expect(answer.status == 200)
            let id = try await visitor.firstConversation()["id"].text
            let texts = try await visitor.get("/api/v1/conversations/\(id)/messages").body["items"].list.map(\.["text"].text)
            #expect(texts == ["first", "third"])
            #expect(try await scene.quarantined().count == 1)
        }
    }

    @Test func anUnknownKindIsShownAndOwed() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let message: [String: Any] = [
                "from": "34600111222", "id": "wamid.1", "timestamp": String(scene.time.now().unixSeconds), "type": "hologram",
                "hologram": ["x": 1],
            ]
            _ = try await visitor.deliver(WhatsAppBody.value(messages: [message], to: scene.sur.inbox.account))
            let conversation = try await visitor.firstConversation()
            #expect(conversation["state"].text == "owed")
            #expect(conversation["last_message"]["kind"].text == "unsupported")
        }
    }

    @Test(arguments: [0, 50_000])
    func oddTextsAreTakenWhole(_ length: Int) async throws {
        let scene = try await Scene.open()
        let text = String(repeating: "a", count: length)
        try await scene.test { visitor in
            #expect(try await visitor.receive(text, id: "wamid.1").status == 200)
            let id = try await visitor.firstConversation()["id"].text
            #expect(try await visitor.get("/api/v1/conversations/\(id)/messages").body["items"][0]["text"].text == text)
        }
    }

    @Test func aTimeInTheFutureCountsAsNow() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let future = scene.time.now() + .hours(24 * 365)
            _ = try await visitor.deliver(
                WhatsAppBody.texts(["Hola"], ids: ["wamid.1"], to: scene.sur.inbox.account, at: future))
            #expect(try await visitor.firstConversation()["owed_since"].text == scene.time.now().timestamp)
        }
    }

    @Test func aRepeatedDeliveryIsTakenOnce() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            for _ in 1...3 { #expect(try await visitor.receive("Hola", id: "wamid.1").status == 200) }
            let id = try await visitor.firstConversation()["id"].text
            #expect(try await visitor.get("/api/v1/conversations/\(id)/messages").body["items"].list.count == 1)
            #expect(try await scene.storedEvents() == 1)
        }
    }

    @Test func aStoreThatCannotCommitAsksTheProviderToComeAgain() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            scene.storage.refuse(writes: 1)
            let refused = try await visitor.receive("Hola", id: "wamid.1")
            #expect(refused.status == 503)
            #expect(refused.headers[.retryAfter] != nil)
            #expect(try await visitor.receive("Hola", id: "wamid.1").status == 200)
            #expect(try await visitor.firstConversation()["last_message"]["text"].text == "Hola")
        }
    }

    @Test func everyRefusalIsLoggedWithItsReasonAndWithoutContent() async throws {
        let log = RecordedLog()
        let scene = try await Scene.open(logger: log.logger)
        try await scene.test { visitor in
            let body = WhatsAppBody.texts(["un secreto"], ids: ["wamid.1"], to: scene.sur.inbox.account, at: scene.time.now())
            _ = try await visitor.deliver(body, unsigned: true)
            _ = try await visitor.deliver(Array(repeating: UInt8(ascii: "s"), count: 70_000))
            _ = try await visitor.get("/webhooks/\(scene.sur.inbox.id.text)")
            _ = try await visitor.get("/webhooks/nobody")
            _ = try await visitor.deliver(Array("un secreto".utf8))
            scene.storage.refuse(writes: 1)
            _ = try await visitor.deliver(body)
            let reasons = log.lines.filter { $0.message == "webhook refused" }.compactMap { $0.metadata["reason"] }
            #expect(reasons == ["signature", "size", "handshake", "unknown_inbox", "storage_unavailable"])
            #expect(log.lines.contains { $0.message == "event quarantined" })
            #expect(!log.lines.contains { "\($0)".contains("secreto") || "\($0)".contains("ssssss") })
        }
    }

    @Test func aBodyForAnotherAccountIsKeptAside() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let body = WhatsAppBody.texts(["Hola"], ids: ["wamid.1"], to: scene.norte.inbox.account, at: scene.time.now())
            let answer = try await visitor.deliver(body)
            #expect(answer.status == 200)
            #expect(try await visitor.firstConversation() == .null)
            #expect(try await scene.quarantined().count == 1)
        }
    }
}

extension Scene {
    /// The bodies that wait for a person, in the workspace of the first inbox.
    func quarantined() async throws -> [[UInt8]] {
        let owner = sur.owner.id
        return try await storage.read { session in
            let scope = try Authorization(session, at: time.now()).scope(of: owner)
            return try session.rawEvents.quarantined(scope: scope, limit: 100).map(\.body)
        }
    }

    /// How many provider calls were counted as stored.
    func storedEvents() async throws -> Int {
        ["stored", "ignored", "quarantined"].map { parts.metrics.webhooks.value([("outcome", $0)]) }.reduce(0, +)
    }
}
