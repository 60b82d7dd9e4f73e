import DeskCore
import DeskServices
import DeskTesting
import Foundation
import HTTPTypes
import MailFormat
import Testing

@testable import DeskServer

/// Mails as people meet them: with their design, as they came, and not at all where addresses are covered.
@Suite(.timeLimit(.minutes(5))) struct MailPageTests {
    @Test func theDesignIsShownInAPageThatCanDoNothing() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let reader = try await visitor.inBrowser(scene.sur.owner)
            let answer = try await reader.get("/messages/\(try await scene.receiveMail(visitor))/mail")
            #expect(answer.status == 200)
            #expect(answer.headers[.contentSecurityPolicy] == MailDocument.policy(showsRemoteImages: false))
            #expect(answer.headers[.contentSecurityPolicy]?.contains("img-src data:;") == true)
            #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
            #expect(answer.headers[.cacheControl] == "private, no-store")
            #expect(answer.headers[.xContentTypeOptions] == "nosniff" && answer.headers[.referrerPolicy] == "no-referrer")
            #expect(answer.text.contains("<b>Hola</b>") && !answer.text.contains("<script") && !answer.text.contains("elsewhere.example"))
            #expect(answer.text.contains("src=\"data:image/png;base64,"))
            #expect(answer.text.contains("Hay 1 imagen de otro sitio sin cargar."))
        }
    }

    @Test func picturesFromElsewhereAreLoadedOnlyForSomebodyWhoAsksAndThatIsWrittenDown() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let message = try await scene.receiveMail(visitor)
            let answer = try await visitor.inBrowser(scene.sur.owner).get("/messages/\(message)/mail?images=1")
            #expect(answer.headers[.contentSecurityPolicy]?.contains("img-src https: data:;") == true)
            #expect(answer.text.contains("src=\"https://elsewhere.example/pixel.gif\""))
            let owner = visitor.with(token: scene.sur.ownerToken)
            let readings = try await owner.get("/api/v1/workspaces/\(scene.sur.workspace.id)/reports/readings?act=downloaded")
            #expect(readings.text.contains("\(message)/images"))
        }
    }

    @Test func theSourceIsShownAsTextAndKeptAsAFile() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let message = try await scene.receiveMail(visitor)
            let reader = try await visitor.inBrowser(scene.sur.owner)
            let page = try await reader.get("/messages/\(message)/source")
            #expect(page.status == 200 && page.text.contains("&lt;script&gt;") && !page.text.contains("<script>alert"))
            #expect(page.text.contains("Subject: Presupuesto"))
            let file = try await reader.get("/messages/\(message)/source/file")
            #expect(file.headers[.contentType] == "message/rfc822")
            #expect(file.headers[.contentDisposition]?.hasPrefix("attachment; filename=\"Presupuesto.eml\"") == true)
            #expect(file.headers[.contentSecurityPolicy] == "sandbox; default-src 'none'")
            #expect(file.text == Scene.mail)
        }
    }

    @Test func ofALongSourceOnlyTheBeginningIsShown() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let long = Scene.mail + String(repeating: "x", count: 400_000) + "the end"
            let page = try await visitor.inBrowser(scene.sur.owner).get("/messages/\(try await scene.receiveMail(visitor, long))/source")
            #expect(page.text.utf8.count < 300_000 && !page.text.contains("the end"))
            #expect(page.text.contains("262 kB"))
        }
    }

    @Test(arguments: ["mail", "mail?images=1", "source", "source/file"])
    func whoSeesAddressesCoveredSeesNeitherDesignNorSource(path: String) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let message = try await scene.receiveMail(visitor)
            #expect(try await visitor.inBrowser(scene.sur.owner).get("/messages/\(message)/\(path)").status == 200)
            let answer = try await visitor.inBrowser(scene.assistant).get("/messages/\(message)/\(path)")
            #expect(answer.status == 404 && !answer.text.contains("Presupuesto"))
            let nobody = try await visitor.with(token: nil).get("/messages/\(message)/\(path)")
            #expect([303, 401].contains(nobody.status))
        }
    }

    @Test func coveredMailsTellNoAddress() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let message = try await scene.receiveMail(visitor)
            let owner = visitor.with(token: scene.sur.ownerToken)
            let conversation = try await visitor.get("/api/v1/conversations?state=all").body["items"][0]["id"].text
            let whole = try await owner.get("/api/v1/conversations/\(conversation)/messages").body["items"][0]["mail"]
            #expect(whole["subject"].text == "Presupuesto" && whole["from"][0]["address"].text == "carla@ejemplo.com")
            #expect(whole["message_id"].text == "1@ejemplo.com" && whole["warnings"].list.map(\.text) == ["answers_elsewhere"])
            let covered = try await visitor.get("/api/v1/conversations/\(conversation)/messages")
            let page = try await visitor.inBrowser(scene.assistant).get("/conversations/\(conversation)")
            #expect(page.status == 200 && page.text.contains("message-\(message)"))
            for text in [covered.text, page.text] { #expect(!text.contains("@ejemplo.com") && !text.contains("/source")) }
            #expect(covered.body["items"][0]["mail"]["message_id"] == .null)
        }
    }

    @Test func theConversationShowsTheMail() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let message = try await scene.receiveMail(visitor)
            let conversation = try await visitor.get("/api/v1/conversations?state=all").body["items"][0]["id"].text
            let page = try await visitor.inBrowser(scene.sur.owner).get("/conversations/\(conversation)")
            #expect(page.text.contains("dir=\"auto\">Presupuesto</h1>"))
            #expect(page.text.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""))
            #expect(page.text.contains("src=\"/messages/\(message)/mail\""))
            #expect(page.headers[.contentSecurityPolicy]?.contains("frame-src 'self'") == true)
            #expect(try await visitor.inBrowser(scene.sur.owner).get("/").text.contains("Presupuesto — Hola"))
        }
    }
}

