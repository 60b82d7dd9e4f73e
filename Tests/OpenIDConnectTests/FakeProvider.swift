import ChannelKit
import Crypto
import CryptoExtras
import DeskCore
import Foundation
import Synchronization

@testable import OpenIDConnect

/// A provider that answers requests from memory, and remembers them. What it says can be bent.
final class FakeProvider: Egress {
    static let issuer = "https://id.example/realm"
    static let now = Instant(unixSeconds: 1_795_176_000)
    static let provider = IdentityProvider(
        id: IdentityProvider.ID("p"), workspace: Workspace.ID("w"), name: "Casa", issuer: issuer, client: "desk")
    static let challenge = SignInChallenge(state: "state", browser: Secret("browser"))

    struct State {
        var metadata = FakeProvider.goodMetadata
        var keys: [[String: String]] = []
        var token = ""
        /// Instead of what is there: by the end of the address.
        var answers: [String: EgressResponse] = [:]
        var isUnreachable = false
        var requests: [EgressRequest] = []
    }

    let state: Mutex<State>

    init(keys: [[String: String]] = [SigningKey.rsa.published], metadata: [String: JSONField] = goodMetadata) {
        state = Mutex(State(metadata: metadata, keys: keys))
    }

    static let goodMetadata: [String: JSONField] = [
        "issuer": .text(issuer), "authorization_endpoint": .text("\(issuer)/authorize"), "token_endpoint": .text("\(issuer)/token"),
        "jwks_uri": .text("\(issuer)/keys"), "response_types_supported": .list(["code", "id_token"]),
        "code_challenge_methods_supported": .list(["plain", "S256"]), "subject_types_supported": .list(["public"]),
        "id_token_signing_alg_values_supported": .list(["RS256", "ES256", "none", "HS256"]),
    ]

    var requests: [EgressRequest] { state.withLock { $0.requests } }
    var keyRequests: Int { requests.count { $0.url.hasSuffix("/keys") } }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    func perform(_ request: EgressRequest) async throws(EgressFailure) -> EgressResponse {
        let answer: EgressResponse? = state.withLock { state in
            state.requests.append(request)
            return state.isUnreachable ? nil : Self.answer(to: request, state)
        }
        guard let answer else { throw EgressFailure(.neverArrived, "No connection.") }
        return answer
    }

    private static func answer(to request: EgressRequest, _ state: State) -> EgressResponse {
        if let bent = state.answers.first(where: { request.url.hasSuffix($0.key) })?.value { return bent }
        switch request.url {
        case "\(issuer)/.well-known/openid-configuration": return json(state.metadata)
        case "\(issuer)/keys": return json(["keys": state.keys])
        case "\(issuer)/token": return json(["id_token": state.token, "token_type": "Bearer", "access_token": "unused"])
        default: return EgressResponse(status: 404)
        }
    }

    static func json(_ value: some Encodable, status: Int = 200) -> EgressResponse {
        let body = (try? JSONEncoder().encode(value)) ?? Data()
        return EgressResponse(status: status, body: Array(body))
    }

    /// Somebody comes back with a code.
    func identity(
        of client: OpenIDConnect, answer: ProviderAnswer = ProviderAnswer(state: "state", code: Secret("code")), now: Instant = now
    ) async throws(OpenIDFault) -> ProvenIdentity {
        try await client.identity(
            provenBy: answer, to: Self.challenge, from: Self.provider, secret: Secret("s3cret"), returningTo: "https://desk.example/back",
            now: now)
    }
}

/// What can stand in a document of JSON.
enum JSONField: Encodable, Sendable, Hashable {
    case text(String)
    case list([String])
    case flag(Bool)
    case number(Double)

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .flag(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        }
    }
}

/// A key pair that signs tokens.
struct SigningKey: Sendable {
    static let rsa = SigningKey(name: "first", bits: .bits2048)
    static let otherRSA = SigningKey(name: "second", bits: .bits2048)
    static let shortRSA = SigningKey(name: "short", bits: .init(bitCount: 1_024))
    static let elliptic = SigningKey(name: "curve")

    private enum Pair {
        case rsa(_RSA.Signing.PrivateKey)
        case elliptic(P256.Signing.PrivateKey)
        case none
    }

    let name: String
    private let pair: Pair

    private init(name: String, bits: _RSA.Signing.KeySize) {
        self.name = name
        pair = (try? _RSA.Signing.PrivateKey(unsafeKeySize: bits)).map { .rsa($0) } ?? .none
    }

    private init(name: String) {
        self.name = name
        pair = .elliptic(P256.Signing.PrivateKey())
    }

    /// As in a provider's set of keys.
    var published: [String: String] {
        switch pair {
        case .rsa(let key):
            guard let numbers = try? key.publicKey.getKeyPrimitives() else { return [:] }
            return [
                "kty": "RSA", "kid": name, "use": "sig", "n": Base64URL.text(Array(numbers.modulus)),
                "e": Base64URL.text(Array(numbers.publicExponent)),
            ]
        case .elliptic(let key):
            let point = Array(key.publicKey.rawRepresentation)
            return [
                "kty": "EC", "kid": name, "crv": "P-256", "x": Base64URL.text(Array(point.prefix(32))),
                "y": Base64URL.text(Array(point.suffix(32))),
            ]
        case .none: return [:]
        }
    }

    var publicText: String {
        if case .rsa(let key) = pair { key.publicKey.pemRepresentation } else { "" }
    }

    func signature(of text: String) -> [UInt8] {
        let digest = SHA256.hash(data: Array(text.utf8))
        switch pair {
        case .rsa(let key): return (try? key.signature(for: digest, padding: .insecurePKCS1v1_5)).map { Array($0.rawRepresentation) } ?? []
        case .elliptic(let key): return (try? key.signature(for: digest)).map { Array($0.rawRepresentation) } ?? []
        case .none: return []
        }
    }

    /// A token as a provider makes it.
    func token(_ claims: [String: JSONField], header: [String: JSONField] = [:], isNamed: Bool = true) -> String {
        let algorithm = if case .elliptic = pair { "ES256" } else { "RS256" }
        let head: [String: JSONField] = ["alg": .text(algorithm)].with("kid", isNamed ? .text(name) : nil).merging(header) { $1 }
        let text = Self.part(head) + "." + Self.part(claims)
        return text + "." + Base64URL.text(signature(of: text))
    }

    static func part(_ fields: [String: JSONField]) -> String { Base64URL.text(Array((try? JSONEncoder().encode(fields)) ?? Data())) }
}

extension [String: JSONField] {
    /// What a right ID token says.
    static var claims: Self {
        let now = Double(FakeProvider.now.unixSeconds)
        return [
            "iss": .text(FakeProvider.issuer), "sub": .text("bea-there"), "aud": .text("desk"), "exp": .number(now + 300),
            "iat": .number(now), "nonce": .text(FakeProvider.challenge.nonce), "email": .text("ana@example.org"),
        ]
    }

    func with(_ name: String, _ value: JSONField?) -> Self {
        var changed = self
        changed[name] = value
        return changed
    }
}
