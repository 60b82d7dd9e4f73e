import Crypto
package import DeskCore

/// Meta's `X-Hub-Signature-256`: `sha256=` and the lower-case hexadecimal HMAC-SHA256 of the raw body under the app secret.
///
/// Computed over the bytes as they came: Meta escapes characters that a re-serialised body would not.
/// Source: Graph API, Webhooks, "Validating payloads".
package enum HubSignature {
    package static let header = "x-hub-signature-256"

    /// Whether the header states the signature of this very body, compared in constant time. An empty secret signs nothing.
    package static func isValid(_ header: String?, body: [UInt8], appSecret: Secret) -> Bool {
        guard !appSecret.isEmpty, let code = header.flatMap(code(statedIn:)) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: body, using: key(appSecret))
    }

    /// The header's value for a body, as Meta would send it.
    package static func value(for body: [UInt8], appSecret: Secret) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: body, using: key(appSecret))
        return prefix + Hexadecimal.text(of: code)
    }

    private static let prefix = "sha256="

    private static func key(_ secret: Secret) -> SymmetricKey { SymmetricKey(data: Array(secret.exposed().utf8)) }

    private static func code(statedIn header: String) -> [UInt8]? {
        guard header.utf8.starts(with: prefix.utf8) else { return nil }
        return Hexadecimal.bytes(ofLowerCase: header.utf8.dropFirst(prefix.utf8.count), count: SHA256.byteCount)
    }
}
