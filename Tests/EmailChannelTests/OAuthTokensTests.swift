import ChannelKit
import DeskCore
import Synchronization
import Testing

@testable import EmailChannel

/// Access tokens, kept new.
@Suite struct OAuthTokensTests {
    private static let grant = OAuthGrant(
        tokenURL: "https://id.example/token", clientID: "desk", clientSecret: Secret("s3cret"), refreshToken: Secret("r1"))

    /// A clock to turn, and what was stored.
    private final class Surroundings: Sendable {
        private let state = Mutex((now: Instant(unixSeconds: 1_800_000_000), kept: [String]()))
        var now: Instant { state.withLock { $0.now } }
        var kept: [String] { state.withLock { $0.kept } }
        func pass(_ duration: Duration) { state.withLock { $0.now = $0.now + duration } }
        func keep(_ token: Secret) { state.withLock { $0.kept.append(token.exposed()) } }

        func tokens(_ server: TokenServer) -> OAuthTokens {
            OAuthTokens(egress: server, now: { self.now }, keep: { _, token in self.keep(token) })
        }
    }

    @Test func aTokenIsUsedUntilAMinuteBeforeItsEnd() async throws {
        let (server, around) = (TokenServer([.token("a1", seconds: 600), .token("a2")]), Surroundings())
        let tokens = around.tokens(server)
        #expect(try await tokens.token(for: Self.grant, of: "m").exposed() == "a1")
        around.pass(.seconds(539))
        #expect(try await tokens.token(for: Self.grant, of: "m").exposed() == "a1")
        around.pass(.seconds(1))
        #expect(try await tokens.token(for: Self.grant, of: "m").exposed() == "a2")
        #expect(
            server.bodies
                == Array(
                    repeating: "grant_type=refresh_token&refresh_token=r1&client_id=desk&client_secret=s3cret", count: 2))
    }

    @Test func allWhoAskAtOnceGetTheSameRenewal() async throws {
        let (asked, released) = AsyncStream.makeStream(of: Void.self)
        let server = TokenServer([.token("a1")], pause: { for await _ in asked { break } })
        let tokens = Surroundings().tokens(server)
        let found = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<10 { group.addTask { try await tokens.token(for: Self.grant, of: "m").exposed() } }
            while await tokens.waitingCount(of: "m") < 9 { await Task.yield() }
            released.yield()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(found == Array(repeating: "a1", count: 10))
        #expect(server.bodies.count == 1)
    }

    @Test func mailboxesDoNotShareTokens() async throws {
        let tokens = Surroundings().tokens(TokenServer([.token("a1"), .token("b1")]))
        #expect(try await tokens.token(for: Self.grant, of: "m").exposed() == "a1")
        #expect(try await tokens.token(for: Self.grant, of: "n").exposed() == "b1")
    }

    /// Microsoft gives another one each time, and the one before may be worth nothing.
    @Test func aNewRefreshTokenIsStoredAndUsedFromThenOn() async throws {
        let (server, around) = (TokenServer([.token("a1", refresh: "r2", seconds: 60), .token("a2", refresh: "r3")]), Surroundings())
        let tokens = around.tokens(server)
        _ = try await tokens.token(for: Self.grant, of: "m")
        #expect(around.kept == ["r2"])
        // Whoever read the settings before still comes with the old one.
        #expect(try await tokens.token(for: Self.grant, of: "m").exposed() == "a2")
        #expect(server.bodies.last?.contains("refresh_token=r2") == true)
        let stored = OAuthGrant(tokenURL: Self.grant.tokenURL, clientID: "desk", clientSecret: Secret("s3cret"), refreshToken: Secret("r3"))
        #expect(try await tokens.token(for: stored, of: "m").exposed() == "a2")
        #expect(around.kept == ["r2", "r3"])
    }

    @Test(arguments: [("invalid_grant", OAuthFault.Kind.ended), ("invalid_client", .misconfigured)])
    func aProviderThatSaidNoIsNotAskedAgainUntilSomebodySignsInAgain(code: String, kind: OAuthFault.Kind) async throws {
        let server = TokenServer([.error(400, code), .token("a1")])
        let tokens = Surroundings().tokens(server)
        for _ in 0..<3 {
            let fault = await #expect(throws: OAuthFault.self) { try await tokens.token(for: Self.grant, of: "m") }
            #expect(fault?.kind == kind)
        }
        #expect(server.bodies.count == 1)
        let again = OAuthGrant(tokenURL: Self.grant.tokenURL, clientID: "desk", clientSecret: Secret("s3cret"), refreshToken: Secret("r9"))
        #expect(try await tokens.token(for: again, of: "m").exposed() == "a1")
        #expect(server.bodies.last?.contains("refresh_token=r9") == true)
    }

    @Test(arguments: [TokenServer.Answer.silence, .error(503, ""), .error(429, "slow_down"), .error(200, "odd")])
    func whatIsOnlyAwayIsAskedAgain(answer: TokenServer.Answer) async throws {
        let tokens = Surroundings().tokens(TokenServer([answer, .token("a1")]))
        let fault = await #expect(throws: OAuthFault.self) { try await tokens.token(for: Self.grant, of: "m") }
        #expect(fault?.kind == .unavailable)
        #expect(try await tokens.token(for: Self.grant, of: "m").exposed() == "a1")
    }

    @Test func aTokenThatAServerDidNotTakeIsFetchedAnew() async throws {
        let tokens = Surroundings().tokens(TokenServer([.token("a1"), .token("a2")]))
        let first = try await tokens.token(for: Self.grant, of: "m")
        await tokens.discard(first, of: "m")
        #expect(try await tokens.token(for: Self.grant, of: "m").exposed() == "a2")
        await tokens.discard(first, of: "m")
        #expect(try await tokens.token(for: Self.grant, of: "m").exposed() == "a2")
    }

    @Test func noSecretIsSentInTheClearOverTheNetwork() async {
        let server = TokenServer([.token("a1")])
        let plain = OAuthGrant(tokenURL: "http://id.example/token", clientID: "desk", clientSecret: nil, refreshToken: Secret("r1"))
        let fault = await #expect(throws: OAuthFault.self) { try await Surroundings().tokens(server).token(for: plain, of: "m") }
        #expect(fault?.kind == .misconfigured)
        #expect(server.bodies.isEmpty)
    }

    @Test func aFaultTellsNoSecret() async {
        let tokens = Surroundings().tokens(TokenServer([.error(400, "invalid_grant r1 s3cret <script>")]))
        let fault = await #expect(throws: OAuthFault.self) { try await tokens.token(for: Self.grant, of: "m") }
        #expect(fault?.reason.contains("<") == false)
    }

    @Test func theCodeIsExchangedWithItsVerifier() async throws {
        let server = TokenServer([.token("a1", refresh: "r1")])
        let answer = try await OAuthEndpoint(egress: server).exchange(
            Secret("c&d"), verifier: Secret("v"), returningTo: "https://desk.example/back", at: "https://id.example/token",
            clientID: "desk", clientSecret: nil)
        #expect(answer.refreshToken == Secret("r1"))
        #expect(
            server.bodies == [
                "grant_type=authorization_code&code=c%26d&redirect_uri=https%3A%2F%2Fdesk.example%2Fback&code_verifier=v&client_id=desk"
            ])
    }

    /// The example of RFC 7636 appendix B.
    @Test func theWayThereCarriesTheChallenge() throws {
        let verifier = Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        let address = try #require(
            AuthorizationJourney.address(
                at: "https://id.example/auth?tenant=1", scope: "a b", parameters: ["prompt": "consent"], clientID: "desk",
                hint: "ana@x.example", returningTo: "https://desk.example/back", state: "st", verifier: verifier))
        #expect(address.hasPrefix("https://id.example/auth?tenant=1&response_type=code&client_id=desk&"))
        #expect(address.contains("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"))
        #expect(address.hasSuffix("&login_hint=ana%40x.example&prompt=consent"))
        for endpoint in ["http://id.example/auth", "javascript:alert(1)", "https://id.example/auth#x", "auth"] {
            #expect(
                AuthorizationJourney.address(
                    at: endpoint, scope: "", parameters: [:], clientID: "d", hint: "", returningTo: "", state: "", verifier: verifier)
                    == nil)
        }
    }
}
