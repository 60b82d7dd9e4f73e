import DeskCore
import DeskServices
import DeskTesting
import HTTPTypes
import NIOCore
import Testing

@testable import DeskServer

/// Connecting a mailbox, over HTTP.
@Suite struct MailboxPageTests {
    private static let address = "hola@panadero.example"

    @Test func anAddressAPasswordAndThenItIsConnected() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let browser = try await MailboxVisit(visitor)
            let draft = try await browser.begin(Self.address)
            let asked = try await browser.get(draft)
            #expect(asked.text.contains("https://panadero.example/ayuda"))
            #expect(asked.text.contains("imap.panadero.example"))

            let wrong = try await browser.tried(draft, password: "otra cosa")
            #expect(wrong.text.contains("check--broken"))
            #expect(!wrong.text.contains("otra cosa"))
            #expect(wrong.headers[.refresh] == nil)

            let right = try await browser.tried(draft, password: ScriptedMailboxes.password)
            #expect(right.text.contains("notice--done"))
            #expect(!right.text.contains(ScriptedMailboxes.password))
        }
        let inbox = try #require(try await scene.storage.read { try $0.inboxes.all().first { $0.channel == .email } })
        #expect(inbox.account == Self.address)
        #expect(inbox.workspace == scene.sur.workspace.id)
        let connection = try #require(try await scene.storage.read { try $0.inboxes.connection(of: inbox.id) })
        #expect(connection.settings["imap_host"] == "imap.panadero.example")
        #expect(connection.secrets["password"]?.exposed() == ScriptedMailboxes.password)
    }

    @Test func aPasswordThatWasTypedIsKeptForTheNextTrialAndNotShown() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let browser = try await MailboxVisit(visitor)
            let draft = try await browser.begin(Self.address)
            _ = try await browser.tried(draft, password: "otra cosa")
            _ = try await browser.tried(draft, password: "", more: "&imap_host=mail.panadero.example")
            #expect(scene.mailboxes.requests.map { $0.secrets["password"]?.exposed() } == ["otra cosa", "otra cosa"])
            #expect(scene.mailboxes.requests.last?.settings["imap_host"] == "mail.panadero.example")
        }
    }

    @Test(arguments: ["", "hola", "hola@panadero", "a@b@c.example", "hola@pana%01dero.example", "<hola@panadero.example>"])
    func whatIsNoAddressIsAskedForAgain(text: String) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let browser = try await MailboxVisit(visitor)
            let answer = try await browser.post("/connect/mailbox", "address=\(text)")
            #expect(answer.status == 400)
            #expect(answer.text.contains("field__error"))
        }
    }

    @Test func aDraftIsItsOwnersAndEndsAfterAWhile() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let browser = try await MailboxVisit(visitor)
            let draft = try await browser.begin(Self.address)
            let other = try await MailboxVisit(visitor, as: scene.norte.owner)
            #expect(try await other.get(draft).status == 404)
            #expect(try await other.post(draft, "act=try&password=x").status == 404)
            #expect(try await browser.get(draft).status == 200)
            scene.time.advance(by: MailboxDrafts.span)
            #expect(try await browser.get(draft).status == 404)
            #expect(scene.mailboxes.requests.isEmpty)
        }
    }

    @Test func onlyThePrincipalConnectsAndOnlyByOurForm() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let assistant = try await MailboxVisit(visitor, as: scene.assistant)
            #expect(try await assistant.get("/connect/mailbox").status == 403)
            #expect(try await assistant.post("/connect/mailbox", "address=\(Self.address)").status == 403)
            let browser = try await MailboxVisit(visitor)
            #expect(try await browser.post("/connect/mailbox", "csrf=x&address=\(Self.address)", isOurs: false).status == 403)
        }
    }

    @Test func trialsHaveALimit() async throws {
        let scene = try await Scene.open()
        let owner = scene.sur.owner.id
        for _ in 0..<ConnectMailbox.allowedTrials {
            try await ConnectMailbox(scene.context).admitTrial(by: owner, in: scene.sur.workspace.id)
        }
        try await scene.test { visitor in
            let browser = try await MailboxVisit(visitor)
            let draft = try await browser.begin(Self.address)
            #expect(try await browser.post(draft, "act=try&password=x").status == 429)
            #expect(scene.mailboxes.requests.isEmpty)
        }
    }

    @Test func aPermissionOfTheProviderOpensTheMailbox() async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let browser = try await MailboxVisit(visitor)
            let draft = try await browser.begin(Self.address)
            let leaving = try await browser.post(draft, "act=permission&oauth_client_id=desk&oauth_client_secret=s3cret")
            let way = try #require(leaving.headers[.refresh])
            #expect(way.hasPrefix("0; url=https://panadero.example/authorize?state="))
            #expect(!leaving.text.contains("s3cret"))
            let state = String(try #require(way.split(separator: "=").last))

            let other = try await MailboxVisit(visitor, as: scene.norte.owner)
            #expect(try await other.get("/connect/mailbox/return?state=\(state)&code=good-code").status == 404)
            let back = try await browser.get("/connect/mailbox/return?state=\(state)&code=good-code")
            #expect(back.headers[.location] == draft)
            #expect(try await browser.settled(draft).text.contains("notice--done"))
            #expect(try await browser.get("/connect/mailbox/return?state=\(state)&code=good-code").status == 404)
        }
        let inbox = try #require(try await scene.storage.read { try $0.inboxes.all().first { $0.channel == .email } })
        let connection = try #require(try await scene.storage.read { try $0.inboxes.connection(of: inbox.id) })
        #expect(connection.settings["oauth_token_url"] == "https://panadero.example/token")
        #expect(connection.settings["oauth_client_id"] == "desk")
        #expect(connection.secrets["oauth_refresh_token"]?.exposed() == ScriptedMailboxes.refreshToken)
        #expect(connection.secrets["oauth_client_secret"]?.exposed() == "s3cret")
        #expect(connection.secrets["password"] == nil)
    }

    @Test(arguments: ["code=bad-code", "error=access_denied", ""])
    func aPermissionThatWasNotGivenIsTold(query: String) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let browser = try await MailboxVisit(visitor)
            let draft = try await browser.begin(Self.address)
            let leaving = try await browser.post(draft, "act=permission&oauth_client_id=desk")
            let state = String(try #require(leaving.headers[.refresh]?.split(separator: "=").last))
            #expect(try await browser.get("/connect/mailbox/return?state=\(state)&\(query)").headers[.location] == draft)
            #expect(try await browser.get(draft).text.contains("check--broken"))
            #expect(scene.mailboxes.requests.isEmpty)
        }
    }

    @Test(arguments: ["act=permission", "act=permission&oauth_client_id=desk&oauth_authorization_url=javascript:alert(1)"])
    func nobodyIsSentToWhatIsNoProvider(form: String) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            let browser = try await MailboxVisit(visitor)
            let draft = try await browser.begin(Self.address)
            let answer = try await browser.post(draft, form)
            #expect(answer.status == 303)
            #expect(answer.headers[.refresh] == nil)
            #expect(try await browser.get(draft).text.contains("check--broken"))
        }
    }
}