extension Scene {
    fileprivate static let pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

    fileprivate static let mail = [
        "From: Carla <carla@ejemplo.com>", "To: hola@sur.example", "Subject: Presupuesto", "Message-ID: <1@ejemplo.com>",
        "MIME-Version: 1.0", "Content-Type: multipart/related; boundary=b", "", "--b", "Content-Type: text/html; charset=utf-8", "",
        "<b>Hola</b><script>alert(1)</script><img src=\"cid:logo@x\"><img src=\"https://elsewhere.example/pixel.gif\">", "--b",
        "Content-Type: image/png", "Content-ID: <logo@x>", "Content-Transfer-Encoding: base64", "", pixel, "--b--", "",
    ].joined(separator: "\r\n")

    /// A mail is there, as collecting it would have left it.
    /// - Returns: its message's id.
    fileprivate func receiveMail(_ visitor: Visitor, _ source: String = mail) async throws -> String {
        try await visitor.receive("un mensaje", id: "wamid.1")
        let blob = try await parts.blobs.store(Array(source.utf8))
        let content = MailContent(
            subject: "Presupuesto", from: [MailParty(name: "Carla", address: "carla@ejemplo.com")],
            to: [MailParty(address: "hola@sur.example")],
            replyTo: [MailParty(address: "otra@ejemplo.com")], messageID: "1@ejemplo.com", references: ["0@ejemplo.com"],
            blocks: [MailBlock(.reply, "Hola"), MailBlock(.quoted, "> de carla@ejemplo.com")], warnings: [.answersElsewhere], hasHTML: true,
            remoteImages: 1, source: blob)
        let conversation = try await visitor.get("/api/v1/conversations?state=all").body["items"][0]["id"].text
        let id = try await visitor.get("/api/v1/conversations/\(conversation)/messages").body["items"][0]["id"].text
        try await storage.write { session in
            guard var message = try session.messages.message(Message.ID(id)) else { throw DeskError.nothingThere }
            message.content = MessageContent(kind: .email, text: "Hola", mail: content)
            try session.messages.update(message)
        }
        return id
    }
}

extension Visitor {
    /// As a browser in which somebody is signed in, in Spanish.
    fileprivate func inBrowser(_ user: User) async throws -> Visitor {
        let (cookie, _) = try await scene.session(of: user)
        return Visitor(client: client, token: nil, cookie: "__Host-contesta=\(cookie)", scene: scene)
    }
}
