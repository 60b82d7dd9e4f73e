import DeskCore
import DeskServices
import DeskTesting
import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import DeskServer

@Suite struct ReactionAndQuoteTests {
    @Test func aReactionIsPutAndTakenAwayByTheInterface() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let message = try await visitor.firstMessage()
            let path = "/api/v1/messages/\(message["id"].text)/reaction"

            let put = try await visitor.put(path, #"{"emoji":"👍"}"#)
            #expect(put.status == 200)
            #expect(put.body["reactions"][0]["emoji"].text == "👍")
            #expect(put.body["reactions"][0]["author"].text == "us")
            #expect(put.body["reactions"][0]["status"].text == "accepted")
            #expect(try await visitor.firstConversation()["state"].text == "owed")

            let removed = try await visitor.delete(path)
            #expect(removed.status == 200)
            #expect(removed.body["reactions"].list.isEmpty)
            #expect(scene.channels.reactions.map(\.emoji) == ["👍", nil])
            #expect(try await visitor.delete(path).code == "reaction_not_possible")
        }
    }

    @Test(arguments: [(#"{"emoji":"no"}"#, 422, "not_an_emoji"), (#"{}"#, 400, "invalid_request")])
    func whatIsNoEmojiIsRefused(body: String, status: Int, code: String) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let message = try await visitor.firstMessage()
            let answer = try await visitor.put("/api/v1/messages/\(message["id"].text)/reaction", body)
            #expect(answer.status == status)
            #expect(answer.code == code)
            #expect(scene.channels.reactions.isEmpty)
        }
    }

    @Test func strangersCantReact() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let path = "/api/v1/messages/\(try await visitor.firstMessage()["id"].text)/reaction"
            #expect(try await visitor.with(token: scene.norte.ownerToken).put(path, #"{"emoji":"👍"}"#).status == 404)
            #expect(try await visitor.with(token: scene.newcomerToken).put(path, #"{"emoji":"👍"}"#).code == "agreement_required")
            let limited = try await scene.token(of: scene.assistant, limitedTo: scene.norte.workspace.id)
            #expect(try await visitor.with(token: limited).put(path, #"{"emoji":"👍"}"#).status == 404)
        }
    }

    @Test func aReplyQuotesAMessageOfItsConversationOnly() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let message = try await visitor.firstMessage()
            let conversation = try await visitor.firstConversation()
            let refused = try await visitor.reply("Sí", to: conversation, key: "one", more: ["quote": "nowhere"])
            #expect(refused.status == 422)
            #expect(refused.code == "quote_not_possible")

            let reply = try await visitor.reply("Sí", to: conversation, key: "one", more: ["quote": message["id"].text])
            #expect(reply.status == 201)
            try await scene.deliver()
            #expect(scene.channels.sent.map(\.message.quotedProviderID) == ["wamid.1"])
        }
    }

    @Test func aHandshakeIsRecordedAtOnce() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let path = "/webhooks/\(scene.sur.inbox.id.text)?hub.mode=subscribe&hub.challenge=42&hub.verify_token="
            let refused = try await visitor.with(token: nil).get(path + "wrong")
            #expect(refused.status == 403)
            #expect(try await scene.storage.read { try $0.inboxes.lastSignsOfLife() }[scene.sur.inbox.id] == nil)

            #expect(try await visitor.with(token: nil).get(path + Scene.verifyToken).text == "42")
            #expect(try await scene.storage.read { try $0.inboxes.lastSignsOfLife() }[scene.sur.inbox.id] == scene.time.now())
        }
    }
}

extension Visitor {
    fileprivate func firstMessage() async throws -> JSON {
        try await receive("¿Abren hoy?", id: "wamid.1")
        let conversation = try await firstConversation()
        return try await get("/api/v1/conversations/\(conversation["id"].text)/messages").body["items"][0]
    }

    fileprivate func put(_ path: String, _ body: String) async throws -> Answer {
        try await send(.put, path, headers: .json, body: ByteBuffer(string: body))
    }
}
