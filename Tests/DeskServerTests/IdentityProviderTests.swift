import DeskCore
import DeskServices
import DeskTesting
import DeskWeb
import HTTPTypes
import NIOCore
import Testing

@testable import DeskServer

/// To an identity provider and back, over HTTP.
@Suite struct IdentityProviderTests {
    @Test func theWayThereIsAPageAndACookieOfThisBrowser() async throws {
        let scene = try await ProviderScene.open()
        try await scene.scene.test { visitor in
            let answer = try await scene.setOut(visitor)
            #expect(answer.status == 200)
            #expect(answer.headers[.refresh]?.hasPrefix("0; url=https://id.example/authorize?state=") == true)
            #expect(answer.headers[.contentSecurityPolicy]?.contains("form-action 'self'") == true)
            let cookie = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix(ProviderRoutes.cookie) })
            for part in ["Max-Age=600", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"] { #expect(cookie.contains(part), "\(part)") }
        }
    }

    @Test func theFormMustBeOurs() async throws {
        let scene = try await ProviderScene.open()
        try await scene.scene.test { visitor in
            let path = "/sign-in/with/\(scene.provider.id.text)"
            let forged = try await visitor.with(token: nil).send(
                .post, path, headers: ProviderScene.form, body: ByteBuffer(string: "csrf=\(ProviderScene.visit)"))
            #expect(forged.status == 403)
            let foreign = try await scene.setOut(visitor, headers: [.secFetchSite: "cross-site"])
            #expect(foreign.status == 403)
            #expect(try await scene.setOut(visitor, at: "another").status == 404)
        }
    }

    @Test func whoComesBackGetsASessionAndGoesOn() async throws {
        let scene = try await ProviderScene.open()
        try await scene.link(scene.scene.assistant, to: "ana-there")
        try await scene.scene.test { visitor in
            let way = try ProviderScene.Way(try await scene.setOut(visitor, next: "/waiting"))
            scene.scene.providers.vouch(for: "ana-there", by: "code")
            let answer = try await visitor.with(token: nil).get(way.path(code: "code"), headers: way.cookie)
            #expect(answer.status == 303)
            #expect(answer.headers[.location] == "/waiting")
            let session = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("__Host-contesta=") })
            let cookie = String(session.prefix { $0 != ";" })
            #expect(try await visitor.with(token: nil).get("/api/v1/me", headers: [.cookie: cookie]).status == 200)
            let again = try await visitor.with(token: nil).get(way.path(code: "code"), headers: way.cookie)
            #expect(again.status == 400)
        }
    }

    /// No place elsewhere is led to, whatever was asked for.
    @Test(arguments: ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
    func nobodyIsLedElsewhere(next: String) async throws {
        let scene = try await ProviderScene.open()
        try await scene.link(scene.scene.assistant, to: "ana-there")
        try await scene.scene.test { visitor in
            let way = try ProviderScene.Way(try await scene.setOut(visitor, next: next))
            scene.scene.providers.vouch(for: "ana-there", by: "code")
            #expect(try await visitor.with(token: nil).get(way.path(code: "code"), headers: way.cookie).headers[.location] == "/")
        }
    }

    @Test(arguments: ["", "?state=x&code=y", "?state=%00&code=%00", "?error=access_denied", "?code=1&code=2&state=a&state=b"])
    func aCallbackOutOfNowhereIsToldKindlyAndOpensNothing(query: String) async throws {
        let scene = try await ProviderScene.open()
        try await scene.scene.test { visitor in
            let answer = try await visitor.with(token: nil).get(
                "/sign-in/callback\(query)", headers: [.accept: "text/html", .cookie: "\(ProviderRoutes.cookie)=\(ProviderScene.visit)"])
            #expect(answer.status == 400)
            #expect(answer.text.contains("/sign-in"))
            #expect(!answer.headers[values: .setCookie].contains { $0.hasPrefix("__Host-contesta=") })
        }
    }

    @Test func aLinkIsMadeInTheSessionThatBeganItAndNoOther() async throws {
        let scene = try await ProviderScene.open()
        try await scene.scene.test { visitor in
            let (own, csrf) = try await scene.scene.session(of: scene.scene.assistant)
            let (other, _) = try await scene.scene.session(of: scene.scene.sur.owner)
            for (session, status) in [(other, 400), (own, 303)] {
                let begun = try await visitor.with(token: nil).send(
                    .post, "/settings/account/identities/\(scene.provider.id.text)",
                    headers: ProviderScene.form.merging([.cookie: "__Host-contesta=\(own)"]),
                    body: ByteBuffer(string: "csrf=\(csrf)&password=\(Scene.password.replacing(" ", with: "+"))"))
                let way = try ProviderScene.Way(begun)
                scene.scene.providers.vouch(for: "ana-there", by: "code-\(status)")
                let answer = try await visitor.with(token: nil).get(
                    way.path(code: "code-\(status)"), headers: [.cookie: "__Host-contesta=\(session); \(way.cookieText)"])
                #expect(answer.status == status)
            }
        }
    }

    /// Else whoever administers the provider would finish an app that its owner began to set up, and go beyond the workspace with it.
    @Test func theAppThatIsBeingSetUpIsNotForWhomTheProviderVouches() async throws {
        let scene = try await ProviderScene.open()
        let ana = scene.scene.assistant
        try await scene.link(ana, to: "ana-there")
        let app = try await scene.scene.parts.secondFactors.prepare(for: ana)
        let key = AccountPage.Setup(app, account: ana.email).key
        let token = try await scene.scene.parts.sessions.begin(
            for: ana, from: SignInOrigin(place: "::1", device: ""), through: scene.provider.id
        ).text.exposed()
        try await scene.scene.test { visitor in
            let cookie: HTTPFields = [.cookie: "__Host-contesta=\(token)", .accept: "text/html"]
            #expect(try await !visitor.with(token: nil).get("/settings/account", headers: cookie).text.contains(key))
            let session = try #require(try await scene.scene.parts.sessions.session(token)?.session)
            let code = app.code(at: scene.scene.time.now().unixSeconds / TimedCode.step)
            let refused = try await visitor.with(token: nil).send(
                .post, "/settings/account/app/on", headers: ProviderScene.form.merging(cookie),
                body: ByteBuffer(string: "csrf=\(session.csrfToken)&code=\(code)"))
            #expect(refused.headers[.location]?.hasPrefix("/confirm") == true)
            try await scene.scene.parts.sessions.confirm(session)
            #expect(try await visitor.with(token: nil).get("/settings/account", headers: cookie).text.contains(key))
        }
    }

    /// Open streams end, too: within the hub's next look.
    @Test func aSessionWhoseProviderIsGoneIsNobodys() async throws {
        let scene = try await ProviderScene.open()
        try await scene.link(scene.scene.assistant, to: "ana-there")
        let token = try await Sessions(scene.scene.context).begin(
            for: scene.scene.assistant, from: SignInOrigin(place: "::1", device: ""), through: scene.provider.id)
        try await scene.scene.test { visitor in
            let headers: HTTPFields = [.cookie: "__Host-contesta=\(token.text.exposed())"]
            #expect(try await visitor.with(token: nil).get("/api/v1/me", headers: headers).status == 200)
            let viewer = EventListener.Viewer(
                user: scene.scene.assistant.id, limit: nil, credential: .session(digest: token.digest))
            let now = scene.scene.time.now()
            #expect(try await scene.scene.storage.read { try viewer.scope(in: $0, at: now) } != nil)
            try await scene.joinElsewhere(scene.scene.assistant)
            #expect(try await visitor.with(token: nil).get("/api/v1/me", headers: headers).status == 401)
            #expect(try await scene.scene.storage.read { try viewer.scope(in: $0, at: now) } == nil)
        }
    }
}

