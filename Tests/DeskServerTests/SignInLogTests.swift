import DeskCore
import DeskServices
import HTTPTypes
import NIOCore
import Testing

@testable import DeskServer

/// What the operator reads of who came in, and of who did not (OWASP ASVS 5.0, 16.3).
@Suite struct SignInLogTests {
    private static let visit = String(repeating: "ab", count: 32)

    @Test func eachProofIsLoggedWithWhoAndFromWhereAndWithoutWhatWasTyped() async throws {
        let log = RecordedLog()
        let scene = try await Scene.open(logger: log.logger)
        try await scene.test { visitor in
            for (email, password) in [
                (scene.assistant.email, "hunter-of-words"), ("hunter-of-words", "hunter-of-words"), (scene.assistant.email, Scene.password),
            ] {
                _ = try await Self.signIn(visitor, email: email, password: password)
            }
            let lines = log.lines.filter { $0.message.hasPrefix("a proof of identity") && $0.metadata["proof"] == "password" }
            #expect(lines.map { $0.message.split(separator: " ").last } == ["refused", "refused", "accepted"])
            #expect(lines.map { $0.metadata["user"] } == [scene.assistant.id.text, "nobody", scene.assistant.id.text])
            #expect(lines.map { $0.metadata["code"] } == ["unauthenticated", "unauthenticated", nil])
            #expect(lines.allSatisfy { $0.metadata["origin"]?.isEmpty == false })
            let isTold = log.lines.contains { "\($0)".contains("hunter-of-words") || "\($0)".contains(Scene.password) }
            #expect(!isTold)
        }
    }

    @Test func whoeverTriesTooOftenIsLoggedToo() async throws {
        let log = RecordedLog()
        let scene = try await Scene.open(logger: log.logger)
        try await scene.test { visitor in
            for _ in 0...SignIn.allowedFailures {
                _ = try await Self.signIn(visitor, email: scene.assistant.email, password: "wrong")
            }
            let codes = log.lines.filter { $0.message == "a proof of identity was refused" }.compactMap { $0.metadata["code"] }
            #expect(codes.last == "too_many_attempts")
            #expect(codes.count == SignIn.allowedFailures + 1)
        }
    }

    @Test func whatIsNotAllowedIsLoggedWithWhoAskedForIt() async throws {
        let log = RecordedLog()
        let scene = try await Scene.open(logger: log.logger)
        try await scene.test { visitor in
            let path = "/api/v1/workspaces/\(scene.sur.workspace.id.text)/retention"
            let refused = try await visitor.get(path)
            #expect(refused.status == 403)
            let line = log.lines.last { $0.message == "request refused" }
            #expect(line?.metadata["user"] == scene.assistant.id.text)
            #expect(line?.metadata["status"] == "403")
            #expect(try await visitor.with(token: "no-such-token").get(path).status == 401)
            let last = log.lines.last { $0.message == "request refused" }
            #expect(last?.metadata["user"] == "nobody")
        }
    }

    private static func signIn(_ visitor: Visitor, email: String, password: String) async throws -> Visitor.Answer {
        try await visitor.with(token: nil).send(
            .post, "/sign-in",
            headers: [.contentType: "application/x-www-form-urlencoded", .cookie: "\(IdentifyVisitor.visitCookie)=\(visit)"],
            body: ByteBuffer(string: "csrf=\(visit)&email=\(email)&password=\(password.replacing(" ", with: "+"))"))
    }
}
