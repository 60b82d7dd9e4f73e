/// Why no access token came.
package struct OAuthFault: Error, Hashable, Sendable {
    package enum Kind: Sendable, Hashable {
        /// The permission ended: somebody has to sign in again (`invalid_grant`, RFC 6749 section 5.2).
        case ended
        /// The provider does not know this desk as its client, or its settings are wrong: somebody has to mend them.
        case misconfigured
        /// Nothing came, or nothing that can be read. Later may be better.
        case unavailable
    }

    package let kind: Kind
    /// For the operator; holds no secret and nothing that the provider wrote but its code for the error.
    package let reason: String

    package init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }
}
