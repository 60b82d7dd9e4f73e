import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static func insert(_ session: SignInSession) -> SQLStatement {
        """
        INSERT INTO sessions (token_digest, member, csrf_token, device, place, created_at, last_seen_at, expires_at, confirmed_at,
                              awaits_code, provider, confirmed_by_code)
        VALUES (\(session.tokenDigest), \(session.user), \(session.csrfToken), \(session.device), \(session.place),
                \(session.createdAt), \(session.lastSeenAt), \(session.expiresAt), \(session.confirmedAt), \(session.awaitsCode),
                \(session.provider), \(session.isConfirmedByCode))
        """
    }

    fileprivate static let sessions: SQLStatement = """
        SELECT token_digest, member, csrf_token, device, place, created_at, last_seen_at, expires_at, confirmed_at, awaits_code,
               provider, confirmed_by_code
        FROM sessions
        """

    fileprivate static func update(_ session: SignInSession) -> SQLStatement {
        """
        UPDATE sessions SET last_seen_at = \(session.lastSeenAt), confirmed_at = \(session.confirmedAt),
               awaits_code = \(session.awaitsCode)
        WHERE token_digest = \(session.tokenDigest)
        """
    }

    fileprivate static func set(_ factor: SecondFactor) -> SQLStatement {
        """
        INSERT INTO second_factors (member, secret, confirmed_at, last_step)
        VALUES (\(factor.user), \(factor.secret.exposed(), sealedFor: .installation), \(factor.confirmedAt), \(factor.lastStep))
        ON CONFLICT (member) DO UPDATE
        SET secret = excluded.secret, confirmed_at = excluded.confirmed_at, last_step = excluded.last_step
        """
    }

    /// The check and the mark are one statement: of many who try at once, one changes the row.
    fileprivate static func useStep(_ step: Int64, of user: User.ID, at instant: Instant) -> SQLStatement {
        """
        UPDATE second_factors SET last_step = \(step), confirmed_at = coalesce(confirmed_at, \(instant))
        WHERE member = \(user) AND last_step < \(step)
        """
    }

    fileprivate static func useRecoveryCode(_ digest: String, of user: User.ID, at instant: Instant) -> SQLStatement {
        "UPDATE recovery_codes SET used_at = \(instant) WHERE member = \(user) AND digest = \(digest) AND used_at IS NULL"
    }
}

extension SQLCredentialRepository {
    func insert(_ session: SignInSession) throws {
        try connection.perform("DELETE FROM sessions WHERE expires_at < \(session.createdAt)")
        try connection.perform(.insert(session))
    }

    func session(tokenDigest: String) throws -> SignInSession? {
        try connection.first("\(.sessions) WHERE token_digest = \(tokenDigest)").map(Self.session)
    }

    func sessions(of user: User.ID) throws -> [SignInSession] {
        try connection.query("\(.sessions) WHERE member = \(user) ORDER BY created_at DESC, token_digest").map(Self.session)
    }

    func update(_ session: SignInSession) throws {
        try connection.perform(.update(session))
    }

    func removeSession(tokenDigest: String) throws {
        try connection.perform("DELETE FROM sessions WHERE token_digest = \(tokenDigest)")
    }

    func secondFactor(of user: User.ID) throws -> SecondFactor? {
        try connection.first("SELECT secret, confirmed_at, last_step FROM second_factors WHERE member = \(user)").map { row in
            SecondFactor(
                user: user, secret: Secret(try row.sealedText("secret")), confirmedAt: try row.optionalInstant("confirmed_at"),
                lastStep: try row.integer("last_step"))
        }
    }

    func set(_ factor: SecondFactor, recoveryDigests: [String]) throws {
        try connection.perform(.set(factor))
        try connection.perform("DELETE FROM recovery_codes WHERE member = \(factor.user)")
        for digest in recoveryDigests {
            try connection.perform("INSERT INTO recovery_codes (member, digest) VALUES (\(factor.user), \(digest))")
        }
    }

    func removeSecondFactor(of user: User.ID) throws {
        try connection.perform("DELETE FROM recovery_codes WHERE member = \(user)")
        try connection.perform("DELETE FROM second_factors WHERE member = \(user)")
    }

    func useStep(_ step: Int64, of user: User.ID, at instant: Instant) throws -> Bool {
        try connection.run(.useStep(step, of: user, at: instant)) == 1
    }

    func useRecoveryCode(digest: String, of user: User.ID, at instant: Instant) throws -> Bool {
        try connection.run(.useRecoveryCode(digest, of: user, at: instant)) == 1
    }

    func recoveryCodesLeft(of user: User.ID) throws -> Int {
        try connection.first("SELECT count(*) AS count FROM recovery_codes WHERE member = \(user) AND used_at IS NULL")?.int("count") ?? 0
    }

    private static func session(_ row: SQLRow) throws -> SignInSession {
        SignInSession(
            tokenDigest: try row.text("token_digest"), user: try row.identifier("member"), csrfToken: try row.text("csrf_token"),
            device: try row.text("device"), place: try row.text("place"), createdAt: try row.instant("created_at"),
            lastSeenAt: try row.instant("last_seen_at"), expiresAt: try row.instant("expires_at"),
            confirmedAt: try row.instant("confirmed_at"), awaitsCode: try row.bool("awaits_code"),
            provider: try row.optionalIdentifier("provider"), isConfirmedByCode: try row.bool("confirmed_by_code"))
    }
}
