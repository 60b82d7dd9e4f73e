import DeskCore
import DeskServices
import DeskTesting
import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import DeskServer

/// Everybody at every door (promise P5): the list of doors is made by the router itself.
@Suite struct RouteMatrixTests {
    /// Somebody who tries, with the same key in a browser and in a program.
    struct Caller: Sendable {
        let name: String
        let user: User?
        /// Nil for nobody of the workspace.
        let role: Role?
        var hasSigned = true
    }

    @Test func everyRouteHasItsLineInTheMatrix() async throws {
        let scene = try await Scene.open()
        let routes = DeskServer.router(scene.parts).routes.map { "\($0.method.rawValue) \(Self.settled("\($0.path)"))" }
        let listed = RouteMatrix.doors.map { "\($0.method.rawValue) \(Self.settled(String($0.path.prefix { $0 != "?" })))" }
        #expect(Set(routes) == Set(listed))
        #expect(listed.count == Set(listed).count)
    }

    @Test(arguments: RouteMatrix.doors.filter { $0.need != .nothing }.map(\.name))
    func whoMayNotComesThroughNoDoorAndChangesNothing(name: String) async throws {
        let door = try #require(RouteMatrix.doors.first { $0.name == name })
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("un secreto", id: "wamid.1")
            for caller in try await scene.callers() {
                guard let refusals = refusals(of: door.need, to: caller) else { continue }
                let before = try await scene.fingerprint(of: scene.sur)
                let answer = try await knock(door, as: caller, scene, visitor)
                let isRefused = refusals.contains(answer.status) || (!door.isThere && answer.status == 404)
                #expect(isRefused, "\(caller.name): \(answer.status)")
                #expect(!answer.text.contains("un secreto") && !answer.text.contains("34600111222"), "\(caller.name)")
                #expect(try await scene.fingerprint(of: scene.sur) == before, "\(caller.name)")
            }
        }
    }

    /// Else a door that is locked to everybody would pass.
    @Test(arguments: RouteMatrix.doors.filter { $0.need != .nothing && $0.isThere }.map(\.name))
    func thePrincipalComesThrough(name: String) async throws {
        let door = try #require(RouteMatrix.doors.first { $0.name == name })
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("un secreto", id: "wamid.1")
            guard !door.path.hasSuffix("/events") else { return }
            let owner = Caller(name: "principal", user: scene.sur.owner, role: .principal)
            let answer = try await knock(door, as: owner, scene, visitor)
            #expect((200..<400).contains(answer.status), "\(answer.status) \(answer.text.prefix(200))")
            #expect(answer.headers[.location]?.hasPrefix("/sign-in") != true)
        }
    }

    /// A stolen session, without the password, decides about nobody: not on a page, and not by the interface either.
    @Test func anOldSessionHasToShowThePasswordBeforeItDecidesAboutPeople() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let (cookie, csrf) = try await scene.session(of: scene.sur.owner)
            let path = "/api/v1/workspaces/\(scene.sur.workspace.id)/members/\(scene.assistant.id)"
            let headers: HTTPFields = [.cookie: "__Host-contesta=\(cookie)", .csrfToken: csrf]
            scene.time.advance(by: Sessions.freshness)
            let refused = try await visitor.with(token: nil).send(.delete, path, headers: headers)
            #expect(refused.status == 403)
            #expect(refused.code == "confirmation_required")
            let page = try await visitor.with(token: nil).get("/people/\(scene.sur.workspace.id)", headers: headers)
            #expect(page.headers[.location]?.hasPrefix("/confirm") == true)
            #expect(try await visitor.get("/api/v1/me").body["workspaces"].list.count == 1)
            #expect(try await visitor.with(token: scene.sur.ownerToken).delete(path).status == 200)
        }
    }

    /// - Returns: nil for whoever may come through.
    private func refusals(of need: RouteMatrix.Need, to caller: Caller) -> Set<Int>? {
        guard caller.user != nil else { return [401, 303] }
        switch need {
        case .nothing, .identity: return nil
        case .membership: return caller.role == nil ? [404] : nil
        case .action(let action), .duty(let action):
            guard let role = caller.role else { return [404] }
            guard caller.hasSigned else { return [403] }
            let grant = Grant.standard(for: role)
            if case .action = need, !grant.actions.contains(.read) { return [404] }
            return grant.actions.contains(action) ? nil : [403]
        }
    }

    private func knock(_ door: RouteMatrix.Door, as caller: Caller, _ scene: Scene, _ visitor: Visitor) async throws -> Visitor.Answer {
        let target = try await scene.target(visitor)
        let path = Self.filled(door.path, target)
        var headers: HTTPFields = [.idempotencyKey: "one"]
        var body = Self.filled(door.body, target)
        if door.isForPrograms {
            if !body.isEmpty { headers[.contentType] = "application/json" }
            let token = try await caller.user.asyncMap { try await scene.token(of: $0, limitedTo: nil) }
            return try await visitor.with(token: token).send(
                door.method, path, headers: headers, body: body.isEmpty ? nil : ByteBuffer(string: body))
        }
        if let user = caller.user {
            let (cookie, csrf) = try await scene.session(of: user)
            headers[.cookie] = "__Host-contesta=\(cookie)"
            body += "&csrf=\(csrf)"
        }
        if door.method == .post { headers[.contentType] = "application/x-www-form-urlencoded" }
        headers[.accept] = "text/html"
        return try await visitor.with(token: nil).send(
            door.method, path, headers: headers, body: door.method == .post ? ByteBuffer(string: body) : nil)
    }

    /// Every parameter under one name: the router's and the matrix' names for it differ.
    private static func settled(_ path: String) -> String {
        path.split(separator: "/").map { part in
            part.hasPrefix(":") || part.hasPrefix("{") || part.hasPrefix("$") ? "/*" : "/\(part)"
        }.joined()
    }

    private static func filled(_ text: String, _ target: [String: String]) -> String {
        target.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
    }
}

