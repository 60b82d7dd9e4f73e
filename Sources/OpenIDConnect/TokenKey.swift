import Foundation
import JWTKit

/// One of the provider's public keys for signatures (RFC 7517).
struct TokenKey: Sendable {
    /// What ID tokens may be signed by: never "none", and nothing whose key the verifier has to keep secret.
    static let algorithms: Set<String> = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
    /// Of an RSA modulus, in bytes: 2048 bits (RFC 7518 section 3.3).
    private static let shortestModulus = 256
    private static let curves = ["ES256": "P-256", "ES384": "P-384", "ES512": "P-521", "EdDSA": "Ed25519"]

    private let key: JWK

    /// Nil for a key of a kind that is not known here, or is not meant for signatures; its siblings may be.
    init?(_ object: Any) {
        guard let data = try? JSONSerialization.data(withJSONObject: object),
            let marks = try? JSONDecoder().decode(Marks.self, from: data), marks.use ?? "sig" == "sig",
            marks.operations?.contains("verify") ?? true, var key = try? JSONDecoder().decode(JWK.self, from: data)
        else { return nil }
        (key.privateExponent, key.prime1, key.prime2) = (nil, nil, nil)
        self.key = key
    }

    var name: String? { key.keyIdentifier?.string }

    /// Whether a token of an algorithm can be signed by it: the kind of key decides, not the token (RFC 8725 section 3.1).
    func fits(_ algorithm: String) -> Bool {
        guard key.algorithm.map({ $0.rawValue == algorithm }) ?? true else { return false }
        switch algorithm.prefix(2) {
        case "RS", "PS": return key.keyType == .rsa && isLongEnough
        case "ES": return key.keyType == .ecdsa && key.curve?.rawValue == Self.curves[algorithm]
        case "Ed": return key.keyType == .octetKeyPair && key.curve?.rawValue == Self.curves[algorithm]
        default: return false
        }
    }

    private var isLongEnough: Bool {
        let modulus = key.modulus.flatMap { Base64URL.bytes($0) } ?? []
        return modulus.drop { $0 == 0 }.count >= Self.shortestModulus
    }

    /// - Returns: what the token says, once its signature has been found right.
    /// - Throws: `OpenIDFault`: `refused`.
    func claims(of token: SignedToken) async throws(OpenIDFault) -> IDTokenClaims {
        var exact = key
        exact.algorithm = JWK.Algorithm(rawValue: token.algorithm)
        exact.keyIdentifier = JWKIdentifier(string: token.keyName ?? "")
        do {
            let keys = try await JWTKeyCollection().add(jwk: exact)
            return try await keys.verify(Array(token.text.utf8), as: IDTokenClaims.self)
        } catch {
            throw OpenIDFault(.refused, "The ID token's signature is wrong, or the token can't be read.")
        }
    }

    private struct Marks: Decodable {
        let use: String?
        let operations: [String]?

        enum CodingKeys: String, CodingKey {
            case use
            case operations = "key_ops"
        }
    }
}

/// The keys that a provider publishes (RFC 7517 section 5). What can't be read is left out, as the RFC asks.
struct TokenKeySet: Sendable {
    private static let mostKeys = 100

    private let keys: [TokenKey]

    /// - Throws: `OpenIDFault` for what is no set of keys.
    init(_ body: [UInt8]) throws(OpenIDFault) {
        guard let document = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any], let keys = document["keys"] as? [Any]
        else { throw OpenIDFault(.unsuitable, "What is at the provider's jwks_uri is no set of keys.") }
        self.keys = keys.prefix(Self.mostKeys).compactMap { TokenKey($0) }
    }

    var isEmpty: Bool { keys.isEmpty }

    /// The key that a token names; without a name, the only one that fits (OpenID Connect Core 1.0 section 10.1).
    func key(for token: SignedToken) -> TokenKey? {
        let fitting = keys.filter { $0.fits(token.algorithm) && (token.keyName == nil || $0.name == token.keyName) }
        return token.keyName != nil || fitting.count == 1 ? fitting.first : nil
    }
}
