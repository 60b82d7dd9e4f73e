import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static func insert(_ connection: ProviderConnection, at instant: Instant) -> SQLStatement {
        let provider = connection.provider
        return """
            INSERT INTO identity_providers (workspace, id, name, issuer, client, client_secret, created_at)
            VALUES (\(provider.workspace), \(provider.id), \(provider.name), \(provider.issuer), \(provider.client),
                    \(connection.secret.exposed(), sealedFor: .workspace(provider.workspace)), \(instant))
            """
    }

    fileprivate static func update(_ connection: ProviderConnection) -> SQLStatement {
        let provider = connection.provider
        return """
            UPDATE identity_providers SET name = \(provider.name),
                   client_secret = \(connection.secret.exposed(), sealedFor: .workspace(provider.workspace))
            WHERE workspace = \(provider.workspace)
            """
    }

    fileprivate static let providers: SQLStatement = "SELECT workspace, id, name, issuer, client FROM identity_providers"

    fileprivate static func secret(of id: IdentityProvider.ID) -> SQLStatement {
        "SELECT client_secret FROM identity_providers WHERE id = \(id)"
    }

    /// A pair that is linked already, by either half, stays as it is.
    fileprivate static func link(
        _ identity: ProvenIdentity, to user: User.ID, in workspace: Workspace.ID, at instant: Instant
    ) -> SQLStatement {
        """
        INSERT INTO linked_identities (workspace, member, identity_digest, linked_at)
        VALUES (\(workspace), \(user), \(identity.key, sealedFor: .digest(workspace)), \(instant))
        ON CONFLICT DO NOTHING
        """
    }

    fileprivate static func user(linkedTo identity: ProvenIdentity, in workspace: Workspace.ID) -> SQLStatement {
        """
        SELECT member FROM linked_identities
        WHERE workspace = \(workspace) AND identity_digest = \(identity.key, sealedFor: .digest(workspace))
        """
    }

    fileprivate static func insert(_ begun: BegunSignIn) -> SQLStatement {
        """
        INSERT INTO begun_sign_ins (state_digest, browser_digest, provider, linking_session, next_path, expires_at)
        VALUES (\(begun.stateDigest), \(begun.browserDigest), \(begun.provider), \(begun.linkingSession), \(begun.next),
                \(begun.expiresAt))
        """
    }

    fileprivate static func begun(_ stateDigest: String) -> SQLStatement {
        """
        SELECT state_digest, browser_digest, provider, linking_session, next_path, expires_at FROM begun_sign_ins
        WHERE state_digest = \(stateDigest)
        """
    }
}

struct SQLIdentityRepository: IdentityRepository {
    let connection: any SQLConnection

    func set(_ connection: ProviderConnection, at instant: Instant) throws {
        if let old = try provider(of: connection.provider.workspace) {
            if old.id == connection.provider.id { return try self.connection.perform(.update(connection)) }
            try remove(old)
        }
        try self.connection.perform(.insert(connection, at: instant))
    }

    func provider(_ id: IdentityProvider.ID) throws -> IdentityProvider? {
        try connection.first("\(.providers) WHERE id = \(id)").map(Self.provider)
    }

    func provider(of workspace: Workspace.ID) throws -> IdentityProvider? {
        try connection.first("\(.providers) WHERE workspace = \(workspace)").map(Self.provider)
    }

    func providers() throws -> [IdentityProvider] {
        try connection.query("\(.providers) ORDER BY name").map(Self.provider)
    }

    func connection(of id: IdentityProvider.ID) throws -> ProviderConnection? {
        guard let provider = try provider(id), let row = try connection.first(.secret(of: id)) else { return nil }
        return ProviderConnection(provider: provider, secret: Secret(try row.sealedText("client_secret")))
    }

    func remove(_ provider: IdentityProvider) throws {
        try connection.perform("DELETE FROM sessions WHERE provider = \(provider.id)")
        try connection.perform("DELETE FROM begun_sign_ins WHERE provider = \(provider.id)")
        try connection.perform("DELETE FROM linked_identities WHERE workspace = \(provider.workspace)")
        try connection.perform("DELETE FROM identity_providers WHERE workspace = \(provider.workspace)")
    }

    func link(_ identity: ProvenIdentity, to user: User.ID, through provider: IdentityProvider, at instant: Instant) throws -> Bool {
        try connection.run(.link(identity, to: user, in: provider.workspace, at: instant)) == 1
    }

    func user(linkedTo identity: ProvenIdentity, through provider: IdentityProvider) throws -> User.ID? {
        try connection.first(.user(linkedTo: identity, in: provider.workspace))?.identifier("member")
    }

    func linkedAt(_ user: User.ID, in workspace: Workspace.ID) throws -> Instant? {
        try connection.first("SELECT linked_at FROM linked_identities WHERE workspace = \(workspace) AND member = \(user)")?
            .instant("linked_at")
    }

    func unlink(_ user: User.ID, in workspace: Workspace.ID) throws {
        try connection.perform("DELETE FROM linked_identities WHERE workspace = \(workspace) AND member = \(user)")
        guard let provider = try provider(of: workspace) else { return }
        try connection.perform("DELETE FROM sessions WHERE provider = \(provider.id) AND member = \(user)")
    }

    func insert(_ begun: BegunSignIn, at instant: Instant) throws {
        try connection.perform("DELETE FROM begun_sign_ins WHERE expires_at <= \(instant)")
        try connection.perform(.insert(begun))
    }

    func take(stateDigest: String) throws -> BegunSignIn? {
        guard let row = try connection.first(.begun(stateDigest)) else { return nil }
        try connection.perform("DELETE FROM begun_sign_ins WHERE state_digest = \(stateDigest)")
        return BegunSignIn(
            stateDigest: try row.text("state_digest"), browserDigest: try row.text("browser_digest"),
            provider: try row.identifier("provider"), linkingSession: try row.optionalText("linking_session"),
            next: try row.text("next_path"), expiresAt: try row.instant("expires_at"))
    }

    private static func provider(_ row: SQLRow) throws -> IdentityProvider {
        IdentityProvider(
            id: try row.identifier("id"), workspace: try row.identifier("workspace"), name: try row.text("name"),
            issuer: try row.text("issuer"), client: try row.text("client"))
    }
}

extension ProvenIdentity {
    /// One text for the pair; an issuer is an address and holds no blank.
    fileprivate var key: String { "\(issuer) \(subject)" }
}