extension Scene {
    /// Everybody who may try: from outside, from another desk, before signing, with each kind of role, and after the end.
    fileprivate func callers() async throws -> [RouteMatrixTests.Caller] {
        let revoked = try await member(named: "ema", role: .supervisor, revokedAt: time.now())
        return [
            .init(name: "nobody", user: nil, role: nil), .init(name: "another desk's principal", user: norte.owner, role: nil),
            .init(name: "revoked", user: revoked, role: nil), .init(name: "unsigned", user: newcomer, role: .assistant, hasSigned: false),
            .init(name: "assistant", user: assistant, role: .assistant),
            .init(name: "supervisor", user: try await member(named: "sofia", role: .supervisor), role: .supervisor),
            .init(name: "administrator", user: try await member(named: "tomas", role: .administrator), role: .administrator),
        ]
    }

    private func member(named name: String, role: Role, revokedAt: Instant? = nil) async throws -> User {
        let now = time.now()
        let user = User(id: User.ID(name), email: "\(name)@sur.example", name: name, locale: "es", timeZone: "UTC")
        let workspace = sur.workspace.id
        try await storage.write { session in
            try session.people.insert(user, at: now)
            let membership = Membership(workspace: workspace, user: user.id, role: role, signedAgreement: 1, revokedAt: revokedAt)
            try session.people.insert(membership, at: now)
        }
        return user
    }

    fileprivate func target(_ visitor: Visitor) async throws -> [String: String] {
        let owner = visitor.with(token: sur.ownerToken)
        let conversation = try await owner.get("/api/v1/conversations?state=all").body["items"][0]["id"].text
        let message = try await owner.get("/api/v1/conversations/\(conversation)/messages").body["items"][0]["id"].text
        let signature = try await storage.read { try $0.ledger.entries(about: assistant.id.text, in: sur.workspace.id) }
            .last { $0.kind == .agreementSigned }
        return [
            "entry": signature.map { String($0.sequence) } ?? "", "token": "t", "workspace": sur.workspace.id.text,
            "conversation": conversation, "id": conversation, "message": message, "index": "0",
            "member": assistant.id.text, "inbox": sur.inbox.id.text, "incident": "i", "event": "e", "commitment": "c", "handle": "h",
        ]
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async rethrows -> Value? {
        if let self { try await transform(self) } else { nil }
    }
}
