import DeskCore
import DeskServices
import Foundation
import HTTPTypes
import Hummingbird
import Testing

@testable import DeskServer

@Suite struct DescriptionTests {
    /// The groups of calls that programs may rely on; pages are for people.
    private static func isDescribed(_ path: String) -> Bool {
        ["/api/", "/webhooks/", "/healthz", "/readyz", "/metrics", "/.well-known/"].contains { path.hasPrefix($0) }
    }

    @Test func everyRouteIsDescribedAndEveryDescriptionHasARoute() async throws {
        let scene = try await Scene.open()
        let routes = DeskServer.router(scene.parts).routes.map { route in
            "\(route.method.rawValue) \(Self.described("\(route.path)"))"
        }
        let document = try JSONDecoder().decode(JSON.self, from: try OpenAPIDocument.json(version: "1"))
        let described = document["paths"].members.flatMap { path, operations in
            operations.keys.map { "\($0.uppercased()) \(path)" }
        }
        #expect(Set(described) == Set(routes.filter { Self.isDescribed(String($0.drop { $0 != "/" })) }))
    }

    /// `/a/:b` as OpenAPI writes it: `/a/{b}`.
    private static func described(_ path: String) -> String {
        path.split(separator: "/").map { $0.hasPrefix(":") ? "/{\($0.dropFirst())}" : "/\($0)" }.joined()
    }

    @Test func everyReferenceLeadsSomewhere() throws {
        let document = try JSONDecoder().decode(JSON.self, from: try OpenAPIDocument.json(version: "1"))
        for reference in document.references {
            let target = reference.dropFirst(2).split(separator: "/").reduce(document) { $0[String($1)] }
            #expect(target != .null, "\(reference)")
        }
        #expect(document.references.count > 100)
    }

    @Test func everyOperationHasItsOwnName() throws {
        let document = try JSONDecoder().decode(JSON.self, from: try OpenAPIDocument.json(version: "1"))
        let names = document["paths"].members.values.flatMap { $0.members.values.map(\.["operationId"].text) }
        #expect(Set(names).count == names.count)
        #expect(!names.contains(""))
    }

    @Test func theDescriptionIsServedToAnybody() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let answer = try await visitor.with(token: nil).get("/api/openapi.json")
            #expect(answer.status == 200)
            #expect(answer.body["openapi"].text == "3.1.0")
            #expect(answer.body["info"]["version"].text == scene.parts.settings.version)
        }
    }

    /// What the answers hold, against what the description says that they hold.
    @Test func answersHaveExactlyTheFieldsThatAreDescribed() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let schemas = try await visitor.get("/api/openapi.json").body["components"]["schemas"]
            let conversation = try await visitor.firstConversation()
            let reply = try await visitor.reply(
                "Va", to: conversation, key: "one",
                more: ["attachments": [["name": "a.png", "media_type": "image/png", "content": "AAAA"]]])
            let workspace = "/api/v1/workspaces/\(scene.sur.workspace.id)"
            let entries = try await visitor.get("\(workspace)/ledger/entries").body
            let answers: [(String, JSON)] = [
                ("Conversation", conversation), ("Message", reply.body), ("Attachment", reply.body["attachments"][0]),
                ("AnswerPolicy", try await visitor.get("\(workspace)/answer-policy").body),
                ("Me", try await visitor.get("/api/v1/me").body), ("Agreement", try await visitor.get("\(workspace)/agreement").body),
                ("LedgerHead", try await visitor.get("\(workspace)/ledger/head").body), ("LedgerEntryList", entries),
                ("LedgerEntry", entries["items"][0]), ("Problem", try await visitor.get("/api/v1/nothing").body),
                ("Receipt", try await visitor.get("\(workspace)/ledger/receipts/\(reply.body["id"].text)").body),
                ("ConsistencyProof", try await visitor.get("\(workspace)/ledger/consistency?from=1").body),
                ("MessageList", try await visitor.get("/api/v1/conversations/\(conversation["id"].text)/messages").body),
            ]
            for (name, answer) in answers {
                #expect(answer.keys == schemas[name]["properties"].keys, "\(name)")
                #expect(answer.keys == Set(schemas[name]["required"].list.map(\.text)), "\(name)")
            }
        }
    }
}

extension JSON {
    var members: [String: JSON] { if case .object(let members) = self { members } else { [:] } }

    /// Every `$ref` anywhere inside.
    var references: [String] {
        switch self {
        case .object(let members): members.flatMap { $0.key == "$ref" ? [$0.value.text] : $0.value.references }
        case .list(let items): items.flatMap(\.references)
        case .null, .bool, .number, .text: []
        }
    }
}
