import DeskCore
import DeskServices
import HTTPTypes
import NIOCore
import Testing

@testable import DeskServer

/// Null often means “everything”: it is told and has to be said, and is not what is meant by leaving a field out.
@Suite struct RequiredFieldTests {
    @Test func howLongThingsAreKeptIsWhatWasSaid() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let owner = visitor.with(token: scene.sur.ownerToken)
            let path = "/api/v1/workspaces/\(scene.sur.workspace.id)/retention"
            let set = try await owner.put(path, #"{"conversation_days":365,"raw_event_days":30}"#)
            #expect(set.body["conversation_days"].number == 365 && set.body["raw_event_days"].number == 30)
            let refused = [
                "{}", #"{"conversation_days":null}"#, #"{"raw_event_days":30}"#, #"{"conversationDays":9,"rawEventDays":9}"#,
                #"{"conversation_days":0,"raw_event_days":30}"#, #"{"conversation_days":3651,"raw_event_days":30}"#,
            ]
            for body in refused { #expect(try await owner.put(path, body).status == 400, "\(body)") }
            #expect(try await owner.get(path).body["conversation_days"].number == 365)
            let everything = try await owner.put(path, #"{"conversation_days":null,"raw_event_days":null}"#)
            #expect(everything.body["conversation_days"] == .null && everything.status == 200)
        }
    }

    @Test func aTopicIsTakenAwayOnlyByTakingItAway() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let path = "/api/v1/conversations/\(try await visitor.firstConversation()["id"].text)"
            #expect(try await visitor.put("\(path)/topic", #"{"topic":"sales"}"#).status == 204)
            #expect(try await visitor.put("\(path)/topic", #"{"subject":null}"#).status == 400)
            #expect(try await visitor.get(path).body["topic"].text == "sales")
            #expect(try await visitor.put("\(path)/topic", #"{"topic":null}"#).status == 204)
            #expect(try await visitor.get(path).body["topic"] == .null)
        }
    }

    @Test func aGrantSaysEverythingThatItIs() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let owner = visitor.with(token: scene.sur.ownerToken)
            let members = try await owner.get("/api/v1/workspaces/\(scene.sur.workspace.id)/members").body["items"].list
            let described = try await visitor.get("/api/openapi.json").body["components"]["schemas"]["Grant"]["required"].list.map(\.text)
            for member in members { #expect(member["grant"].keys == Set(described)) }
        }
    }
}

extension Visitor {
    fileprivate func put(_ path: String, _ body: String) async throws -> Answer {
        try await send(.put, path, headers: .json, body: ByteBuffer(string: body))
    }
}
