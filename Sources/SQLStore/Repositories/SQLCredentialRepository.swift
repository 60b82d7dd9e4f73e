import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static func setPassword(_ verifier: String, of user: User.ID, at instant: Instant) -> SQLStatement {
        """
        INSERT INTO passwords (member, verifier, changed_at) VALUES (\(user), \(verifier), \(instant))
        ON CONFLICT (member) DO UPDATE SET verifier = excluded.verifier, changed_at = excluded.changed_at
        """
    }

    fileprivate static func insert(_ token: AccessToken) -> SQLStatement {
        """
        INSERT INTO access_tokens (digest, member, workspace, created_at, expires_at)
        VALUES (\(token.digest), \(token.user), \(token.workspace), \(token.createdAt), \(token.expiresAt))
        """
    }

    fileprivate static let accessTokens: SQLStatement = "SELECT digest, member, workspace, created_at, expires_at FROM access_tokens"

    fileprivate static func insert(_ invitation: Invitation, _ grant: String?) -> SQLStatement {
        """
        INSERT INTO invitations (workspace, token_digest, email, role, custom_grant, created_at, expires_at, used_at)
        VALUES (\(invitation.workspace), \(invitation.tokenDigest), \(invitation.email), \(invitation.role.rawValue),
                \(grant), \(invitation.createdAt), \(invitation.expiresAt), \(invitation.usedAt))
        """
    }

    fileprivate static func invitation(_ tokenDigest: String) -> SQLStatement {
        """
        SELECT workspace, email, role, custom_grant, created_at, expires_at, used_at FROM invitations WHERE token_digest = \(tokenDigest)
        """
    }

    /// The check and the mark are one statement: of many who try at once, one changes the row.
    fileprivate static func redeemInvitation(_ tokenDigest: String, at instant: Instant) -> SQLStatement {
        """
        UPDATE invitations SET used_at = \(instant)
        WHERE token_digest = \(tokenDigest) AND used_at IS NULL AND expires_at > \(instant)
        """
    }

    fileprivate static func recordFailure(of key: String, at instant: Instant) -> SQLStatement {
        """
        INSERT INTO sign_in_failures (subject, at, count) VALUES (\(key), \(instant), 1)
        ON CONFLICT (subject, at) DO UPDATE SET count = sign_in_failures.count + 1
        """
    }

    fileprivate static func failures(of key: String, since: Instant) -> SQLStatement {
        "SELECT CAST(coalesce(sum(count), 0) AS BIGINT) AS count FROM sign_in_failures WHERE subject = \(key) AND at >= \(since)"
    }
}

struct SQLCredentialRepository: CredentialRepository {
    /// Failures older than this are of no interest to anybody.
    private static let failureMemory = Duration.hours(48)

    let connection: any SQLConnection

    func setPassword(_ verifier: String, of user: User.ID, at instant: Instant) throws {
        try connection.perform(.setPassword(verifier, of: user, at: instant))
    }

    func passwordVerifier(of user: User.ID) throws -> String? {
        try connection.first("SELECT verifier FROM passwords WHERE member = \(user)")?.text("verifier")
    }

    func insert(_ token: AccessToken) throws {
        try connection.perform(.insert(token))
    }

    func accessToken(digest: String) throws -> AccessToken? {
        try connection.first("\(.accessTokens) WHERE digest = \(digest)").map(Self.accessToken)
    }

    func accessTokens(of user: User.ID) throws -> [AccessToken] {
        try connection.query("\(.accessTokens) WHERE member = \(user) ORDER BY created_at DESC, digest").map(Self.accessToken)
    }

    func removeAccessToken(digest: String) throws {
        try connection.perform("DELETE FROM access_tokens WHERE digest = \(digest)")
    }

    private static func accessToken(_ row: SQLRow) throws -> AccessToken {
        AccessToken(
            digest: try row.text("digest"), user: try row.identifier("member"), workspace: try row.optionalIdentifier("workspace"),
            createdAt: try row.instant("created_at"), expiresAt: try row.instant("expires_at"))
    }

    func insert(_ invitation: Invitation) throws {
        try connection.perform(.insert(invitation, try invitation.customGrant.map { try JSONText.encode($0) }))
    }

    func invitation(tokenDigest: String) throws -> Invitation? {
        try connection.first(.invitation(tokenDigest)).map { row in
            Invitation(
                tokenDigest: tokenDigest, workspace: try row.identifier("workspace"), email: try row.text("email"),
                role: try row.word("role"), customGrant: try row.optionalJSON("custom_grant"), createdAt: try row.instant("created_at"),
                expiresAt: try row.instant("expires_at"), usedAt: try row.optionalInstant("used_at"))
        }
    }

    func redeemInvitation(tokenDigest: String, at instant: Instant) throws -> Bool {
        try connection.run(.redeemInvitation(tokenDigest, at: instant)) == 1
    }

    func recordFailure(of key: String, at instant: Instant) throws {
        try connection.perform("DELETE FROM sign_in_failures WHERE at < \(instant - Self.failureMemory)")
        try connection.perform(.recordFailure(of: key, at: instant))
    }

    func failures(of key: String, since: Instant) throws -> Int {
        try connection.first(.failures(of: key, since: since))?.int("count") ?? 0
    }

    func clearFailures(of key: String) throws {
        try connection.perform("DELETE FROM sign_in_failures WHERE subject = \(key)")
    }
}
