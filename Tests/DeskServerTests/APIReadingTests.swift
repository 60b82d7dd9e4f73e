import DeskCore
import DeskServices
import DeskTesting
import HTTPTypes
import Testing

@testable import DeskServer

@Suite struct APIReadingTests {
    @Test func meNamesThePersonAndWhatTheyHaveSigned() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let me = try await visitor.get("/api/v1/me")
            #expect(me.status == 200)
            #expect(me.body["user"]["email"].text == scene.assistant.email)
            #expect(me.body["workspaces"].list.map(\.["id"].text) == [scene.sur.workspace.id.text])
            #expect(me.body["workspaces"][0]["agreement_signed"] == .bool(true))
            let newcomer = try await visitor.with(token: scene.newcomerToken).get("/api/v1/me")
            #expect(newcomer.body["workspaces"][0]["agreement_signed"] == .bool(false))
            #expect(newcomer.body["workspaces"][0]["signed_version"] == .null)
        }
    }

    @Test func aConversationHasEveryFieldOfTheContract() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let listed = try await visitor.firstConversation()
            let conversation = try await visitor.get("/api/v1/conversations/\(listed["id"].text)").body
            #expect(conversation == listed)
            let fields: Set<String> = [
                "id", "workspace_id", "inbox_id", "channel", "contact", "state", "owed_since", "due_at", "topic", "assignee", "version",
                "reply_window",
            ]
            #expect(conversation.keys.isSuperset(of: fields))
            #expect(conversation["contact"].keys == ["id", "name", "address", "class", "is_masked"])
            #expect(conversation["contact"]["address"].text == "•••••••••22")
            let owned = try await visitor.with(token: scene.sur.ownerToken).firstConversation()
            #expect(owned["contact"]["address"].text == "34600111222")
            #expect(conversation["state"].text == "owed")
            #expect(conversation["reply_window"]["open"] == .bool(true))
            #expect(conversation["reply_window"]["closes_at"].text == (scene.time.now() + .hours(24)).timestamp)
            #expect(conversation["due_at"].text == (scene.time.now() + .minutes(60)).timestamp)
        }
    }

    @Test func aMessageHasEveryFieldOfTheContract() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let id = try await visitor.firstConversation()["id"].text
            let path = "/api/v1/conversations/\(id)/messages"
            let message = try await visitor.with(token: scene.sur.ownerToken).get(path).body["items"][0]
            let fields: Set<String> = [
                "id", "direction", "kind", "text", "sent_at", "received_at", "status", "failure", "attachments", "author", "answers",
                "provider_id",
            ]
            #expect(message.keys.isSuperset(of: fields))
            #expect(message["direction"].text == "inbound")
            #expect(message["provider_id"].text == "wamid.1")
            #expect(message["status"] == .null)
        }
    }

    @Test func theQueueIsSortedByDueTimeAndGoesOnWithACursor() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            for number in 1...5 {
                try await visitor.receive("Hola \(number)", id: "wamid.\(number)", from: "3460000000\(number)")
                scene.time.advance(by: .minutes(1))
            }
            var (seen, cursor): ([String], String?) = ([], nil)
            repeat {
                let more = cursor.map { "&cursor=\(PageAnswers.encoded($0))" } ?? ""
                let page = try await visitor.get("/api/v1/conversations?limit=2\(more)").body
                seen += page["items"].list.map(\.["last_message"]["text"].text)
                cursor = page["next_cursor"] == .null ? nil : page["next_cursor"].text
            } while cursor != nil && seen.count < 10
            #expect(seen == ["Hola 1", "Hola 2", "Hola 3", "Hola 4", "Hola 5"])
        }
    }

    @Test func messagesComeOldestFirstAndTheCursorLeadsBack() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            for number in 1...5 { try await visitor.receive("\(number)", id: "wamid.\(number)") }
            let id = try await visitor.firstConversation()["id"].text
            let newest = try await visitor.get("/api/v1/conversations/\(id)/messages?limit=2").body
            #expect(newest["items"].list.map(\.["text"].text) == ["4", "5"])
            let older = try await visitor.get("/api/v1/conversations/\(id)/messages?limit=2&cursor=\(newest["next_cursor"].text)").body
            #expect(older["items"].list.map(\.["text"].text) == ["2", "3"])
            let oldest = try await visitor.get("/api/v1/conversations/\(id)/messages?limit=2&cursor=\(older["next_cursor"].text)").body
            #expect(oldest["items"].list.map(\.["text"].text) == ["1"])
            #expect(oldest["next_cursor"] == .null)
        }
    }

    @Test(arguments: [
        "conversations?state=urgent", "conversations?limit=0", "conversations?limit=201", "conversations?limit=many",
        "conversations?cursor=nonsense", "search", "search?q=", "search?q=%20%2A",
    ])
    func aQueryThatMeansNothingIsRefusedInWords(_ path: String) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let answer = try await visitor.get("/api/v1/\(path)")
            #expect(answer.status == 400)
            #expect(answer.code == "invalid_request")
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(!answer.body["detail"].text.isEmpty)
        }
    }

    @Test func searchFindsWordsInsideTheCallersWorkspaceOnly() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("¿Tienen clavos?", id: "wamid.1")
            try await visitor.receive("Clavos, por favor", id: "wamid.2", in: scene.norte)
            let hits = try await visitor.get("/api/v1/search?q=clavos").body["items"]
            #expect(hits.list.map(\.["text"].text) == ["¿Tienen clavos?"])
            #expect(hits[0]["workspace_id"].text == scene.sur.workspace.id.text)
        }
    }

    @Test func filtersNarrowTheQueue() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let id = try await visitor.firstConversation()["id"].text
            #expect(try await visitor.get("/api/v1/conversations?assignee=me").body["items"].list.isEmpty)
            #expect(try await visitor.get("/api/v1/conversations?assignee=none").body["items"].list.count == 1)
            let assigned = try await visitor.post("/api/v1/conversations/\(id)/assign", ["assignee": "me"])
            #expect(assigned.body["assignee"].text == scene.assistant.id.text)
            #expect(try await visitor.get("/api/v1/conversations?assignee=me").body["items"].list.count == 1)
            let user = scene.assistant.id.text
            #expect(try await visitor.get("/api/v1/conversations?assignee=\(user)").body["items"].list.count == 1)
            #expect(try await visitor.get("/api/v1/conversations?inbox=other").body["items"].list.isEmpty)
            #expect(try await visitor.get("/api/v1/conversations?inbox=\(scene.sur.inbox.id)").body["items"].list.count == 1)
        }
    }

    @Test func theLedgerCanBeFollowedFromOutside() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let path = "/api/v1/workspaces/\(scene.sur.workspace.id)/ledger"
            let head = try await visitor.get("\(path)/head").body
            let entries = try await visitor.get("\(path)/entries?limit=200").body["items"].list
            #expect(entries.map(\.["sequence"].number) == Array(1...head["sequence"].number))
            #expect(entries.last?["hash"] == head["hash"])
            #expect(zip(entries, entries.dropFirst()).allSatisfy { $0["hash"] == $1["previous_hash"] })
            let page = try await visitor.get("\(path)/entries?limit=2").body
            #expect(try await visitor.get("\(path)/entries?limit=1&cursor=\(page["next_cursor"].text)").body["items"][0] == entries[2])
        }
    }

    @Test func aReceiptGathersWhatProvesOneMessagesAnswer() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let conversation = try await visitor.firstConversation()
            let messages = try await visitor.get("/api/v1/conversations/\(conversation["id"].text)/messages").body["items"]
            let reply = try await visitor.reply("Buenas", to: conversation, key: "one").body
            let path = "/api/v1/workspaces/\(scene.sur.workspace.id)/ledger/receipts"
            let received = try await visitor.get("\(path)/\(messages[0]["id"].text)").body["entries"].list.map(\.["kind"].text)
            #expect(received == ["obligation_opened", "message_received"])
            let sent = try await visitor.get("\(path)/\(reply["id"].text)").body["entries"].list.map(\.["kind"].text)
            #expect(sent == ["obligation_opened", "reply_recorded"])
        }
    }

    @Test func growthSinceAKeptHeadIsProvedByItAlone() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let path = "/api/v1/workspaces/\(scene.sur.workspace.id)/ledger"
            try await visitor.receive("Hola", id: "wamid.1")
            let size = try await visitor.get("\(path)/head").body["sequence"].number
            let early = try await visitor.get("\(path)/consistency?from=\(size)").body
            try await visitor.receive("¿Hay alguien?", id: "wamid.2")
            let late = try await visitor.get("\(path)/head").body["sequence"].number
            _ = try await visitor.get("\(path)/consistency?from=\(late)")
            let proof = try await visitor.get("\(path)/consistency?from=\(size)").body
            let kept = try #require(SignedHead(note: early["signed_head"].text)).checkpoint
            let now = try #require(SignedHead(note: proof["signed_head"].text)).checkpoint
            let hashes = proof["consistency_proof"].list.compactMap { MerkleHash(hexadecimal: $0.text) }
            #expect(kept.size == Int64(size) && now.size == Int64(late))
            #expect(MerkleVerification.isConsistent(from: kept.size, root: kept.root, to: now.size, root: now.root, proof: hashes))
            for wrong in ["?from=0", "?from=999", "?from=x", ""] {
                #expect(try await visitor.get("\(path)/consistency\(wrong)").status == 400, "\(wrong)")
            }
        }
    }

    @Test func aReceiptIsProvedByTheNewestHead() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let conversation = try await visitor.firstConversation()
            let reply = try await visitor.reply("Buenas", to: conversation, key: "one").body
            let path = "/api/v1/workspaces/\(scene.sur.workspace.id)/ledger"
            #expect(try await visitor.get("\(path)/head").body["signed"] == .null)
            let receipt = try await visitor.get("\(path)/receipts/\(reply["id"].text)").body
            let head = try await visitor.get("\(path)/head").body["signed"]
            #expect(receipt["signed_head"] == head["note"])
            #expect(receipt["key"] == head["key"])
            #expect(head["delivered_at"] == .null)
            let key = try #require(LedgerKey(text: head["key"].text))
            let signed = try #require(SignedHead(note: head["note"].text))
            #expect(signed.isSigned(by: key))
            for entry in receipt["entries"].list {
                let leaf = try #require(MerkleHash(chainHash: entry["hash"].text))
                let proof = entry["inclusion_proof"].list.compactMap { MerkleHash(hexadecimal: $0.text) }
                let (size, root) = (signed.checkpoint.size, signed.checkpoint.root)
                #expect(
                    MerkleVerification.isIncluded(leaf, at: Int64(entry["sequence"].number - 1), inSize: size, root: root, proof: proof))
            }
        }
    }
}
