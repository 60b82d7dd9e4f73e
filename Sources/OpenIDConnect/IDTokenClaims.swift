import DeskCore
import JWTKit

/// What an ID token says (OpenID Connect Core 1.0 section 2).
struct IDTokenClaims: JWTPayload, Hashable {
    let issuer: String
    let subject: String
    let audience: [String]
    /// To whom it was issued, if it says so.
    let authorizedParty: String?
    let expires: Double
    let issued: Double
    let notBefore: Double?
    let nonce: String?

    private enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case subject = "sub"
        case audience = "aud"
        case authorizedParty = "azp"
        case expires = "exp"
        case issued = "iat"
        case notBefore = "nbf"
        case nonce
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        issuer = try container.decode(String.self, forKey: .issuer)
        subject = try container.decode(String.self, forKey: .subject)
        let single = try? container.decode(String.self, forKey: .audience)
        audience = try single.map { [$0] } ?? container.decode([String].self, forKey: .audience)
        authorizedParty = try container.decodeIfPresent(String.self, forKey: .authorizedParty)
        expires = try container.decode(Double.self, forKey: .expires)
        issued = try container.decode(Double.self, forKey: .issued)
        notBefore = try container.decodeIfPresent(Double.self, forKey: .notBefore)
        nonce = try container.decodeIfPresent(String.self, forKey: .nonce)
    }

    /// The signature's check says nothing of the claims: `IDTokenRules` does, which needs to know who asked, and the time.
    func verify(using algorithm: some JWTAlgorithm) async throws {}
}

/// What an ID token must say to be the answer to one question (OpenID Connect Core 1.0 section 3.1.3.7).
struct IDTokenRules: Sendable {
    /// By how far clocks may differ.
    static let skew = 60.0
    /// An ID token comes in the answer to the code; one of longer ago was not made for it.
    static let oldest = 600.0
    private static let longestSubject = 255

    let issuer: String
    let client: String
    let nonce: String

    /// - Throws: `OpenIDFault`: `refused`, which says which rule was broken.
    func require(_ claims: IDTokenClaims, at now: Instant) throws(OpenIDFault) {
        guard claims.issuer == issuer else { throw Self.refused("is of another issuer") }
        guard claims.audience.contains(client) else { throw Self.refused("is for another client") }
        guard claims.authorizedParty ?? (claims.audience.count == 1 ? client : "") == client else {
            throw Self.refused("was issued to another client")
        }
        guard claims.nonce == nonce else { throw Self.refused("answers another question (nonce)") }
        try requireTimes(claims, at: Double(now.microseconds) / 1_000_000)
        let isSubject = !claims.subject.isEmpty && claims.subject.utf8.count <= Self.longestSubject
        guard isSubject, claims.subject.utf8.allSatisfy({ $0 < 128 }) else { throw Self.refused("names nobody") }
    }

    private func requireTimes(_ claims: IDTokenClaims, at now: Double) throws(OpenIDFault) {
        guard claims.expires > now - Self.skew else { throw Self.refused("has expired") }
        guard claims.issued < now + Self.skew, claims.notBefore ?? claims.issued < now + Self.skew else {
            throw Self.refused("is of the future: compare the clocks")
        }
        guard claims.issued > now - Self.oldest - Self.skew else { throw Self.refused("was issued long ago") }
    }

    private static func refused(_ words: String) -> OpenIDFault { OpenIDFault(.refused, "The ID token \(words).") }
}
