/// Who vouches for people of one workspace, by OpenID Connect Core 1.0. Only the operator of the machine sets it.
package struct IdentityProvider: Hashable, Sendable {
    package typealias ID = Identifier<IdentityProvider>

    package let id: ID
    package let workspace: Workspace.ID
    /// What its button calls it: "Google".
    package var name: String
    /// Its address, exactly as it calls itself (OpenID Connect Discovery 1.0 section 3).
    package let issuer: String
    /// What this desk is called there.
    package let client: String

    package init(id: ID, workspace: Workspace.ID, name: String, issuer: String, client: String) {
        self.id = id
        self.workspace = workspace
        self.name = name
        self.issuer = issuer
        self.client = client
    }
}

/// Somebody for whom a provider has vouched. Nothing else that it says of them is used: an address or a name can be given to another.
package struct ProvenIdentity: Hashable, Sendable {
    package let issuer: String
    /// Locally unique and never reassigned within the issuer (OpenID Connect Core 1.0 section 2).
    package let subject: String

    package init(issuer: String, subject: String) {
        self.issuer = issuer
        self.subject = subject
    }
}

/// What goes to the provider and must come back, for one way there and back of one browser.
///
/// Nonce and verifier come from the browser's token, so that the desk keeps only digests and can still check the answer
/// (OpenID Connect Core 1.0 section 15.5.2).
package struct SignInChallenge: Hashable, Sendable {
    /// Comes back with the redirect (RFC 6749 section 10.12).
    package let state: String
    /// Comes back inside of the ID token (OpenID Connect Core 1.0 section 3.1.2.1).
    package let nonce: String
    /// Goes with the code, so that a stolen code opens nothing (RFC 7636 section 4.1).
    package let verifier: Secret

    /// - Parameters:
    ///   - state: 32 random bytes in hexadecimal, of this way alone.
    ///   - browser: 32 random bytes in hexadecimal, which only the browser's cookie holds.
    package init(state: String, browser: Secret) {
        self.state = state
        nonce = Digest.of("nonce \(browser.exposed()) \(state)")
        verifier = Secret(Digest.of("verifier \(browser.exposed()) \(state)"))
    }
}

/// What the provider's redirect back brought (RFC 6749 section 4.1.2, RFC 9207 section 2).
package struct ProviderAnswer: Hashable, Sendable {
    package let state: String
    package let code: Secret?
    package let error: String?
    package let issuer: String?

    package init(state: String, code: Secret? = nil, error: String? = nil, issuer: String? = nil) {
        self.state = state
        self.code = code
        self.error = error
        self.issuer = issuer
    }
}
