import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static func insert(_ user: User, at instant: Instant) -> SQLStatement {
        """
        INSERT INTO users (id, email, email_folded, name, locale, time_zone, created_at)
        VALUES (\(user.id), \(user.email), \(user.email.lowercased()), \(user.name), \(user.locale), \(user.timeZone), \(instant))
        ON CONFLICT (email_folded) DO NOTHING
        """
    }

    fileprivate static func update(_ user: User) -> SQLStatement {
        """
        UPDATE users SET email = \(user.email), email_folded = \(user.email.lowercased()), name = \(user.name),
               locale = \(user.locale), time_zone = \(user.timeZone)
        WHERE id = \(user.id)
        """
    }

    fileprivate static let users: SQLStatement = "SELECT id, email, name, locale, time_zone FROM users"

    fileprivate static func insert(_ membership: Membership, _ grant: String?, at instant: Instant) -> SQLStatement {
        """
        INSERT INTO memberships (workspace, member, role, custom_grant, signed_agreement, revoked_at, signature_salt, created_at)
        VALUES (\(membership.workspace), \(membership.user), \(membership.role.rawValue), \(grant),
                \(membership.signedAgreement), \(membership.revokedAt), \(membership.signatureSalt), \(instant))
        """
    }

    fileprivate static func update(_ membership: Membership, _ grant: String?) -> SQLStatement {
        """
        UPDATE memberships SET role = \(membership.role.rawValue), custom_grant = \(grant), signed_agreement = \(membership.signedAgreement),
               revoked_at = \(membership.revokedAt), signature_salt = \(membership.signatureSalt)
        WHERE workspace = \(membership.workspace) AND member = \(membership.user)
        """
    }

    fileprivate static func memberships(of user: User.ID) -> SQLStatement {
        """
        SELECT workspace, member, role, custom_grant, signed_agreement, revoked_at, signature_salt FROM memberships
        WHERE member = \(user) ORDER BY workspace
        """
    }

    fileprivate static func members(of workspace: Workspace.ID) -> SQLStatement {
        """
        SELECT u.id, u.email, u.name, u.locale, u.time_zone, m.workspace, m.member, m.role, m.custom_grant,
               m.signed_agreement, m.revoked_at, m.signature_salt
        FROM memberships m JOIN users u ON u.id = m.member
        WHERE m.workspace = \(workspace)
        ORDER BY u.name, u.id
        """
    }

    fileprivate static func setPreferences(_ choices: String, of user: User.ID) -> SQLStatement {
        """
        INSERT INTO preferences (member, choices) VALUES (\(user), \(choices))
        ON CONFLICT (member) DO UPDATE SET choices = excluded.choices
        """
    }
}

struct SQLPeopleRepository: PeopleRepository {
    private static let addressTaken = DeskError(
        .invalidRequest, message: "There is already somebody with this e-mail address. Nothing was stored.")

    let connection: any SQLConnection

    func insert(_ user: User, at instant: Instant) throws {
        guard try connection.run(.insert(user, at: instant)) == 1 else { throw Self.addressTaken }
    }

    func update(_ user: User) throws {
        if let other = try self.user(email: user.email), other.id != user.id { throw Self.addressTaken }
        try connection.perform(.update(user))
    }

    func user(_ id: User.ID) throws -> User? {
        try connection.first("\(.users) WHERE id = \(id)").map(Self.user)
    }

    func user(email: String) throws -> User? {
        try connection.first("\(.users) WHERE email_folded = \(email.lowercased())").map(Self.user)
    }

    func insert(_ membership: Membership, at instant: Instant) throws {
        try connection.perform(.insert(membership, try membership.customGrant.map { try JSONText.encode($0) }, at: instant))
    }

    func update(_ membership: Membership) throws {
        try connection.perform(.update(membership, try membership.customGrant.map { try JSONText.encode($0) }))
    }

    func memberships(of user: User.ID) throws -> [Membership] {
        try connection.query(.memberships(of: user)).map(Self.membership)
    }

    func members(of workspace: Workspace.ID) throws -> [(user: User, membership: Membership)] {
        try connection.query(.members(of: workspace)).map { (user: try Self.user($0), membership: try Self.membership($0)) }
    }

    func preferences(of user: User.ID) throws -> [String: String] {
        try connection.first("SELECT choices FROM preferences WHERE member = \(user)")?.json("choices") ?? [:]
    }

    func setPreferences(_ preferences: [String: String], of user: User.ID) throws {
        try connection.perform(.setPreferences(try JSONText.encode(preferences), of: user))
    }

    private static func user(_ row: SQLRow) throws -> User {
        User(
            id: try row.identifier("id"), email: try row.text("email"), name: try row.text("name"), locale: try row.text("locale"),
            timeZone: try row.text("time_zone"))
    }

    private static func membership(_ row: SQLRow) throws -> Membership {
        Membership(
            workspace: try row.identifier("workspace"), user: try row.identifier("member"), role: try row.word("role"),
            customGrant: try row.optionalJSON("custom_grant"),
            signedAgreement: try row.optionalInteger("signed_agreement").map(Int.init), revokedAt: try row.optionalInstant("revoked_at"),
            signatureSalt: try row.optionalText("signature_salt"))
    }
}
