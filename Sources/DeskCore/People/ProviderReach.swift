/// How far the word of one workspace's provider goes. Whoever administers the provider could enter as anybody there, so that its word
/// alone opens nothing of another workspace.
package struct ProviderReach: Hashable, Sendable {
    /// What the provider's word opens of an account.
    package enum Entrance: Hashable, Sendable {
        case opens
        /// The code of the account's own authenticator app is still to come.
        case opensAfterCode
        /// The account reaches another workspace too, and has no app that the provider's administrator could not use.
        case needsPassword
        /// Nobody of that workspace.
        case nothing
    }

    package let isMember: Bool
    package let isMemberElsewhere: Bool

    /// - Parameter memberships: all of the account's, those that are over too.
    package init(of workspace: Workspace.ID, over memberships: [Membership], at now: Instant) {
        isMember = memberships.contains { $0.workspace == workspace && $0.isInForce(at: now) }
        isMemberElsewhere = memberships.contains { $0.workspace != workspace && $0.revokedAt == nil }
    }

    /// Whether somebody comes in by the provider's word.
    package func entrance(hasApp: Bool) -> Entrance {
        guard isMember else { return .nothing }
        if hasApp { return .opensAfterCode }
        return isMemberElsewhere ? .needsPassword : .opens
    }

    /// Whether a session that began by the provider's word still lets in; asked with each request.
    package func keeps(confirmedByCode: Bool) -> Bool { isMember && (confirmedByCode || !isMemberElsewhere) }
}
