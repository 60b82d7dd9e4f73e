import ChannelKit
import Crypto
import DeskCore
import Foundation
import Testing

@testable import OpenIDConnect

/// What proves somebody's identity, and everything that looks like it and does not (OpenID Connect Core 1.0 section 3.1.3.7).
@Suite struct IDTokenTests {
    @Test(arguments: [SigningKey.rsa, .elliptic])
    func aRightTokenProvesIssuerAndSubjectAndNothingElse(key: SigningKey) async throws {
        let provider = FakeProvider(keys: [SigningKey.otherRSA.published, key.published])
        provider.change { $0.token = key.token(.claims) }
        let identity = try await provider.identity(of: OpenIDConnect(egress: provider))
        #expect(identity == ProvenIdentity(issuer: FakeProvider.issuer, subject: "bea-there"))
    }

    /// A claim that is not as it must be.
    struct WrongClaim: Sendable, CustomTestStringConvertible {
        let name: String
        let value: JSONField?

        init(_ name: String, _ value: JSONField?) {
            self.name = name
            self.value = value
        }

        var testDescription: String { "\(name): \(value.map { "\($0)" } ?? "missing")" }
    }

    private static let seconds = Double(FakeProvider.now.unixSeconds)

    @Test(arguments: [
        WrongClaim("iss", .text("https://evil.example")), WrongClaim("iss", .text(FakeProvider.issuer + "/")), WrongClaim("iss", nil),
        WrongClaim("aud", .text("another")), WrongClaim("aud", .list([])), WrongClaim("aud", nil),
        WrongClaim("aud", .list(["desk", "another"])), WrongClaim("azp", .text("another")), WrongClaim("nonce", .text("another")),
        WrongClaim("nonce", nil), WrongClaim("exp", .number(seconds - 61)), WrongClaim("exp", nil),
        WrongClaim("iat", .number(seconds + 61)), WrongClaim("iat", .number(seconds - 700)), WrongClaim("iat", nil),
        WrongClaim("nbf", .number(seconds + 61)), WrongClaim("sub", .text("")), WrongClaim("sub", nil),
        WrongClaim("sub", .text(String(repeating: "x", count: 256))), WrongClaim("sub", .text("béa")),
    ])
    func aTokenOfWhichOneClaimIsWrongProvesNothing(_ wrong: WrongClaim) async throws {
        let provider = FakeProvider()
        provider.change { $0.token = SigningKey.rsa.token([String: JSONField].claims.with(wrong.name, wrong.value)) }
        #expect(await kind { _ = try await provider.identity(of: OpenIDConnect(egress: provider)) } == .refused)
    }

    @Test(arguments: [
        ("exp", JSONField.number(seconds - 59)), ("iat", .number(seconds + 59)), ("nbf", .number(seconds + 59)),
        ("aud", .list(["desk"])), ("azp", .text("desk")),
    ])
    func clocksMayDifferByAMinute(name: String, value: JSONField) async throws {
        let provider = FakeProvider()
        provider.change { $0.token = SigningKey.rsa.token([String: JSONField].claims.with(name, value)) }
        #expect(await kind { _ = try await provider.identity(of: OpenIDConnect(egress: provider)) } == nil)
    }

    @Test func severalAudiencesNeedTheirParty() async throws {
        let provider = FakeProvider()
        let claims = [String: JSONField].claims.with("aud", .list(["other", "desk"])).with("azp", .text("desk"))
        provider.change { $0.token = SigningKey.rsa.token(claims) }
        #expect(await kind { _ = try await provider.identity(of: OpenIDConnect(egress: provider)) } == nil)
    }

    /// Tokens that nobody has the right to have made.
    enum Forgery: CaseIterable {
        case unsigned, unsignedWithSignature, secretIsThePublicKey, anotherKeyOfThatName, unknownKey, changed, cut, empty, noToken
        case critical, keyInHeader, ofAnotherKind, notAnnounced, shortKey

