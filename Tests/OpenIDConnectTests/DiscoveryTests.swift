import ChannelKit
import DeskCore
import Testing

@testable import OpenIDConnect

/// What a provider must be, told in plain words.
@Suite struct DiscoveryTests {
    /// Something that a provider says, and what the operator reads.
    struct Unsuitable: Sendable, CustomTestStringConvertible {
        let name: String
        let value: JSONField?
        let words: String

        init(_ name: String, _ value: JSONField?, _ words: String) {
            self.name = name
            self.value = value
            self.words = words
        }

        var testDescription: String { "\(name): \(value.map { "\($0)" } ?? "missing")" }
    }

    @Test(arguments: [
        Unsuitable("issuer", .text("https://id.example"), "calls itself another issuer, \"https://id.example\""),
        Unsuitable("issuer", nil, "calls itself another issuer:"),
        Unsuitable("response_types_supported", .list(["id_token"]), "authorization code flow"),
        Unsuitable("response_types_supported", nil, "authorization code flow"),
        Unsuitable("grant_types_supported", .list(["implicit"]), "authorization code flow"),
        Unsuitable("response_modes_supported", .list(["fragment"]), "authorization code flow"),
        Unsuitable("code_challenge_methods_supported", .list(["plain"]), "PKCE without S256"),
        Unsuitable("jwks_uri", nil, "no jwks_uri"), Unsuitable("jwks_uri", .text("http://id.example/keys"), "jwks_uri is no https"),
        Unsuitable("token_endpoint", .text("http://127.0.0.1/token"), "token_endpoint is no https"),
        Unsuitable("authorization_endpoint", .text("javascript:alert(1)"), "authorization_endpoint is no https"),
        Unsuitable("id_token_signing_alg_values_supported", .list(["HS256", "none"]), "no algorithm that is known"),
        Unsuitable("token_endpoint_auth_methods_supported", .list(["private_key_jwt"]), "neither by client_secret_basic"),
    ])
    func whatDoesNotSuitIsSaidInPlainWords(_ unsuitable: Unsuitable) async throws {
        let provider = FakeProvider(metadata: FakeProvider.goodMetadata.with(unsuitable.name, unsuitable.value))
        let fault = await fault { _ = try await OpenIDConnect(egress: provider).inspect(FakeProvider.issuer, at: FakeProvider.now) }
        #expect(fault?.kind == .unsuitable)
        #expect(fault?.reason.contains(unsuitable.words) == true, "\(fault?.reason ?? "")")
    }

    @Test(arguments: [
        "http://id.example", "ftp://id.example", "id.example", "https://id.example?x", "https://id.example/#a", "https://a:b@id.example",
        "https://", "", "http://169.254.169.254", "https://id.example\\@evil.example", "https://id.example/é", "https://id.example\n",
    ])
    func whatIsNoIssuerIsNotAsked(issuer: String) async throws {
        let provider = FakeProvider()
        #expect(await kind { _ = try await OpenIDConnect(egress: provider).inspect(issuer, at: FakeProvider.now) } == .unsuitable)
        #expect(provider.requests.isEmpty)
    }

    @Test(arguments: [
        ("https://id.example", "https://id.example/.well-known/openid-configuration"),
        ("https://id.example/realm/", "https://id.example/realm/.well-known/openid-configuration"),
        ("http://localhost:8081/realms/a", "http://localhost:8081/realms/a/.well-known/openid-configuration"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000/.well-known/openid-configuration"),
        ("http://[::1]:9000", "http://[::1]:9000/.well-known/openid-configuration"),
    ])
    func theDescriptionIsAtItsPlace(issuer: String, address: String) throws {
        #expect(try #require(WebAddress(issuer)).discovery == address)
    }

    /// Only the issuer's own server was named by the operator: an address that the provider names elsewhere may not lead inside.
    @Test func whatLiesElsewhereIsNoAddressOfTheOperators() async throws {
        let metadata = FakeProvider.goodMetadata.with("jwks_uri", .text("https://elsewhere.example/keys"))
        let provider = FakeProvider(metadata: metadata)
        provider.change { $0.answers["elsewhere.example/keys"] = FakeProvider.json(["keys": [SigningKey.rsa.published]]) }
        _ = try await OpenIDConnect(egress: provider).inspect(FakeProvider.issuer, at: FakeProvider.now)
        #expect(provider.requests.map(\.isOperatorTyped) == [true, false])
    }

    @Test func whoSaysNothingOfPKCEIsTakenWithARemark() async throws {
        let provider = FakeProvider(metadata: FakeProvider.goodMetadata.with("code_challenge_methods_supported", nil))
        let remarks = try await OpenIDConnect(egress: provider).inspect(FakeProvider.issuer, at: FakeProvider.now)
        #expect(remarks.count == 1 && remarks[0].contains("PKCE"))
        #expect(try await OpenIDConnect(egress: FakeProvider()).inspect(FakeProvider.issuer, at: FakeProvider.now).isEmpty)
    }

    @Test func whoPublishesNoKeysOrCanNotBeReachedIsNotSet() async throws {
        let keyless = FakeProvider(keys: [])
        #expect(
            await kind { _ = try await OpenIDConnect(egress: keyless).inspect(FakeProvider.issuer, at: FakeProvider.now) } == .unsuitable)
        let silent = FakeProvider()
        silent.change { $0.isUnreachable = true }
        let fault = await fault { _ = try await OpenIDConnect(egress: silent).inspect(FakeProvider.issuer, at: FakeProvider.now) }
        #expect(fault?.kind == .unavailable && fault?.reason.contains("can't be reached") == true)
        let moved = FakeProvider()
        moved.change { $0.answers["openid-configuration"] = EgressResponse(status: 301, headers: ["location": "https://evil.example"]) }
        let led = await self.fault { _ = try await OpenIDConnect(egress: moved).inspect(FakeProvider.issuer, at: FakeProvider.now) }
        #expect(led?.reason.contains("nothing is followed") == true)
        #expect(moved.requests.count == 1)
    }

    private func fault(of body: () async throws -> Void) async -> OpenIDFault? {
        do {
            try await body()
            return nil
        } catch {
            return error as? OpenIDFault
        }
    }
}
