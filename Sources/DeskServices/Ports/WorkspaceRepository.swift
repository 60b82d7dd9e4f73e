package import DeskCore

/// Workspaces and their agreements.
package protocol WorkspaceRepository {
    func insert(_ workspace: Workspace) throws
    func setAnswerPolicy(_ policy: AnswerPolicy, of workspace: Workspace.ID) throws
    func workspace(_ id: Workspace.ID) throws -> Workspace?
    /// By name, exactly as typed, or by id.
    func workspace(named name: String) throws -> Workspace?
    /// All of them, by name; for the operator's own work only.
    func all() throws -> [Workspace]
    func insert(_ agreement: Agreement, at instant: Instant) throws
    /// The newest version.
    func agreement(of workspace: Workspace.ID) throws -> Agreement?
    /// All versions, the newest first.
    func agreements(of workspace: Workspace.ID) throws -> [(agreement: Agreement, publishedAt: Instant)]
    func agreementVersions() throws -> [Workspace.ID: Int]
}

/// Users and what they are to workspaces.
package protocol PeopleRepository {
    /// - Throws: `invalid_request` when the address is already somebody's.
    func insert(_ user: User, at instant: Instant) throws
    func update(_ user: User) throws
    func user(_ id: User.ID) throws -> User?
    /// Compared without regard to case.
    func user(email: String) throws -> User?
    func insert(_ membership: Membership, at instant: Instant) throws
    func update(_ membership: Membership) throws
    func memberships(of user: User.ID) throws -> [Membership]
    func members(of workspace: Workspace.ID) throws -> [(user: User, membership: Membership)]
    /// Free-form choices of a user about their screens.
    func preferences(of user: User.ID) throws -> [String: String]
    func setPreferences(_ preferences: [String: String], of user: User.ID) throws
}

/// What people prove themselves by. Tokens are kept as SHA-256 digests only (lower-case hexadecimal).
package protocol CredentialRepository {
    /// - Parameter verifier: the encoded scrypt result with its parameters and salt.
    func setPassword(_ verifier: String, of user: User.ID, at instant: Instant) throws
    func passwordVerifier(of user: User.ID) throws -> String?

    func insert(_ session: SignInSession) throws
    func session(tokenDigest: String) throws -> SignInSession?
    /// The newest first; those of which a code is still awaited too.
    func sessions(of user: User.ID) throws -> [SignInSession]
    /// Changes what can change: when it was seen and confirmed, and whether a code is awaited.
    func update(_ session: SignInSession) throws
    func removeSession(tokenDigest: String) throws

    func secondFactor(of user: User.ID) throws -> SecondFactor?
    /// Takes the place of an earlier one, and of its recovery codes.
    func set(_ factor: SecondFactor, recoveryDigests: [String]) throws
    func removeSecondFactor(of user: User.ID) throws
    /// - Returns: false, and changes nothing, for a step that is not later than the last one.
    func useStep(_ step: Int64, of user: User.ID, at instant: Instant) throws -> Bool
    /// - Returns: false when there is no such code, or it was used.
    func useRecoveryCode(digest: String, of user: User.ID, at instant: Instant) throws -> Bool
    func recoveryCodesLeft(of user: User.ID) throws -> Int

    func insert(_ token: AccessToken) throws
    func accessToken(digest: String) throws -> AccessToken?
    /// The newest first; those that are over too.
    func accessTokens(of user: User.ID) throws -> [AccessToken]
    func removeAccessToken(digest: String) throws

    func insert(_ invitation: Invitation) throws
    func invitation(tokenDigest: String) throws -> Invitation?
    /// Marks it used, in one step with the check.
    /// - Returns: false when it had been used already, or has expired by `instant`.
    func redeemInvitation(tokenDigest: String, at instant: Instant) throws -> Bool

    /// Counts a failed sign-in of a key (an address, an account) and gives how many there were since `since`.
    func recordFailure(of key: String, at instant: Instant) throws
    func failures(of key: String, since: Instant) throws -> Int
    func clearFailures(of key: String) throws
}

