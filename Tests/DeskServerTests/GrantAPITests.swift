import DeskCore
import DeskServices
import DeskTesting
import HTTPTypes
import NIOCore
import Testing

@testable import DeskServer

/// Grants, the reading log and what is covered, as programs and pages meet them (promise P5).
@Suite(.timeLimit(.minutes(5))) struct GrantAPITests {
    @Test func thePrincipalListsSetsAndRevokesMembers() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let owner = visitor.with(token: scene.sur.ownerToken)
            let path = "/api/v1/workspaces/\(scene.sur.workspace.id)/members"
            #expect(try await owner.get(path).body["items"].list.count == 3)
            #expect(try await visitor.get(path).code == "out_of_grant")
            let grant = #"{"actions":["read"],"topics":["sales"],"contact_classes":["ordinary"],"own_only":true}"#
            let set = try await owner.put("\(path)/\(scene.assistant.id)", #"{"role":"sales","grant":\#(grant)}"#)
            #expect(set.status == 200)
            #expect(set.body["role"].text == "sales" && set.body["grant"]["topics"].list.map(\.text) == ["sales"])
            for wrong in ["principal", "king", ""] {
                #expect(try await owner.put("\(path)/\(scene.assistant.id)", #"{"role":"\#(wrong)"}"#).status == 400, "\(wrong)")
            }
            #expect(try await owner.put("\(path)/\(scene.sur.owner.id)", #"{"role":"sales"}"#).status == 400)
            #expect(try await owner.delete("\(path)/\(scene.assistant.id)").body["revoked_at"] != .null)
            #expect(try await visitor.get("/api/v1/me").body["workspaces"].list.isEmpty)
        }
    }

    @Test func whatIsOutsideTheGrantDoesNotExist() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("secreto", id: "wamid.1")
            let id = try await visitor.firstConversation()["id"].text
            let owner = visitor.with(token: scene.sur.ownerToken)
            let path = "/api/v1/conversations/\(id)"
            try await scene.narrow(scene.assistant, Grant(actions: [.read, .reply], topics: [.sales]))
            #expect(try await visitor.get(path).status == 404)
            #expect(try await visitor.get("\(path)/messages").status == 404)
            #expect(try await visitor.get("/api/v1/conversations?state=all").body["items"].list.isEmpty)
            #expect(try await visitor.get("/api/v1/search?q=secreto").body["items"].list.isEmpty)
            #expect(try await owner.put("\(path)/topic", #"{"topic":"sales"}"#).status == 204)
            #expect(try await visitor.get(path).body["topic"].text == "sales")
            #expect(try await owner.put("\(path)/topic", #"{"topic":"weather"}"#).status == 400)
            #expect(try await owner.put("\(path)/contact-class", #"{"class":"principal_only"}"#).status == 204)
            #expect(try await visitor.get(path).status == 404)
            #expect(try await owner.get(path).body["contact"]["class"].text == "principal_only")
        }
    }

    @Test func revealingUncoversForAReasonThatThePrincipalReads() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let id = try await visitor.firstConversation()["id"].text
            let path = "/api/v1/conversations/\(id)"
            #expect(try await visitor.post("\(path)/reveal", ["reason": "Pidió que lo llame"]).code == "out_of_grant")
            try await scene.narrow(scene.assistant, Grant(actions: [.read, .reveal]))
            #expect(try await visitor.post("\(path)/reveal", ["reason": " "]).status == 400)
            #expect(try await visitor.get(path).body["contact"]["address"].text == "•••••••••22")
            let revealed = try await visitor.post("\(path)/reveal", ["reason": "=Pidió \"que\" lo llame"])
            #expect(revealed.body["contact"]["address"].text == "34600111222")
            scene.time.advance(by: RecordReading.revealed + .seconds(1))
            #expect(try await visitor.get(path).body["contact"]["address"].text == "•••••••••22")

            let owner = visitor.with(token: scene.sur.ownerToken)
            let log = "/api/v1/workspaces/\(scene.sur.workspace.id)/reports/readings"
            let read = try await owner.get("\(log)?act=revealed").body["items"].list
            #expect(read.map(\.["details"]["reason"].text) == ["=Pidió \"que\" lo llame"])
            #expect(read.map(\.["reader"].text) == [scene.assistant.id.text])
            let table = try await owner.get("\(log)?act=revealed", headers: [.accept: "text/csv"])
            #expect(table.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(table.text.contains("\"reason: =Pidió \"\"que\"\" lo llame\""))
            #expect(try await visitor.get(log).code == "out_of_grant")
            #expect(try await owner.get("\(log)?act=flown").status == 400)
        }
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
    func noCellOfATableIsAFormula(value: String) {
        #expect(CommaSeparated.text([["a\"b", value]]) == "\"a\"\"b\",\"'\(value)\"\r\n")
    }

    @Test func anAdministratorGetsNoContentAnywhere() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("secreto", id: "wamid.1")
            let id = try await visitor.firstConversation()["id"].text
            let message = try await visitor.get("/api/v1/conversations/\(id)/messages").body["items"][0]["id"].text
            try await scene.narrow(scene.assistant, nil, as: .administrator)
            let workspace = scene.sur.workspace.id.text
            let calls = [
                "conversations", "conversations?state=all", "conversations/\(id)", "conversations/\(id)/messages", "search?q=secreto",
                "attachments/\(message)/0", "events", "workspaces/\(workspace)/members", "workspaces/\(workspace)/reports/readings",
            ]
            for call in calls {
                let answer = try await visitor.get("/api/v1/\(call)")
                #expect([403, 404].contains(answer.status), "\(call): \(answer.status)")
            }
            let (cookie, _) = try await scene.session(of: scene.assistant)
            let pages = [
                "/", "/waiting", "/search?q=secreto", "/conversations/\(id)", "/attachments/\(message)/0", "/ledger/receipts/\(message)",
                "/people/\(workspace)", "/people/\(workspace)/readings", "/people/\(workspace)/members/\(scene.sur.owner.id)/look",
            ]
            for page in pages {
                let answer = try await visitor.with(token: nil).get(page, headers: [.cookie: "__Host-contesta=\(cookie)"])
                for content in [">secreto", "34600111222", "Luisa Prado"] {
                    #expect(!answer.text.contains(content), "\(content) on \(page)")
                }
            }
        }
    }

    @Test(arguments: [false, true])
    func theStreamOfAPartialViewerTellsNothingOfWhatIsHidden(byCookie: Bool) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let own = try await scene.ownConversation(visitor)
            let listener = try await scene.listener(visitor, byCookie: byCookie)
            let stream = try await scene.stream(listener) {
                try await visitor.receive("oculto", id: "wamid.2", from: "34600999888")
                try await visitor.receive("a la vista", id: "wamid.3")
            }
            #expect(!stream.events.isEmpty)
            #expect(Set(stream.events.map(\.data["conversation_id"].text)) == [own])
        }
    }

    @Test func theStreamSaysToReadAnewWhenAConversationLeavesItsSight() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let own = try await scene.ownConversation(visitor)
            let stream = try await scene.stream(visitor) {
                try await TendConversation(scene.context).assign(Conversation.ID(own), to: nil, by: scene.sur.owner.id)
                try await visitor.receive("oculto", id: "wamid.2")
            }
            #expect(Set(stream.events.map(\.name)) == ["reset"])
            #expect(!stream.text.contains(own))
        }
    }
}

extension Scene {
    fileprivate func narrow(_ user: User, _ grant: Grant?, as role: Role = .assistant) async throws {
        _ = try await GovernMembers(context).set(role, grant, of: user.id, in: sur.workspace.id, by: sur.owner.id)
    }

    /// The assistant sees their own conversations only, and has one.
    fileprivate func ownConversation(_ visitor: Visitor) async throws -> String {
        try await visitor.receive("Hola", id: "wamid.1")
        let id = try await visitor.firstConversation()["id"].text
        try await TendConversation(context).assign(Conversation.ID(id), to: assistant.id, by: sur.owner.id)
        try await narrow(assistant, Grant(actions: [.read, .reply], isLimitedToOwn: true))
        return id
    }

    fileprivate func listener(_ visitor: Visitor, byCookie: Bool) async throws -> Visitor {
        var listener = visitor
        if byCookie { listener.cookie = "__Host-contesta=\(try await session(of: assistant).cookie)" }
        return listener
    }
}

extension Visitor {
    fileprivate func put(_ path: String, _ body: String) async throws -> Answer {
        try await send(.put, path, headers: .json, body: ByteBuffer(string: body))
    }
}
