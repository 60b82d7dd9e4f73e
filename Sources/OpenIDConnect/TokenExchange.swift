import ChannelKit
import DeskCore
import Foundation

/// A code for an ID token (OpenID Connect Core 1.0 section 3.1.3.1).
struct TokenExchange: Sendable {
    let client: String
    let secret: Secret
    let code: Secret
    let verifier: Secret
    let returnAddress: String

    func request(to metadata: ProviderMetadata) -> EgressRequest {
        var fields = [
            ("grant_type", "authorization_code"), ("code", code.exposed()), ("redirect_uri", returnAddress),
            ("code_verifier", verifier.exposed()),
        ]
        var headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")]
        switch metadata.secretPlace {
        case .header: headers.append(("Authorization", "Basic \(credentials)"))
        case .body: fields += [("client_id", client), ("client_secret", secret.exposed())]
        }
        return EgressRequest(
            .post, metadata.token.text, headers: headers.map { (name: $0.0, value: $0.1) },
            body: Array(FormText.encoded(fields.map { (name: $0.0, value: $0.1) }).utf8), isOperatorTyped: metadata.isOwn(metadata.token),
            maximumResponseBytes: OpenIDConnect.maximumBytes, timeout: OpenIDConnect.timeout)
    }

    /// Each half is encoded as in a form before the two are joined (RFC 6749 section 2.3.1).
    private var credentials: String {
        Data("\(FormText.encoded(client)):\(FormText.encoded(secret.exposed()))".utf8).base64EncodedString()
    }

    /// - Returns: the ID token as it came.
    /// - Throws: `OpenIDFault`: `refused` for a code that is not good, or no longer.
    static func token(in response: EgressResponse) throws(OpenIDFault) -> String {
        let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body))
        guard response.status == 200 else {
            let error = (answer?.error ?? "").filter { $0.isASCII && ($0.isLetter || $0 == "_") }.prefix(60)
            throw error == "invalid_grant"
                ? OpenIDFault(.refused, "The provider did not take the code.")
                : OpenIDFault(.unavailable, "The provider's token endpoint answered \(response.status) \(error).")
        }
        guard let token = answer?.token else { throw OpenIDFault(.refused, "The provider sent no ID token.") }
        return token
    }

    private struct Answer: Decodable {
        let token: String?
        let error: String?

        enum CodingKeys: String, CodingKey {
            case token = "id_token"
            case error
        }
    }
}
