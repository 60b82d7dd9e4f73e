package import ChannelKit
package import DeskCore

/// Access tokens of mailboxes that are opened without a password: kept in memory, and renewed before they end. One renewal at a time for
/// each mailbox, and none after the provider said that the permission ended, until there is another refresh token.
package actor OAuthTokens {
    /// So long before its end a token is not used any more.
    static let margin = Duration.seconds(60)

    /// Stores a refresh token that came in the place of another (RFC 6749 section 6).
    package typealias Keeping = @Sendable (_ old: Secret, _ new: Secret) async -> Void

    private nonisolated let endpoint: OAuthEndpoint
    private nonisolated let now: @Sendable () -> Instant
    private nonisolated let keep: Keeping
    private var kept: [String: Kept] = [:]
    private var refused: [String: Refused] = [:]
    private var waiting: [String: [CheckedContinuation<Result<Secret, OAuthFault>, Never>]] = [:]

    /// - Parameter keep: must have stored the token when it returns: the one before may be worth nothing by then.
    package init(egress: any Egress, now: @escaping @Sendable () -> Instant, keep: @escaping Keeping) {
        endpoint = OAuthEndpoint(egress: egress)
        self.now = now
        self.keep = keep
    }

    fileprivate struct Kept: Sendable {
        /// What the mailbox is set to.
        let grant: OAuthGrant
        /// The newest refresh token.
        let refreshToken: Secret
        let token: Secret
        let end: Instant
    }

    private struct Refused: Sendable {
        let grant: OAuthGrant
        let fault: OAuthFault
    }

    /// An access token that is good for a minute at least.
    /// - Parameter mailbox: whose it is; any name that stays the same.
    /// - Throws: `OAuthFault`; `ended` and `misconfigured` come again without the provider being asked, until the grant is another one.
    package func token(for grant: OAuthGrant, of mailbox: String) async throws(OAuthFault) -> Secret {
        if let refused = refused[mailbox], refused.grant == grant { throw refused.fault }
        if let kept = kept[mailbox], kept.knows(grant), kept.end - Self.margin > now() { return kept.token }
        if waiting[mailbox] != nil {
            return try await withCheckedContinuation { waiting[mailbox, default: []].append($0) }.get()
        }
        waiting[mailbox] = []
        let result = await renew(grant, of: mailbox)
        for continuation in waiting.removeValue(forKey: mailbox) ?? [] { continuation.resume(returning: result) }
        return try result.get()
    }

    /// To be called when a server did not take a token that seemed good: the next one is fetched anew.
    package func discard(_ token: Secret, of mailbox: String) {
        guard let kept = kept[mailbox], kept.token == token else { return }
        self.kept[mailbox] = Kept(grant: kept.grant, refreshToken: kept.refreshToken, token: token, end: now())
    }

    /// How many wait for a renewal that is under way.
    func waitingCount(of mailbox: String) -> Int { waiting[mailbox]?.count ?? 0 }

    private func renew(_ grant: OAuthGrant, of mailbox: String) async -> Result<Secret, OAuthFault> {
        let known = kept[mailbox].flatMap { $0.knows(grant) ? $0.refreshToken : nil } ?? grant.refreshToken
        do throws(OAuthFault) {
            let answer = try await endpoint.refresh(grant, with: known)
            if let next = answer.refreshToken, next != known { await keep(known, next) }
            kept[mailbox] = Kept(
                grant: grant, refreshToken: answer.refreshToken ?? known, token: answer.accessToken, end: now() + answer.lifetime)
            refused[mailbox] = nil
            return .success(answer.accessToken)
        } catch {
            if error.kind != .unavailable { refused[mailbox] = Refused(grant: grant, fault: error) }
            return .failure(error)
        }
    }
}

extension OAuthTokens.Kept {
    /// Whether a grant is the one that it came from: as it was set, or with the newest refresh token.
    fileprivate func knows(_ other: OAuthGrant) -> Bool {
        grant.client == other.client && [grant.refreshToken, refreshToken].contains(other.refreshToken)
    }
}

extension OAuthGrant {
    /// Everything but the refresh token.
    fileprivate var client: [String] { [tokenURL, clientID, clientSecret?.exposed() ?? ""] }
}
