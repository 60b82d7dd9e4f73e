import ChannelKit
import DeskCore
import Foundation
import Testing

@testable import OpenIDConnect

/// What goes to the provider, and how its answers are taken.
@Suite struct FlowTests {
    private let answer = ProviderAnswer(state: "state", code: Secret("code"))

    private func signedIn(_ metadata: [String: JSONField] = FakeProvider.goodMetadata) -> FakeProvider {
        let provider = FakeProvider(metadata: metadata)
        provider.change { $0.token = SigningKey.rsa.token(.claims) }
        return provider
    }

    @Test func theBrowserTakesStateNonceAndChallengeAndAsksForNoAddress() async throws {
        let address = try await OpenIDConnect(egress: FakeProvider()).signInAddress(
            at: FakeProvider.provider, carrying: FakeProvider.challenge, returningTo: "https://desk.example/back?", now: FakeProvider.now)
        let parts = try #require(URLComponents(string: address))
        let query = Dictionary((parts.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
        #expect(address.hasPrefix("\(FakeProvider.issuer)/authorize?"))
        #expect(
            query == [
                "response_type": "code", "scope": "openid", "client_id": "desk", "redirect_uri": "https://desk.example/back?",
                "state": "state", "nonce": FakeProvider.challenge.nonce, "code_challenge_method": "S256",
                "code_challenge": AuthorizationRequest.digest(of: FakeProvider.challenge.verifier),
            ])
        #expect(!address.contains(FakeProvider.challenge.verifier.exposed()))
    }

    /// RFC 7636 appendix B.
    @Test func theChallengeIsTheOneOfTheStandard() {
        let verifier = Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        #expect(AuthorizationRequest.digest(of: verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test func anEndpointKeepsTheParametersItHas() throws {
        let plain = try #require(WebAddress("https://id.example/authorize"))
        let tenant = try #require(WebAddress("https://id.example/authorize?tenant=a"))
        #expect(plain.adding([("a b", "c&d")]) == "https://id.example/authorize?a%20b=c%26d")
        #expect(tenant.adding([("a", "é")]) == "https://id.example/authorize?tenant=a&a=%C3%A9")
    }

    @Test func theSecretGoesInTheHeaderWhereThatIsOffered() async throws {
        let provider = signedIn()
        _ = try await provider.identity(of: OpenIDConnect(egress: provider))
        let request = try #require(provider.requests.first { $0.url.hasSuffix("/token") })
        let body = String(decoding: request.body, as: UTF8.self)
        #expect(request.headers.contains { $0 == ("Authorization", "Basic " + Data("desk:s3cret".utf8).base64EncodedString()) })
        #expect(body.contains("code_verifier=\(FakeProvider.challenge.verifier.exposed())") && !body.contains("s3cret"))
        #expect(body.contains("redirect_uri=https%3A%2F%2Fdesk.example%2Fback") && body.contains("grant_type=authorization_code"))
        #expect(request.timeout <= .seconds(10) && request.maximumResponseBytes <= 262_144)
    }

    @Test func theSecretGoesInTheBodyWhereOnlyThatIsTaken() async throws {
        let provider = signedIn(FakeProvider.goodMetadata.with("token_endpoint_auth_methods_supported", .list(["client_secret_post"])))
        _ = try await provider.identity(of: OpenIDConnect(egress: provider))
        let request = try #require(provider.requests.first { $0.url.hasSuffix("/token") })
        #expect(String(decoding: request.body, as: UTF8.self).hasSuffix("client_id=desk&client_secret=s3cret"))
        #expect(!request.headers.contains { $0.name == "Authorization" })
    }

    @Test(arguments: [
        (#"{"error":"invalid_grant"}"#, 400, OpenIDFault.Kind.refused), (#"{"error":"invalid_client"}"#, 401, .unavailable),
        ("<html>", 502, .unavailable), ("", 302, .unavailable), ("{}", 200, .refused), ("no json", 200, .refused),
    ])
    func whatTheTokenEndpointAnswersIsTakenForWhatItIs(body: String, status: Int, expected: OpenIDFault.Kind) async throws {
        let provider = signedIn()
        provider.change { $0.answers["/token"] = EgressResponse(status: status, body: Array(body.utf8)) }
        #expect(await kind { _ = try await provider.identity(of: OpenIDConnect(egress: provider)) } == expected)
    }

    /// RFC 9207 section 2.4.
    @Test(
        arguments: [
            (false, nil, true), (false, FakeProvider.issuer, true), (false, "https://evil.example", false),
            (true, FakeProvider.issuer, true),
            (true, nil, false), (true, "", false), (true, "https://evil.example", false),
        ] as [(Bool, String?, Bool)])
    func anAnswerOfAnotherProviderIsAMixUp(isPromised: Bool, issuer: String?, isTaken: Bool) async throws {
        let provider = signedIn(FakeProvider.goodMetadata.with("authorization_response_iss_parameter_supported", .flag(isPromised)))
        let answer = ProviderAnswer(state: "state", code: Secret("code"), issuer: issuer)
        let outcome = await kind { _ = try await provider.identity(of: OpenIDConnect(egress: provider), answer: answer) }
        #expect(outcome == (isTaken ? nil : .refused))
        #expect(provider.requests.contains { $0.url.hasSuffix("/token") } == isTaken, "no code goes to the wrong place")
    }

    @Test func anUnknownKeyIsLookedForOnceAMinute() async throws {
        let provider = signedIn()
        let client = OpenIDConnect(egress: provider)
        _ = try await provider.identity(of: client)
        _ = try await provider.identity(of: client, now: FakeProvider.now + .seconds(10))
        #expect(provider.keyRequests == 1)
        provider.change {
            $0.keys = [SigningKey.elliptic.published]
            $0.token = SigningKey.elliptic.token(.claims)
        }
        #expect(await kind { _ = try await provider.identity(of: client, now: FakeProvider.now + .seconds(59)) } == .refused)
        #expect(provider.keyRequests == 1)
        #expect(await kind { _ = try await provider.identity(of: client, now: FakeProvider.now + .seconds(60)) } == nil)
        #expect(provider.keyRequests == 2)
    }

    @Test func aKeyThatWasWithdrawnIsForgottenWithinAnHour() async throws {
        let provider = signedIn()
        let client = OpenIDConnect(egress: provider)
        _ = try await provider.identity(of: client)
        let later = FakeProvider.now + .hours(1)
        let claims = [String: JSONField].claims.with("iat", .number(Double(later.unixSeconds)))
        provider.change {
            $0.keys = [SigningKey.elliptic.published]
            $0.token = SigningKey.rsa.token(claims.with("exp", .number(Double(later.unixSeconds + 300))))
        }
        #expect(await kind { _ = try await provider.identity(of: client, now: later) } == .refused)
    }

    @Test func aProviderThatCanNotBeReachedIsAskedAgainByTheNext() async throws {
        let provider = signedIn()
        let client = OpenIDConnect(egress: provider)
        provider.change { $0.isUnreachable = true }
        #expect(await kind { _ = try await provider.identity(of: client) } == .unavailable)
        provider.change { $0.isUnreachable = false }
        provider.change { $0.answers["/keys"] = EgressResponse(status: 503) }
        #expect(await kind { _ = try await provider.identity(of: client) } == .unavailable)
        provider.change { $0.answers = [:] }
        #expect(await kind { _ = try await provider.identity(of: client) } == nil)
    }
}
