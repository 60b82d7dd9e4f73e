import DeskCore
import DeskServices
import DeskTesting
import Testing

@testable import DeskServer

@Suite struct TendingTests {
    @Test func noReplyNeededClosesWithAReason() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("👍", id: "wamid.1")
            let path = "/api/v1/conversations/\(try await visitor.firstConversation()["id"].text)/no-reply-needed"
            #expect(try await visitor.post(path, ["reason": " "]).status == 400)
            #expect(try await visitor.post(path, ["reason": "Gracias", "version": 99]).code == "stale_conversation")
            let closed = try await visitor.post(path, ["reason": "Gracias"])
            #expect(closed.status == 200)
            #expect(closed.body["state"].text == "closed")
            #expect(closed.body["owed_since"] == .null)
            #expect(try await visitor.post(path, ["reason": "Gracias"]).status == 400)
        }
    }

    @Test func snoozingKeepsWhatIsOwed() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let path = "/api/v1/conversations/\(try await visitor.firstConversation()["id"].text)/snooze"
            let until = (scene.time.now() + .hours(2)).timestamp
            let snoozed = try await visitor.post(path, ["until": until])
            #expect(snoozed.body["snoozed_until"].text == until)
            #expect(snoozed.body["state"].text == "owed")
            #expect(try await visitor.post(path, ["until": "soon"]).status == 400)
            #expect(try await visitor.post(path, ["until": (scene.time.now() - .hours(2)).timestamp]).status == 400)
            #expect(try await visitor.post(path).status == 400)
        }
    }

    @Test func aNoteIsWrittenAndNeverLeaves() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let id = try await visitor.firstConversation()["id"].text
            let note = try await visitor.post("/api/v1/conversations/\(id)/notes", ["text": "Es cliente nuevo"])
            #expect(note.status == 201)
            #expect(note.body["direction"].text == "note")
            #expect(note.body["author"].text == scene.assistant.id.text)
            #expect(try await visitor.post("/api/v1/conversations/\(id)/notes", ["text": " "]).status == 400)
            try await scene.deliver()
            #expect(scene.channels.sent.isEmpty)
        }
    }

    @Test func assigningNeedsSomebodyWhoMayAnswer() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let path = "/api/v1/conversations/\(try await visitor.firstConversation()["id"].text)/assign"
            for user in [scene.newcomer.id.text, scene.norte.owner.id.text, "nobody"] {
                #expect(try await visitor.post(path, ["assignee": user]).status == 400)
            }
            #expect(try await visitor.post(path).status == 400)
            #expect(try await visitor.post(path, ["assignee": "me"]).body["assignee"].text == scene.assistant.id.text)
        }
    }

    @Test func handingOverIsNotPossibleYetAndSaysSo() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("La factura", id: "wamid.1")
            let id = try await visitor.firstConversation()["id"].text
            let answer = try await visitor.post("/api/v1/conversations/\(id)/handover", ["role": "finance", "note": ""])
            #expect(answer.status == 422)
            #expect(answer.code == "not_supported")
        }
    }
}
