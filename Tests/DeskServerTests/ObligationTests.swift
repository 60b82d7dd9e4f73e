import DeskCore
import DeskServices
import DeskTesting
import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import DeskServer

/// Deadlines, promises, and what is late, as programs and people get them.
@Suite struct ObligationTests {
    @Test func aCommitmentIsOwedWithItsOwnTimeUntilAReplyKeepsIt() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("¿Tienen la factura?", id: "wamid.1")
            let due = (scene.time.now() + .hours(20)).timestamp
            let asked = try await visitor.firstConversation()
            let promise: [String: any Sendable] = ["commitment": ["text": "Mandar la factura", "due_at": due]]
            #expect(try await visitor.reply("Mañana la mando", to: asked, key: "one", more: promise).status == 201)
            try await scene.deliver()
            let promised = try await visitor.firstConversation()
            #expect(promised["state"].text == "owed")
            #expect(promised["due_at"].text == due)
            #expect(promised["commitments"][0]["text"].text == "Mandar la factura")
            #expect(try await visitor.firstConversation(state: "promised")["id"] == promised["id"])

            try await visitor.receive("¿Y?", id: "wamid.2")
            let again = try await visitor.firstConversation(state: "promised")
            let kept = ["keeps": [promised["commitments"][0]["id"].text]]
            #expect(try await visitor.reply("Aquí está", to: again, key: "two", more: kept).status == 201)
            try await scene.deliver()
            let done = try await visitor.firstConversation(state: "answered")
            #expect(done["commitments"].list.isEmpty)
            #expect(done["due_at"] == .null)
        }
    }

    @Test(arguments: [
        (["text": "Luego", "due_at": "mañana"], 400, "invalid_request"),
        (["text": " ", "due_at": "2027-01-01T10:00:00Z"], 422, "commitment_refused"),
        (["text": "Luego", "due_at": "2020-01-01T10:00:00Z"], 422, "commitment_refused"),
    ])
    func aPromiseThatCannotBeKeptIsRefusedAndNothingIsSent(commitment: [String: String], status: Int, code: String) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let conversation = try await visitor.firstConversation()
            let answer = try await visitor.reply("Sí", to: conversation, key: "one", more: ["commitment": commitment])
            #expect(answer.status == status)
            #expect(answer.code == code)
            try await scene.deliver()
            #expect(scene.channels.sent.isEmpty)
        }
    }

    @Test func aPersonsWordEndsACommitmentOnceAndWantsAReason() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let due = (scene.time.now() + .hours(2)).timestamp
            let promise: [String: any Sendable] = ["commitment": ["text": "Llamar", "due_at": due]]
            _ = try await visitor.reply("Llamo", to: try await visitor.firstConversation(), key: "one", more: promise)
            try await scene.deliver()
            let id = try await visitor.firstConversation()["commitments"][0]["id"].text
            let path = "/api/v1/commitments/\(id)/settlement"
            #expect(try await visitor.post(path, ["reason": "…"]).status == 400)
            #expect(try await visitor.with(token: scene.norte.ownerToken).post(path, ["reason": "no es mío"]).status == 404)
            #expect(try await visitor.post(path, ["reason": "Llamó ella"]).body["state"].text == "answered")
            #expect(try await visitor.post(path, ["reason": "Llamó ella"]).status == 400)
            #expect(try await visitor.post("/api/v1/commitments/nothing/settlement", ["reason": "x"]).status == 404)
        }
    }

    @Test func noReplyNeededIsTakenBackWithItsOriginalAge() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("gracias!", id: "wamid.1")
            let owed = try await visitor.firstConversation()
            let path = "/api/v1/conversations/\(owed["id"].text)/no-reply-needed"
            #expect(try await visitor.delete(path).status == 400)
            #expect(try await visitor.post(path, ["reason": "Solo agradece"]).status == 200)
            scene.time.advance(by: .minutes(3))
            let back = try await visitor.delete(path)
            #expect(back.status == 200)
            #expect(back.body["state"].text == "owed")
            #expect(back.body["owed_since"] == owed["owed_since"])
        }
    }

    @Test func thePrincipalSetsHoursAndWhatIsOwedMoves() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let path = "/api/v1/workspaces/\(scene.sur.workspace.id)/answer-policy"
            #expect(try await visitor.get(path).body["target_minutes"].number == 60)
            let policy: [String: any Sendable] = [
                "target_minutes": 30, "hours": ["mon": ["09:00-18:00"]], "inboxes": [scene.sur.inbox.id.text: 15],
            ]
            #expect(try await visitor.put(path, policy).code == "out_of_grant")
            let owner = visitor.with(token: scene.sur.ownerToken)
            let answer = try await owner.put(path, policy)
            #expect(answer.status == 200)
            #expect(answer.body["hours"]["mon"][0].text == "09:00-18:00")
            #expect(answer.body["inboxes"][scene.sur.inbox.id.text].number == 15)
            #expect(try await visitor.firstConversation()["due_at"].text == "2026-11-23T08:15:00.000Z")
            for wrong: [String: any Sendable] in [
                ["target_minutes": 0], ["target_minutes": 30, "hours": ["lunes": ["09:00-18:00"]]],
                ["target_minutes": 30, "inboxes": [scene.norte.inbox.id.text: 5]], ["target_minutes": 30, "channels": ["pigeon": 5]], [:],
            ] {
                #expect(try await owner.put(path, wrong).code == "invalid_request", "\(wrong)")
            }
        }
    }

    @Test func whatIsLateIsOnThePrincipalsPageAndBadge() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("¿Hola?", id: "wamid.1")
            let owner = try await visitor.browsing(as: scene.sur.owner)
            #expect(try await !owner.get("/waiting").text.contains("late-title"))
            scene.time.advance(by: .minutes(61))
            try await EscalateObligations(scene.context).escalateDue()
            #expect(try await owner.get("/waiting").text.contains("late-title"))
            #expect(try await visitor.firstConversation()["escalation"].text == "supervisor")
            let assistant = try await visitor.browsing(as: scene.assistant)
            #expect(try await !assistant.get("/waiting").text.contains("late-title"))
        }
    }

    @Test func thePageSettlesPromisesAndSetsHoursWithoutScripts() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let assistant = try await visitor.browsing(as: scene.assistant)
            let conversation = try await visitor.firstConversation()
            let page = "/conversations/\(conversation["id"].text)"
            let fields = [
                "text": "Mañana lo mando", "version": "\(conversation["version"].number)", "idempotency_key": "k",
                "promise_text": "Mandar el catálogo", "promise_due": "other", "promise_other": "2026-11-23T10:30",
            ]
            #expect(try await assistant.submit("\(page)/replies", fields).status == 303)
            try await scene.deliver()
            #expect(try await visitor.firstConversation()["commitments"][0]["due_at"].text == "2026-11-23T09:30:00.000Z")
            #expect(try await assistant.get(page).text.contains("Mandar el catálogo"))

            let hours = "/settings/hours/\(scene.sur.workspace.id)"
            #expect(try await assistant.get(hours).status == 403)
            let owner = try await visitor.browsing(as: scene.sur.owner)
            #expect(try await owner.get(hours).status == 200)
            let times = ["target": "45", "mode": "hours", "mon": "09:00-13:00, 15:00-19:00", "supervisor": "0", "exceptions": "2026-12-25"]
            #expect(try await owner.submit(hours, times).status == 303)
            #expect(try await owner.get(hours).text.contains("09:00-13:00, 15:00-19:00"))
            #expect(try await owner.submit(hours, times.merging(["mon": "de 9 a 13"]) { $1 }).status == 400)
        }
    }
}

