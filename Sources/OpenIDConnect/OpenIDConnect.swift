package import ChannelKit
package import DeskCore

/// The authorization code flow with PKCE against any provider that describes itself (OpenID Connect Core 1.0 section 3.1, Discovery 1.0).
/// Remembers what providers say of themselves for an hour, and asks for their keys at most once a minute.
package actor OpenIDConnect {
    /// Of one answer of a provider.
    static let maximumBytes = 262_144
    static let timeout = Duration.seconds(10)
    private static let memory = Duration.hours(1)
    private static let keyPause = Duration.minutes(1)

    private nonisolated let egress: any Egress
    private var metadata: [String: Remembered<ProviderMetadata>] = [:]
    private var keys: [WebAddress: Remembered<TokenKeySet>] = [:]
    private var askedForKeys: [WebAddress: Instant] = [:]

    package init(egress: any Egress) { self.egress = egress }

    private struct Remembered<Value: Sendable>: Sendable {
        let value: Value
        let since: Instant

        func isFresh(at now: Instant) -> Bool { now >= since && now - since < OpenIDConnect.memory }
    }

    /// Asks a provider anew what it is, and for its keys.
    /// - Returns: what an operator should know, in sentences.
    /// - Throws: `OpenIDFault`, in plain words.
    package func inspect(_ issuer: String, at now: Instant) async throws(OpenIDFault) -> [String] {
        let found = try await discover(issuer)
        let set = try TokenKeySet(try await document(found.keys.text, isOwn: found.isOwn(found.keys), named: "jwks_uri"))
        guard !set.isEmpty else { throw OpenIDFault(.unsuitable, "The provider publishes no key that is known here (jwks_uri).") }
        metadata[issuer] = Remembered(value: found, since: now)
        return found.remarks
    }

    /// Where a browser goes to sign in.
    /// - Parameter address: ours, to which it is sent back.
    /// - Throws: `OpenIDFault` when the provider can't be asked what it is.
    package func signInAddress(
        at provider: IdentityProvider, carrying challenge: SignInChallenge, returningTo address: String, now: Instant
    ) async throws(OpenIDFault) -> String {
        let found = try await known(provider.issuer, at: now)
        return AuthorizationRequest(client: provider.client, returnAddress: address, challenge: challenge)
            .address(at: found.authorization)
    }

    /// Exchanges an answer's code for an ID token, and believes that once everything about it is right.
    /// - Throws: `OpenIDFault`: `refused` when it proves nothing.
    package func identity(
        provenBy answer: ProviderAnswer, to challenge: SignInChallenge, from provider: IdentityProvider, secret: Secret,
        returningTo address: String, now: Instant
    ) async throws(OpenIDFault) -> ProvenIdentity {
        let found = try await known(provider.issuer, at: now)
        guard let code = answer.code else { throw OpenIDFault(.refused, "The answer holds no code.") }
        // RFC 9207 section 2.4: what should name the provider, and doesn't, is somebody else's answer.
        guard answer.issuer ?? (found.answersWithIssuer ? "" : provider.issuer) == provider.issuer else {
            throw OpenIDFault(.refused, "The answer is not, or does not say to be, of this provider (iss).")
        }
        let exchange = TokenExchange(
            client: provider.client, secret: secret, code: code, verifier: challenge.verifier, returnAddress: address)
        let response = try await send(exchange.request(to: found), named: "token_endpoint")
        let token = try SignedToken(try TokenExchange.token(in: response), signedBy: found.algorithms)
        let claims = try await key(for: token, of: found, at: now).claims(of: token)
        try IDTokenRules(issuer: provider.issuer, client: provider.client, nonce: challenge.nonce).require(claims, at: now)
        return ProvenIdentity(issuer: claims.issuer, subject: claims.subject)
    }

    // MARK: What is remembered

    private func known(_ issuer: String, at now: Instant) async throws(OpenIDFault) -> ProviderMetadata {
        if let remembered = metadata[issuer], remembered.isFresh(at: now) { return remembered.value }
        let found = try await discover(issuer)
        metadata[issuer] = Remembered(value: found, since: now)
        return found
    }

    /// A key that is not known may be new: the provider is asked once more (OpenID Connect Core 1.0 section 10.1.1).
    private func key(for token: SignedToken, of provider: ProviderMetadata, at now: Instant) async throws(OpenIDFault) -> TokenKey {
        if let remembered = keys[provider.keys], remembered.isFresh(at: now), let key = remembered.value.key(for: token) { return key }
        if let asked = askedForKeys[provider.keys], now >= asked, now - asked < Self.keyPause {
            throw OpenIDFault(.refused, "The ID token is signed by a key that the provider does not publish.")
        }
        askedForKeys[provider.keys] = now
        guard let key = try await freshKeys(of: provider, at: now).key(for: token) else {
            throw OpenIDFault(.refused, "The ID token is signed by a key that the provider does not publish.")
        }
        return key
    }

    /// What could not be had is asked for again by the next who needs it.
    private func freshKeys(of provider: ProviderMetadata, at now: Instant) async throws(OpenIDFault) -> TokenKeySet {
        do throws(OpenIDFault) {
            let set = try TokenKeySet(try await document(provider.keys.text, isOwn: provider.isOwn(provider.keys), named: "jwks_uri"))
            keys[provider.keys] = Remembered(value: set, since: now)
            return set
        } catch {
            askedForKeys[provider.keys] = nil
            throw error
        }
    }

    // MARK: What is asked

    private func discover(_ issuer: String) async throws(OpenIDFault) -> ProviderMetadata {
        guard let address = WebAddress(issuer), address.isIssuer else {
            throw OpenIDFault(
                .unsuitable, "The issuer is no https address without user, query and fragment (http is for this very machine alone).")
        }
        return try ProviderMetadata(try await document(address.discovery, isOwn: true, named: "discovery document"), of: address)
    }

    private func document(_ address: String, isOwn: Bool, named name: String) async throws(OpenIDFault) -> [UInt8] {
        let request = EgressRequest(
            .get, address, headers: [(name: "Accept", value: "application/json")], isOperatorTyped: isOwn,
            maximumResponseBytes: Self.maximumBytes, timeout: Self.timeout)
        let response = try await send(request, named: name)
        guard response.status == 200 else {
            let hint = (300..<400).contains(response.status) ? ": it leads elsewhere, and nothing is followed" : ""
            throw OpenIDFault(.unavailable, "The provider's \(name) at \(address) answered \(response.status)\(hint).")
        }
        return response.body
    }

    private func send(_ request: EgressRequest, named name: String) async throws(OpenIDFault) -> EgressResponse {
        do throws(EgressFailure) {
            return try await egress.perform(request)
        } catch {
            throw OpenIDFault(.unavailable, "The provider's \(name) at \(request.url) can't be reached. \(error.reason)")
        }
    }
}
