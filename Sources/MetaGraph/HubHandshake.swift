import Crypto
package import DeskCore

/// Meta's subscription handshake: `GET ?hub.mode=subscribe&hub.verify_token=…&hub.challenge=…`.
///
/// Source: Graph API, Webhooks, "Verification requests".
package enum HubHandshake {
    /// - Parameter query: the decoded query; where a name comes twice, the first counts.
    /// - Returns: the challenge to answer as it came, or nil to refuse.
    package static func answer(query: [(name: String, value: String)], verifyToken: Secret) -> String? {
        func first(_ name: String) -> String? { query.first { $0.name == name }?.value }
        guard first("hub.mode") == "subscribe", let token = first("hub.verify_token"), !verifyToken.isEmpty,
            isEqual(token, verifyToken.exposed()), let challenge = first("hub.challenge"), !challenge.isEmpty
        else { return nil }
        return challenge
    }

    /// Digests of equal length compare in constant time, whatever the lengths of what was digested.
    private static func isEqual(_ left: String, _ right: String) -> Bool {
        SHA256.hash(data: Array(left.utf8)) == SHA256.hash(data: Array(right.utf8))
    }
}
