import DeskCore
import DeskServices
import DeskTesting
import Testing

/// A desk whose workspace has an identity provider, and somebody who goes there and back.
struct ProviderDesk {
    static let issuer = "https://id.example"

    let people: PeopleDesk
    let providers: ScriptedProviders
    let provider: IdentityProvider
    /// A member of the workspace alone.
    let bea: User

    static func open() async throws -> ProviderDesk {
        let people = try await PeopleDesk.open()
        let providers = ScriptedProviders()
        let (provider, _) = try await SetIdentityProvider(people.desk.context, providers: providers).set(
            request(for: people.workspace.id))
        return ProviderDesk(people: people, providers: providers, provider: provider, bea: try await people.assistant())
    }

    static func request(
        for workspace: Workspace.ID, name: String = "Casa", issuer: String = issuer, client: String = "desk", secret: String = "s3cret"
    ) -> SetIdentityProvider.Request {
        SetIdentityProvider.Request(workspace: workspace, name: name, issuer: issuer, client: client, secret: Secret(secret))
    }

    var desk: Desk { people.desk }
    var time: ManualTime { people.time }
    var setting: SetIdentityProvider { SetIdentityProvider(desk.context, providers: providers) }
    var signIn: SignInWithProvider { SignInWithProvider(desk.context, providers: providers, returningTo: "https://desk.example/back") }
    var linking: LinkIdentity {
        LinkIdentity(
            desk.context, passwords: people.passwords, providers: providers, returningTo: "https://desk.example/back")
    }

    /// Somebody set out; the state is in the address.
    struct Way {
        let state: String
        let browser: String

        init(_ departure: Departure) throws {
            state = String(try #require(departure.address.split(separator: "=").last))
            browser = departure.browser.exposed()
        }
    }

    func setOut(browser: String? = nil, from place: String = "::1") async throws -> Way {
        try Way(
            try await signIn.begin(
                at: provider.id, from: SignInOrigin(place: place, device: ""), browser: browser, next: "/waiting"))
    }

    func comeBack(
        _ way: Way, code: String? = "code", error: String? = nil, issuer: String? = nil, browser: String? = nil,
        in session: SignInSession? = nil, from place: String = "::1"
    ) async throws -> SignInWithProvider.Outcome {
        let answer = ProviderAnswer(state: way.state, code: code.map { Secret($0) }, error: error, issuer: issuer)
        return try await signIn.end(
            answer, browser: browser ?? way.browser, in: session, from: SignInOrigin(place: place, device: ""))
    }

    /// - Returns: the token of the session that was entered, and whether it awaits a code.
    func enter(as subject: String = "bea-there") async throws -> (token: String, awaitsCode: Bool) {
        providers.vouch(for: subject, by: "code")
        guard case .entered(let token, let awaitsCode, _) = try await comeBack(try await setOut()) else { throw DeskError.nothingThere }
        return (token.text.exposed(), awaitsCode)
    }

    /// A session by password.
    func session(of user: User) async throws -> SignInSession {
        let token = try await people.sessions.begin(for: user, from: people.origin)
        return try #require(try await people.sessions.session(token.text.exposed())?.session)
    }

    func setOutToLink(_ user: User, in session: SignInSession, password: String? = nil) async throws -> Way {
        try Way(
            try await linking.begin(
                at: provider.id, password: password.map { Secret($0) } ?? people.password, user: user, in: session, from: people.origin,
                browser: nil))
    }

    func link(_ user: User, to subject: String = "bea-there") async throws {
        let session = try await session(of: user)
        let way = try await setOutToLink(user, in: session)
        providers.vouch(for: subject, by: "link")
        _ = try await comeBack(way, code: "link", in: session)
    }

    func isOpen(_ token: String) async throws -> Bool { try await people.sessions.session(token) != nil }

    /// Makes somebody a member of another workspace, too.
    func joinElsewhere(_ user: User) async throws {
        let (other, _) = try await SetUpWorkspace(desk.context, passwords: people.passwords).setUp(
            .sample(name: "Otra mesa", email: "otra@example.org"))
        let now = time.now()
        try await desk.write { try $0.people.insert(Membership(workspace: other.id, user: user.id, role: .assistant), at: now) }
    }

    func turnAppOn(_ user: User) async throws -> TimedCode {
        let factors = SecondFactors(desk.context, passwords: people.passwords)
        let app = try await factors.prepare(for: user)
        _ = try await factors.turnOn(shown(by: app), for: user)
        time.advance(by: .minutes(2))
        return app
    }

    func shown(by app: TimedCode) -> String { app.code(at: time.now().unixSeconds / TimedCode.step) }
}
