import DeskCore
import DeskServices
import DeskTesting
import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import DeskServer

@Suite struct APIReplyTests {
    @Test func aReplyIsHeldThenDeliveredAndAnswersTheConversation() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("¿Abren hoy?", id: "wamid.1")
            let reply = try await visitor.reply("Sí, hasta las ocho", to: try await visitor.firstConversation(), key: "one")
            #expect(reply.status == 201)
            #expect(reply.body["status"].text == "held")
            #expect(reply.body["author"].text == scene.assistant.id.text)
            #expect(try await visitor.firstConversation()["state"].text == "owed")
            try await scene.deliver()
            #expect(scene.channels.sent.map(\.message.text) == ["Sí, hasta las ocho"])
            #expect(scene.channels.sent[0].message.recipient == ProviderIdentity(.phone, "34600111222"))
            #expect(try await visitor.firstConversation() == .null)
            #expect(try await visitor.firstConversation(state: "answered")["state"].text == "answered")
        }
    }

    @Test func aRepeatedRequestIsTheSameReply() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let conversation = try await visitor.firstConversation()
            let first = try await visitor.reply("Buenas", to: conversation, key: "one")
            let second = try await visitor.reply("Buenas", to: conversation, key: "one")
            #expect(second.status == 200)
            #expect(second.body["id"] == first.body["id"])
            let other = try await visitor.reply("Otra cosa", to: conversation, key: "one")
            #expect(other.status == 409)
            #expect(other.code == "idempotency_mismatch")
            try await scene.deliver()
            #expect(scene.channels.sent.count == 1)
            let later = try await visitor.reply("Buenas", to: conversation, key: "one")
            #expect(later.status == 200)
            #expect(later.body["status"].text == "accepted")
        }
    }

    @Test func aReplyToWhatHasChangedIsRefusedWithWhatIsNew() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let seen = try await visitor.firstConversation()
            try await visitor.receive("Mejor mañana", id: "wamid.2")
            let stale = try await visitor.reply("Vale, hoy", to: seen, key: "one")
            #expect(stale.status == 409)
            #expect(stale.code == "stale_conversation")
            #expect(stale.headers[.contentType] == "application/problem+json")
            #expect(stale.body["new_messages"].list.map(\.["text"].text) == ["Mejor mañana"])
            let again = try await visitor.reply("Vale, mañana", to: seen, version: stale.body["version"].number, key: "two")
            #expect(again.status == 201)
        }
    }

    @Test func anUndoneReplyNeverLeaves() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let conversation = try await visitor.firstConversation()
            let id = try await visitor.reply("Buenas", to: conversation, key: "one").body["id"].text
            let undone = try await visitor.delete("/api/v1/messages/\(id)/pending")
            #expect(undone.status == 200)
            #expect(undone.body["status"].text == "undone")
            #expect(try await visitor.delete("/api/v1/messages/\(id)/pending").status == 409)
            try await scene.deliver()
            #expect(scene.channels.sent.isEmpty)
            let messages = try await visitor.get("/api/v1/conversations/\(conversation["id"].text)/messages").body["items"].list
            #expect(messages.map(\.["direction"].text) == ["inbound"])
        }
    }

    @Test func whatHasLeftCannotBeUndone() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let id = try await visitor.reply("Buenas", to: try await visitor.firstConversation(), key: "one").body["id"].text
            try await scene.deliver()
            let answer = try await visitor.delete("/api/v1/messages/\(id)/pending")
            #expect(answer.status == 409)
            #expect(answer.code == "already_sent")
        }
    }

    @Test func ofAnUnknownMessageAPersonDecides() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            scene.channels.script(.unknown(reason: "The answer was cut off."))
            let id = try await visitor.reply("Buenas", to: try await visitor.firstConversation(), key: "one").body["id"].text
            try await scene.deliver()
            let path = "/api/v1/messages/\(id)"
            let retried = try await visitor.post("\(path)/retry")
            #expect(retried.status == 409)
            #expect(try await visitor.post("\(path)/resolve-unknown", ["outcome": "perhaps"]).status == 400)
            let decided = try await visitor.post("\(path)/resolve-unknown", ["outcome": "was_sent"])
            #expect(decided.body["status"].text == "accepted")
            #expect(try await visitor.post("\(path)/resolve-unknown", ["outcome": "send_again"]).status == 409)
            #expect(scene.channels.sent.count == 1)
        }
    }

    @Test func whatFailedIsReallySentAgain() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            scene.channels.script(.rejected(DeliveryFailure(.recipient, code: "131026", text: "Undeliverable")))
            let conversation = try await visitor.firstConversation()
            let id = try await visitor.reply("Buenas", to: conversation, key: "one").body["id"].text
            try await scene.deliver()
            let failed = try await visitor.get("/api/v1/conversations/\(conversation["id"].text)/messages").body["items"].list.last
            #expect(failed?["status"].text == "failed")
            #expect(failed?["failure"]["code"].text == "131026")
            #expect(try await visitor.post("/api/v1/messages/\(id)/retry").body["status"].text == "queued")
            try await scene.deliver()
            #expect(scene.channels.sent.count == 2)
        }
    }

    @Test func aFileIsSentAndCanBeFetched() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("¿El horario?", id: "wamid.1")
            let file: [String: any Sendable] = [
                "name": "../horario.pdf", "media_type": "application/pdf", "content": Data("%PDF-1.7".utf8).base64EncodedString(),
            ]
            let reply = try await visitor.reply(
                "Aquí va", to: try await visitor.firstConversation(), key: "one", more: ["attachments": [file]])
            #expect(reply.status == 201)
            let attachment = reply.body["attachments"][0]
            #expect(attachment["file_name"].text == "horario.pdf")
            #expect(attachment["state"].text == "stored")
            let fetched = try await visitor.get(attachment["url"].text)
            #expect(fetched.text == "%PDF-1.7")
            #expect(fetched.headers[.contentDisposition]?.hasPrefix("attachment;") == true)
            #expect(fetched.headers[.xContentTypeOptions] == "nosniff")
            #expect(fetched.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
            #expect(try await visitor.get("/api/v1/attachments/\(reply.body["id"].text)/1").status == 404)
            #expect(try await visitor.get("/api/v1/attachments/\(reply.body["id"].text)/-1").status == 404)
        }
    }

    struct BadReply: Sendable, CustomTestStringConvertible {
        let change: [String: any Sendable]
        let status: Int
        let code: String
        var testDescription: String { "\(code) \(change.keys.sorted())" }
    }

    static let badReplies = [
        BadReply(change: ["text": ""], status: 422, code: "empty_reply"),
        BadReply(change: ["text": "  \n "], status: 422, code: "empty_reply"),
        BadReply(change: ["text": String(repeating: "a", count: 100_000)], status: 422, code: "reply_too_long"),
        BadReply(change: ["text": 7], status: 400, code: "invalid_request"),
        BadReply(change: ["version": "seven"], status: 400, code: "invalid_request"),
        BadReply(change: ["answers": "nobody"], status: 400, code: "invalid_request"),
        BadReply(change: ["answers": NSNull()], status: 400, code: "invalid_request"),
        BadReply(change: ["commitment": ["text": "Mañana", "due_at": "2020-11-30T10:00:00Z"]], status: 422, code: "commitment_refused"),
        BadReply(
            change: ["attachments": [["name": "a", "media_type": "image/png", "content": "%"]]], status: 400, code: "invalid_request"),
        BadReply(change: ["attachments": [["name": "a", "media_type": "image/png", "content": ""]]], status: 400, code: "invalid_request"),
        BadReply(
            change: ["attachments": [["name": "a", "media_type": "application/x-thing", "content": "AAAA"]]], status: 422,
            code: "attachment_not_allowed"),
    ]

    @Test(arguments: badReplies)
    func aBadReplyIsRefusedAndNothingIsSent(_ bad: BadReply) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let answer = try await visitor.reply("Buenas", to: try await visitor.firstConversation(), key: "one", more: bad.change)
            #expect(answer.status == bad.status)
            #expect(answer.code == bad.code)
            try await scene.deliver()
            #expect(scene.channels.sent.isEmpty)
        }
    }

    @Test func aReplyAfterTheWindowIsRefused() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let conversation = try await visitor.firstConversation()
            scene.time.advance(by: .hours(25))
            let token = try await scene.token(of: scene.assistant, limitedTo: nil)
            let late = try await visitor.with(token: token).reply("Buenas", to: conversation, key: "one")
            #expect(late.status == 422)
            #expect(late.code == "reply_window_closed")
        }
    }

    @Test func withoutAKeyNothingIsSent() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let conversation = try await visitor.firstConversation()
            let path = "/api/v1/conversations/\(conversation["id"].text)/replies"
            let answer = try await visitor.post(path, ["text": "Buenas", "answers": "x", "version": 1])
            #expect(answer.status == 400)
            #expect(answer.body["detail"].text.contains("Idempotency-Key"))
        }
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", ""])
    func onlyJSONIsTaken(_ type: String) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let id = try await visitor.firstConversation()["id"].text
            let answer = try await visitor.send(
                .post, "/api/v1/conversations/\(id)/notes", headers: [.contentType: type], body: ByteBuffer(string: #"{"text":"x"}"#))
            #expect(answer.status == 415)
            #expect(answer.code == "unsupported_media_type")
        }
    }

    static let badBodies = [
        "", "{", "[]", "null", #"{"text":}"#, String(repeating: "[", count: 100_000), #"{"txt":"x"}"#,
    ]

    @Test(arguments: badBodies.indices)
    func aBodyThatCannotBeReadIsRefusedInWords(_ index: Int) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let id = try await visitor.firstConversation()["id"].text
            let answer = try await visitor.send(
                .post, "/api/v1/conversations/\(id)/notes", headers: .json, body: ByteBuffer(string: Self.badBodies[index]))
            #expect(answer.status == 400)
            #expect(answer.code == "invalid_request")
        }
    }

    @Test func anOversizedBodyIsRefused() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let id = try await visitor.firstConversation()["id"].text
            let answer = try await visitor.post(
                "/api/v1/conversations/\(id)/notes", ["text": String(repeating: "a", count: 1_100_000)])
            #expect(answer.status == 413)
        }
    }
}

extension Scene {
    /// Lets the undo time pass, and delivers what is due.
    func deliver() async throws {
        time.advance(by: .seconds(6))
        await DeliverReplies(context, doorbell: Doorbell()).deliverDue()
    }
}
