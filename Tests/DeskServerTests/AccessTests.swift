import DeskCore
import DeskServices
import DeskTesting
import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import DeskServer

@Suite struct AccessTests {
    /// A call that names something by its id.
    struct Call: Sendable, CustomTestStringConvertible {
        let method: HTTPRequest.Method
        /// With `{w}`, `{c}`, `{m}` where the ids go.
        let path: String
        let body: String

        init(_ method: HTTPRequest.Method, _ path: String, _ body: String = "{}") {
            self.method = method
            self.path = path
            self.body = body
        }

        var testDescription: String { "\(method) \(path)" }
    }

    static let calls = [
        Call(.get, "/workspaces/{w}/agreement"),
        Call(.post, "/workspaces/{w}/agreement/signature", #"{"version":1,"typed_name":"Ana","password":"correct horse battery"}"#),
        Call(.get, "/conversations/{c}"),
        Call(.get, "/conversations/{c}/messages"),
        Call(.post, "/conversations/{c}/replies", #"{"text":"Buenas","answers":"{m}","version":1}"#),
        Call(.post, "/conversations/{c}/no-reply-needed", #"{"reason":"spam"}"#),
        Call(.delete, "/conversations/{c}/no-reply-needed"),
        Call(.post, "/conversations/{c}/assign", #"{"assignee":"me"}"#),
        Call(.post, "/conversations/{c}/snooze", #"{"until":"2030-01-01T00:00:00Z"}"#),
        Call(.post, "/conversations/{c}/notes", #"{"text":"nota"}"#),
        Call(.post, "/conversations/{c}/handover", #"{"role":"finance"}"#),
        Call(.delete, "/messages/{m}/pending"),
        Call(.post, "/messages/{m}/resolve-unknown", #"{"outcome":"was_sent"}"#),
        Call(.post, "/messages/{m}/retry"),
        Call(.get, "/attachments/{m}/0"),
        Call(.get, "/workspaces/{w}/answer-policy"),
        Call(.put, "/workspaces/{w}/answer-policy", #"{"target_minutes":30}"#),
        Call(.get, "/workspaces/{w}/ledger/head"),
        Call(.get, "/workspaces/{w}/ledger/entries"),
        Call(.get, "/workspaces/{w}/ledger/consistency?from=1"),
        Call(.get, "/workspaces/{w}/ledger/receipts/{m}"),
    ]

    /// Of the foreign workspace.
    struct Target: Sendable {
        let workspace: String
        let conversation: String
        let message: String

        func filled(into text: String) -> String {
            text.replacing("{w}", with: workspace).replacing("{c}", with: conversation).replacing("{m}", with: message)
        }
    }

    @Test(arguments: calls)
    func whatIsForeignDoesNotExist(_ call: Call) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let target = try await Self.target(in: scene.norte, visitor)
            let before = try await scene.fingerprint(of: scene.norte)
            let answer = try await Self.send(call, target, visitor)
            #expect(answer.status == 404)
            #expect(answer.code == "not_found")
            #expect(try await scene.fingerprint(of: scene.norte) == before)
        }
    }

    /// Somebody at home in both workspaces, whose token is not.
    @Test(arguments: calls)
    func aLimitedTokenDoesNotReachFurther(_ call: Call) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await scene.admit(scene.assistant, to: scene.norte)
            let target = try await Self.target(in: scene.norte, visitor)
            let before = try await scene.fingerprint(of: scene.norte)
            let token = try await scene.token(of: scene.assistant, limitedTo: scene.sur.workspace.id)
            #expect(try await Self.send(call, target, visitor.with(token: token)).status == 404)
            #expect(try await scene.fingerprint(of: scene.norte) == before)
            let me = try await visitor.with(token: token).get("/api/v1/me").body["workspaces"].list.map(\.["id"].text)
            #expect(me == [scene.sur.workspace.id.text])
        }
    }

    @Test(arguments: calls.filter { !$0.path.contains("agreement") })
    func whoHasNotSignedGetsNothing(_ call: Call) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let target = try await Self.target(in: scene.sur, visitor)
            let before = try await scene.fingerprint(of: scene.sur)
            let answer = try await Self.send(call, target, visitor.with(token: scene.newcomerToken))
            #expect(answer.status == 403)
            #expect(answer.code == "agreement_required")
            #expect(!answer.text.contains("secreto"))
            #expect(try await scene.fingerprint(of: scene.sur) == before)
        }
    }

    @Test(arguments: ["conversations", "search?q=secreto", "events"])
    func listsTellWhoHasNotSignedThatTheyMust(_ path: String) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("secreto", id: "wamid.1")
            let answer = try await visitor.with(token: scene.newcomerToken).get("/api/v1/\(path)")
            #expect(answer.status == 403)
            #expect(answer.code == "agreement_required")
        }
    }

    @Test func signingOpensTheDoor() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let newcomer = visitor.with(token: scene.newcomerToken)
            let path = "/api/v1/workspaces/\(scene.sur.workspace.id)/agreement"
            let agreement = try await newcomer.get(path)
            #expect(agreement.body["text"].text == "What is read here stays here.")
            let signature: [String: any Sendable] = ["version": 1, "typed_name": "Nuevo", "password": Scene.password]
            let wrong = try await newcomer.post("\(path)/signature", signature.merging(["password": "wrong"]) { $1 })
            #expect(wrong.status == 401)
            let old = try await newcomer.post("\(path)/signature", signature.merging(["version": 0]) { $1 })
            #expect(old.status == 409)
            #expect(try await newcomer.get("/api/v1/conversations").status == 403)
            #expect(try await newcomer.post("\(path)/signature", signature).status == 201)
            #expect(try await newcomer.get("/api/v1/conversations").body["items"].list.count == 1)
        }
    }

    @Test(arguments: calls + [Call(.get, "/me"), Call(.get, "/conversations"), Call(.get, "/search?q=x"), Call(.get, "/events")])
    func nobodyGetsNothing(_ call: Call) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let target = Target(workspace: "w", conversation: "c", message: "m")
            for token in [nil, "guessed", String(repeating: "a", count: 64)] {
                let answer = try await Self.send(call, target, visitor.with(token: token))
                #expect(answer.status == 401)
                #expect(answer.code == "unauthenticated")
                #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            }
        }
    }

    @Test func anExpiredTokenIsNobodys() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let token = try await scene.token(of: scene.assistant, limitedTo: nil)
            scene.time.advance(by: .minutes(61))
            #expect(try await visitor.with(token: token).get("/api/v1/me").status == 401)
        }
    }

    @Test func aCookieNeedsTheTokenOfItsSessionToChangeAnything() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let id = try await visitor.firstConversation()["id"].text
            let (cookie, csrf) = try await scene.session(of: scene.assistant)
            let cookies: HTTPFields = [.cookie: "__Host-contesta=\(cookie)"]
            let browser = visitor.with(token: nil)
            #expect(try await browser.get("/api/v1/me", headers: cookies).status == 200)
            let path = "/api/v1/conversations/\(id)/notes"
            for token in [nil, "", "guessed", String(repeating: "0", count: csrf.count)] {
                let headers = token.map { cookies.merging([.csrfToken: $0]) } ?? cookies
                let answer = try await browser.post(path, ["text": "nota"], headers: headers)
                #expect(answer.status == 403)
                #expect(answer.code == "forbidden")
            }
            let answer = try await browser.post(path, ["text": "nota"], headers: cookies.merging([.csrfToken: csrf]))
            #expect(answer.status == 201)
        }
    }

    @Test func whoIsRevokedSeesNothingFromThenOn() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let id = try await visitor.firstConversation()["id"].text
            try await scene.revoke(scene.assistant, in: scene.sur)
            #expect(try await visitor.get("/api/v1/conversations/\(id)").status == 404)
            #expect(try await visitor.get("/api/v1/conversations").body["items"].list.isEmpty)
            #expect(try await visitor.get("/api/v1/me").body["workspaces"].list.isEmpty)
        }
    }

    private static func send(_ call: Call, _ target: Target, _ visitor: Visitor) async throws -> Visitor.Answer {
        var headers: HTTPFields = [.idempotencyKey: "one"]
        let body = call.method == .get || call.method == .delete ? nil : ByteBuffer(string: target.filled(into: call.body))
        if body != nil { headers[.contentType] = "application/json" }
        return try await visitor.send(call.method, "/api/v1" + target.filled(into: call.path), headers: headers, body: body)
    }

    private static func target(in place: Scene.Place, _ visitor: Visitor) async throws -> Target {
        try await visitor.receive("un secreto", id: "wamid.1", in: place)
        let owner = visitor.with(token: place.ownerToken)
        let conversation = try await owner.firstConversation()["id"].text
        let message = try await owner.get("/api/v1/conversations/\(conversation)/messages").body["items"][0]["id"].text
        return Target(workspace: place.workspace.id.text, conversation: conversation, message: message)
    }
}