        var token: String {
            let claims = [String: JSONField].claims
            let right = SigningKey.rsa.token(claims).split(separator: ".").map(String.init)
            switch self {
            case .unsigned: return SigningKey.part(["alg": .text("none")]) + "." + SigningKey.part(claims) + "."
            case .unsignedWithSignature: return SigningKey.rsa.token(claims, header: ["alg": .text("none")])
            case .secretIsThePublicKey: return Self.signedWithPublicKey(claims)
            case .anotherKeyOfThatName: return SigningKey.otherRSA.token(claims, header: ["kid": .text(SigningKey.rsa.name)])
            case .unknownKey: return SigningKey.otherRSA.token(claims)
            case .changed: return [right[0], SigningKey.part(claims.with("sub", .text("mallory"))), right[2]].joined(separator: ".")
            case .cut: return right[0] + "." + right[1]
            case .empty: return ""
            case .noToken: return "a.b.c"
            case .critical: return SigningKey.rsa.token(claims, header: ["crit": .list(["x"])])
            case .keyInHeader:
                return SigningKey.otherRSA.token(claims, header: ["kid": .text("none"), "jku": .text("https://evil.example")])
            case .ofAnotherKind: return SigningKey.rsa.token(claims, header: ["alg": .text("ES256")])
            case .notAnnounced: return SigningKey.rsa.token(claims, header: ["alg": .text("RS512")])
            case .shortKey: return SigningKey.shortRSA.token(claims)
            }
        }

        /// The classic: HMAC with what everybody can read (RFC 8725 section 2.1).
        private static func signedWithPublicKey(_ claims: [String: JSONField]) -> String {
            let head = SigningKey.part(["alg": .text("HS256"), "kid": .text(SigningKey.rsa.name)])
            let text = head + "." + SigningKey.part(claims)
            let key = SymmetricKey(data: Array(SigningKey.rsa.publicText.utf8))
            return text + "." + Base64URL.text(Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)))
        }
    }

    @Test(arguments: Forgery.allCases)
    func aForgedTokenProvesNothing(_ forgery: Forgery) async throws {
        let provider = FakeProvider(keys: [SigningKey.rsa.published, SigningKey.shortRSA.published])
        provider.change { $0.token = forgery.token }
        #expect(await kind { _ = try await provider.identity(of: OpenIDConnect(egress: provider)) } == .refused)
    }

    @Test(arguments: [["use": "enc"], ["alg": "RSA-OAEP"], ["alg": "RS512"], ["kty": "oct"], ["kty": "unheard of"]])
    func aKeyThatIsForSomethingElseSignsNothingAndHarmsNoOther(change: [String: String]) async throws {
        let bent = SigningKey.rsa.published.merging(change) { $1 }
        let provider = FakeProvider(keys: [bent, SigningKey.elliptic.published])
        let client = OpenIDConnect(egress: provider)
        provider.change { $0.token = SigningKey.rsa.token(.claims) }
        #expect(await kind { _ = try await provider.identity(of: client) } == .refused)
        provider.change { $0.token = SigningKey.elliptic.token(.claims) }
        #expect(await kind { _ = try await provider.identity(of: client) } == nil)
    }

    @Test func aTokenThatNamesNoKeyIsCheckedByTheOnlyOneThatFits() async throws {
        let key = try TokenKeySet(FakeProvider.json(["keys": [SigningKey.rsa.published, SigningKey.elliptic.published]]).body)
        let signed = try SignedToken(SigningKey.elliptic.token(.claims, isNamed: false), signedBy: ["ES256"])
        #expect(key.key(for: signed)?.name == SigningKey.elliptic.name)
        let two = try TokenKeySet(FakeProvider.json(["keys": [SigningKey.elliptic.published, SigningKey.elliptic.published]]).body)
        #expect(two.key(for: signed) == nil)
        let provider = FakeProvider(keys: [SigningKey.rsa.published, SigningKey.elliptic.published])
        provider.change { $0.token = SigningKey.elliptic.token(.claims, isNamed: false) }
        #expect(await kind { _ = try await provider.identity(of: OpenIDConnect(egress: provider)) } == nil)
    }
}

/// The kind of a fault; nil for success.
func kind(of body: () async throws -> Void) async -> OpenIDFault.Kind? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? OpenIDFault)?.kind
    }
}
