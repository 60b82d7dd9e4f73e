/// A person who can sign in; may belong to many workspaces.
package struct User: Hashable, Sendable {
    package typealias ID = Identifier<User>

    package let id: ID
    package var email: String
    package var name: String
    /// BCP 47 language of the screens.
    package var locale: String
    package var timeZone: String

    package init(id: ID, email: String, name: String, locale: String, timeZone: String) {
        self.id = id
        self.email = email
        self.name = name
        self.locale = locale
        self.timeZone = timeZone
    }
}

/// What a member is to a workspace.
package enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    case principal, supervisor, assistant, support, sales, finance, administration, administrator
    case communityManager = "community_manager"
    case personalAssistant = "personal_assistant"
}

/// A user in a workspace.
package struct Membership: Hashable, Sendable {
    package let workspace: Workspace.ID
    package let user: User.ID
    package var role: Role
    /// What the principal granted beyond or short of the role; nil: what the role has.
    package var customGrant: Grant?
    /// The version of the confidentiality agreement that the user signed; nil for none.
    package var signedAgreement: Int?
    package var revokedAt: Instant?
    /// What the ledger's commitment to the typed name was salted with, in hexadecimal; nil before the signature, or once erased.
    package var signatureSalt: String?

    package init(
        workspace: Workspace.ID, user: User.ID, role: Role, customGrant: Grant? = nil, signedAgreement: Int? = nil,
        revokedAt: Instant? = nil, signatureSalt: String? = nil
    ) {
        self.workspace = workspace
        self.user = user
        self.role = role
        self.customGrant = customGrant
        self.signedAgreement = signedAgreement
        self.revokedAt = revokedAt
        self.signatureSalt = signatureSalt
    }

    /// What the member may see and do. The principal's can't be narrowed, and nobody else's holds what only the principal decides.
    package var grant: Grant {
        guard role != .principal, var grant = customGrant else { return .standard(for: role) }
        grant.actions.remove(.govern)
        return grant
    }

    package func isInForce(at now: Instant) -> Bool { revokedAt == nil && grant.isInForce(at: now) }
}

/// The confidentiality text of a workspace that is in force.
package struct Agreement: Hashable, Sendable {
    package let workspace: Workspace.ID
    package let version: Int
    package let text: String
    /// SHA-256 of the text's UTF-8 bytes in lower-case hexadecimal.
    package let digest: String

    package init(workspace: Workspace.ID, version: Int, text: String, digest: String) {
        self.workspace = workspace
        self.version = version
        self.text = text
        self.digest = digest
    }
}
