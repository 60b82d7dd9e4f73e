package import ChannelKit
package import DeskCore
import Foundation

/// A provider's token endpoint (RFC 6749 section 3.2), asked through the one way out.
package struct OAuthEndpoint: Sendable {
    private static let maximumBytes = 65_536
    private static let timeout = Duration.seconds(15)
    /// Where the provider does not say how long (RFC 6749 section 5.1 asks that it does).
    private static let usualLifetime = Duration.minutes(10)

    private let egress: any Egress

    package init(egress: any Egress) { self.egress = egress }

    package struct Answer: Sendable {
        package let accessToken: Secret
        /// Nil where the one that was shown stays good.
        package let refreshToken: Secret?
        package let lifetime: Duration
    }

    /// Section 6.
    func refresh(_ grant: OAuthGrant, with refreshToken: Secret) async throws(OAuthFault) -> Answer {
        try await ask(
            grant.tokenURL,
            [("grant_type", "refresh_token"), ("refresh_token", refreshToken.exposed())]
                + Self.client(grant.clientID, grant.clientSecret))
    }

    /// Section 4.1.3, with the verifier of RFC 7636.
    package func exchange(
        _ code: Secret, verifier: Secret, returningTo address: String, at tokenURL: String, clientID: String, clientSecret: Secret?
    ) async throws(OAuthFault) -> Answer {
        try await ask(
            tokenURL,
            [
                ("grant_type", "authorization_code"), ("code", code.exposed()), ("redirect_uri", address),
                ("code_verifier", verifier.exposed()),
            ] + Self.client(clientID, clientSecret))
    }

    /// In the body: Google and Microsoft both take it there, and a public client has no other way (section 2.3.1).
    private static func client(_ id: String, _ secret: Secret?) -> [(String, String)] {
        [("client_id", id)] + (secret.map { [("client_secret", $0.exposed())] } ?? [])
    }

    private func ask(_ address: String, _ fields: [(String, String)]) async throws(OAuthFault) -> Answer {
        guard Self.maySend(to: address) else {
            throw OAuthFault(.misconfigured, "A token endpoint is asked by https only, or on this machine.")
        }
        let request = EgressRequest(
            .post, address, headers: [("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")],
            body: Array(FormText.encoded(fields).utf8), isOperatorTyped: true, maximumResponseBytes: Self.maximumBytes,
            timeout: Self.timeout)
        let response: EgressResponse
        do throws(EgressFailure) {
            response = try await egress.perform(request)
        } catch {
            throw OAuthFault(.unavailable, "The token endpoint did not answer: \(error.reason)")
        }
        return try Self.answer(in: response)
    }

    private static func maySend(to address: String) -> Bool {
        guard let parts = URLComponents(string: address), let host = parts.host else { return false }
        return parts.scheme == "https" || (parts.scheme == "http" && ["localhost", "127.0.0.1", "[::1]", "::1"].contains(host))
    }

    /// - Throws: `ended` for `invalid_grant`; `misconfigured` for what only a person can mend (section 5.2); `unavailable` otherwise.
    static func answer(in response: EgressResponse) throws(OAuthFault) -> Answer {
        let body = try? JSONDecoder().decode(Body.self, from: Data(response.body))
        guard response.status == 200, let token = body?.accessToken, !token.isEmpty else {
            let error = String((body?.error ?? "").filter { $0.isASCII && ($0.isLetter || $0 == "_") }.prefix(60))
            let words = "The token endpoint answered \(response.status)\(error.isEmpty ? "" : ", \(error)")."
            switch error {
            case "invalid_grant", "interaction_required": throw OAuthFault(.ended, words)
            case "invalid_client", "unauthorized_client", "invalid_scope", "unsupported_grant_type", "invalid_request":
                throw OAuthFault(.misconfigured, words)
            default: throw OAuthFault(.unavailable, words)
            }
        }
        return Answer(
            accessToken: Secret(token), refreshToken: body?.refreshToken.flatMap { $0.isEmpty ? nil : Secret($0) },
            lifetime: body?.expiresIn.map { .seconds(Int64(min(max($0, 0), 86_400))) } ?? usualLifetime)
    }

    private struct Body: Decodable {
        let accessToken: String?
        let refreshToken: String?
        let expiresIn: Double?
        let error: String?

        enum CodingKeys: String, CodingKey {
            case error
            case accessToken = "access_token"
            case refreshToken = "refresh_token"
            case expiresIn = "expires_in"
        }
    }
}

/// Names and values as forms carry them.
enum FormText {
    private static let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)

    static func encoded(_ pairs: [(String, String)]) -> String {
        pairs.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
    }

    /// Everything but unreserved characters by its bytes (RFC 3986 section 2.3).
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            if unreserved.contains(byte) { return String(UnicodeScalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.count == 1 ? "%0\(digits)" : "%\(digits)"
        }.joined()
    }
}