extension Scene {
    /// Changes with anything that is recorded in a workspace.
    func fingerprint(of place: Place) async throws -> [String] {
        let (workspace, owner) = (place.workspace.id, place.owner.id)
        return try await storage.read { session in
            let scope = try Authorization(session, at: time.now()).scope(of: owner)
            let queue = try session.conversations.queue(QueueFilter(state: .all), scope: scope, limit: 100, cursor: nil).items
            let members = try session.people.members(of: workspace).map { "\($0.membership)" }
            return [try session.ledger.head(of: workspace).hash] + queue.map { "\($0.conversation)" } + members.sorted()
        }
    }

    func admit(_ user: User, to place: Place) async throws {
        let now = time.now()
        try await storage.write { session in
            try session.people.insert(
                Membership(workspace: place.workspace.id, user: user.id, role: .assistant, signedAgreement: 1), at: now)
        }
    }

    func revoke(_ user: User, in place: Place) async throws {
        let now = time.now()
        try await storage.write { session in
            try session.people.update(
                Membership(
                    workspace: place.workspace.id, user: user.id, role: .assistant, signedAgreement: 1, revokedAt: now))
        }
    }

    /// A browser's sign-in.
    func session(of user: User) async throws -> (cookie: String, csrf: String) {
        let sessions = Sessions(context)
        let token = try await sessions.begin(for: user, from: SignInOrigin(place: "::1", device: "Firefox")).text.exposed()
        return (token, try await sessions.session(token)?.session.csrfToken ?? "")
    }
}
