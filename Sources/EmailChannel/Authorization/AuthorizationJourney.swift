import Crypto
package import DeskCore
import Foundation

/// Where a browser asks a provider for the mailbox's permission (RFC 6749 section 4.1.1, with PKCE of RFC 7636).
package enum AuthorizationJourney {
    /// - Parameters:
    ///   - parameters: what the provider wants beside the standard's, so that a refresh token comes.
    ///   - returnAddress: ours.
    /// - Returns: nil for an endpoint that is neither https nor on this machine.
    package static func address(
        at endpoint: String, scope: String, parameters: [String: String], clientID: String, hint: String, returningTo returnAddress: String,
        state: String, verifier: Secret
    ) -> String? {
        guard let parts = URLComponents(string: endpoint), let host = parts.host, parts.fragment == nil,
            parts.scheme == "https" || (parts.scheme == "http" && ["localhost", "127.0.0.1"].contains(host))
        else { return nil }
        let fields =
            [
                ("response_type", "code"), ("client_id", clientID), ("redirect_uri", returnAddress), ("scope", scope), ("state", state),
                ("code_challenge", challenge(of: verifier)), ("code_challenge_method", "S256"), ("login_hint", hint),
            ] + parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return endpoint + (parts.query == nil ? "?" : "&") + FormText.encoded(fields)
    }

    /// BASE64URL(SHA256(ASCII(verifier))) (RFC 7636 section 4.2).
    static func challenge(of verifier: Secret) -> String {
        Data(SHA256.hash(data: Data(verifier.exposed().utf8))).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