/// A browser in which somebody is signed in.
private struct MailboxVisit {
    private let visitor: Visitor
    private let csrf: String

    init(_ visitor: Visitor, as user: User? = nil) async throws {
        let (token, csrf) = try await visitor.scene.session(of: user ?? visitor.scene.sur.owner)
        self.visitor = Visitor(client: visitor.client, cookie: "__Host-contesta=\(token)", scene: visitor.scene)
        self.csrf = csrf
    }

    func get(_ path: String) async throws -> Visitor.Answer { try await visitor.get(path, headers: [.accept: "text/html"]) }

    func post(_ path: String, _ body: String, isOurs: Bool = true) async throws -> Visitor.Answer {
        try await visitor.send(
            .post, path, headers: [.contentType: "application/x-www-form-urlencoded", .accept: "text/html"],
            body: ByteBuffer(string: isOurs ? "csrf=\(csrf)&\(body)" : body))
    }

    /// - Returns: the path of the draft.
    func begin(_ address: String) async throws -> String {
        try #require(try await post("/connect/mailbox", "address=\(address)").headers[.location])
    }

    /// The draft's page once its trial is over.
    func tried(_ draft: String, password: String, more: String = "") async throws -> Visitor.Answer {
        let password = password.replacing(" ", with: "+")
        #expect(try await post(draft, "act=try&name=Correo&password=\(password)\(more)").headers[.location] == draft)
        return try await settled(draft)
    }

    func settled(_ draft: String) async throws -> Visitor.Answer {
        while true {
            let page = try await get(draft)
            if page.headers[.refresh] == nil { return page }
            await Task.yield()
        }
    }
}