/// A server of which one workspace has an identity provider.
struct ProviderScene: Sendable {
    /// What a browser was given before it signed in.
    static let visit = String(repeating: "ab", count: 32)
    static let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded", .accept: "text/html"]

    let scene: Scene
    let provider: IdentityProvider

    static func open() async throws -> ProviderScene {
        let scene = try await Scene.open()
        let (provider, _) = try await SetIdentityProvider(scene.context, providers: scene.providers).set(
            SetIdentityProvider.Request(
                workspace: scene.sur.workspace.id, name: "Casa", issuer: "https://id.example", client: "desk", secret: Secret("s3cret")))
        return ProviderScene(scene: scene, provider: provider)
    }

    func setOut(
        _ visitor: Visitor, at id: String? = nil, next: String = "/", headers: HTTPFields = [:]
    ) async throws -> Visitor.Answer {
        try await visitor.with(token: nil).send(
            .post, "/sign-in/with/\(id ?? provider.id.text)",
            headers: Self.form.merging([.cookie: "__Host-contesta-visit=\(Self.visit)"]).merging(headers),
            body: ByteBuffer(string: "csrf=\(Self.visit)&next=\(next)"))
    }

    func link(_ user: User, to subject: String) async throws {
        let (provider, now) = (provider, scene.time.now())
        let identity = ProvenIdentity(issuer: provider.issuer, subject: subject)
        _ = try await scene.storage.write { try $0.identities.link(identity, to: user.id, through: provider, at: now) }
    }

    func joinElsewhere(_ user: User) async throws {
        let (workspace, now) = (scene.norte.workspace.id, scene.time.now())
        try await scene.storage.write {
            try $0.people.insert(Membership(workspace: workspace, user: user.id, role: .assistant), at: now)
        }
    }

    /// What the answer to a form gave the browser.
    struct Way {
        let state: String
        let cookieText: String

        init(_ answer: Visitor.Answer) throws {
            state = String(try #require(answer.headers[.refresh]?.split(separator: "=").last))
            let cookie = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix(ProviderRoutes.cookie) })
            cookieText = String(cookie.prefix { $0 != ";" })
        }

        var cookie: HTTPFields { [.cookie: cookieText] }

        func path(code: String) -> String { "/sign-in/callback?state=\(state)&code=\(code)" }
    }
}