/// A browser that somebody signed in with.
package struct SignInSession: Hashable, Sendable {
    package let tokenDigest: String
    package let user: User.ID
    /// What forms must send back, so that no other site can send them.
    package let csrfToken: String
    /// What the browser calls itself, and from where it came; shown to its owner.
    package let device: String
    package let place: String
    package let createdAt: Instant
    package var lastSeenAt: Instant
    package let expiresAt: Instant
    /// When its owner last proved who they are.
    package var confirmedAt: Instant
    /// Whether the code of an authenticator app is still to come; until then the session lets nobody in.
    package var awaitsCode: Bool
    /// The identity provider through which it began; nil for the password.
    package let provider: IdentityProvider.ID?
    /// Whether the code of the account's own app came on top of that.
    package let isConfirmedByCode: Bool

    package init(
        tokenDigest: String, user: User.ID, csrfToken: String, device: String = "", place: String = "", createdAt: Instant,
        lastSeenAt: Instant, expiresAt: Instant, confirmedAt: Instant, awaitsCode: Bool = false, provider: IdentityProvider.ID? = nil,
        isConfirmedByCode: Bool = false
    ) {
        self.tokenDigest = tokenDigest
        self.user = user
        self.csrfToken = csrfToken
        self.device = device
        self.place = place
        self.createdAt = createdAt
        self.lastSeenAt = lastSeenAt
        self.expiresAt = expiresAt
        self.confirmedAt = confirmedAt
        self.awaitsCode = awaitsCode
        self.provider = provider
        self.isConfirmedByCode = isConfirmedByCode
    }

    /// Names the session to its owner, and tells nothing of its token.
    package var handle: String { String(tokenDigest.prefix(16)) }
}

/// The authenticator app of a user.
package struct SecondFactor: Hashable, Sendable {
    package let user: User.ID
    package let secret: Secret
    /// When the user showed that the app works; nil: it is being set up, and asked for by nobody.
    package var confirmedAt: Instant?
    /// The last step whose code was used: none counts twice.
    package var lastStep: Int64

    package init(user: User.ID, secret: Secret, confirmedAt: Instant? = nil, lastStep: Int64 = 0) {
        self.user = user
        self.secret = secret
        self.confirmedAt = confirmedAt
        self.lastStep = lastStep
    }
}

/// A token for programs that act for a user.
package struct AccessToken: Hashable, Sendable {
    package let digest: String
    package let user: User.ID
    /// Nil: all of the user's workspaces.
    package let workspace: Workspace.ID?
    package let createdAt: Instant
    package let expiresAt: Instant

    package init(digest: String, user: User.ID, workspace: Workspace.ID?, createdAt: Instant, expiresAt: Instant) {
        self.digest = digest
        self.user = user
        self.workspace = workspace
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// Names the token to its owner, and tells nothing of it.
    package var handle: String { String(digest.prefix(16)) }

    package func reaches(_ workspace: Workspace.ID) -> Bool { self.workspace == nil || self.workspace == workspace }
}

/// A link by which somebody can become a member, once.
package struct Invitation: Hashable, Sendable {
    package let tokenDigest: String
    package let workspace: Workspace.ID
    package let email: String
    package let role: Role
    /// What the member will see and do beyond or short of the role.
    package let customGrant: Grant?
    package let createdAt: Instant
    package let expiresAt: Instant
    package var usedAt: Instant?

    package init(
        tokenDigest: String, workspace: Workspace.ID, email: String, role: Role, customGrant: Grant? = nil, createdAt: Instant,
        expiresAt: Instant, usedAt: Instant? = nil
    ) {
        self.tokenDigest = tokenDigest
        self.workspace = workspace
        self.email = email
        self.role = role
        self.customGrant = customGrant
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.usedAt = usedAt
    }
}