/// Somebody at a browser: with the session's cookie, and its token in every form.
struct Browsing: Sendable {
    let visitor: Visitor
    let cookie: String
    let csrf: String

    func get(_ path: String) async throws -> Visitor.Answer {
        try await visitor.get(path, headers: [.cookie: "__Host-contesta=\(cookie)"])
    }

    func submit(_ path: String, _ fields: [String: String]) async throws -> Visitor.Answer {
        let all = fields.merging(["csrf": csrf]) { $1 }
        var components = URLComponents()
        components.queryItems = all.map { URLQueryItem(name: $0.key, value: $0.value) }
        let body = (components.percentEncodedQuery ?? "").replacing("+", with: "%2B")
        return try await visitor.send(
            .post, path, headers: [.cookie: "__Host-contesta=\(cookie)", .contentType: "application/x-www-form-urlencoded"],
            body: ByteBuffer(string: body))
    }
}

extension Visitor {
    func browsing(as user: User) async throws -> Browsing {
        let (cookie, csrf) = try await scene.session(of: user)
        return Browsing(visitor: with(token: nil), cookie: cookie, csrf: csrf)
    }

    func put(_ path: String, _ body: [String: any Sendable]) async throws -> Answer {
        try await send(.put, path, headers: .json, body: ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: body)))
    }
}
