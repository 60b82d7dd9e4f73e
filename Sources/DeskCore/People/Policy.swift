/// The one answer to every “may this person see or do this?” (promise P5).
package enum Policy {
    package enum Action: String, Hashable, Sendable, Codable, CaseIterable {
        case read
        /// Answer, and what belongs to answering: notes, “no answer needed”, saying what became of a send of unknown outcome.
        case reply
        case handOver = "hand_over"
        /// Let pass what was held back.
        case approve
        /// See phone numbers, addresses and account numbers unmasked, each time with a reason.
        case reveal
        case export
        /// Run the machine: channels, events that could not be read, incidents, hours, health. Shows no content.
        case administer
        /// Decide about people: who is a member, what they may see, what they sign, what they have read. Never granted, but to the
        /// principal by being it.
        case govern
    }

    /// - Parameters:
    ///   - membership: the person's place in the workspace; nil for none.
    ///   - agreement: the version in force.
    /// - Throws: `not_found` for whom the workspace does not exist, `agreement_required`, `out_of_grant`.
    package static func require(_ action: Action, of membership: Membership?, agreement: Int, at now: Instant) throws(DeskError) {
        let membership = try standing(membership, agreement: agreement, at: now)
        guard membership.grant.actions.contains(action) else { throw refused }
    }

    /// The same for one conversation: what may not be read does not exist.
    /// - Throws: `not_found`, `agreement_required`, `out_of_grant`.
    package static func require(
        _ action: Action, on matter: Matter, of membership: Membership?, agreement: Int, at now: Instant
    ) throws(DeskError) {
        let membership = try standing(membership, agreement: agreement, at: now)
        guard membership.workspace == matter.workspace, membership.grant.covers(matter, for: membership.user) else {
            throw DeskError.nothingThere
        }
        guard membership.grant.actions.contains(action) else { throw refused }
    }

    private static func standing(_ membership: Membership?, agreement: Int, at now: Instant) throws(DeskError) -> Membership {
        guard let membership, membership.isInForce(at: now) else { throw DeskError.nothingThere }
        guard membership.role == .principal || membership.signedAgreement == agreement else { throw unsigned }
        return membership
    }

    /// The workspaces whose content a person may read.
    /// - Parameters:
    ///   - agreements: the version in force by workspace.
    ///   - action: another to ask for. Conversations are covered only where they may be read as well.
    package static func scope(
        of user: User.ID, memberships: [Membership], agreements: [Workspace.ID: Int], for action: Action = .read, at now: Instant
    ) -> Scope {
        let readable = memberships.filter { membership in
            guard let agreement = agreements[membership.workspace], membership.user == user else { return false }
            do {
                try require(action, of: membership, agreement: agreement, at: now)
                return true
            } catch {
                return false
            }
        }
        let sights = readable.map { ($0.workspace, Sight(role: $0.role, grant: $0.grant)) }
        return Scope(user: user, sights: Dictionary(sights, uniquingKeysWith: { first, _ in first }))
    }

    private static let unsigned = DeskError(
        .agreementRequired, message: "The confidentiality agreement has to be read and signed first. Nothing was shown.")
    private static let refused = DeskError(
        .outOfGrant, message: "What the principal granted does not cover this. Nothing was changed.")
}

/// How much of one workspace a viewer sees.
package struct Sight: Hashable, Sendable {
    package let role: Role
    package let grant: Grant

    /// Whether numbers and addresses are covered until they are revealed one by one. They are the principal's own.
    package var isMasked: Bool { role != .principal }
}

/// What a viewer may see: handed to every reading repository. Only `Policy` makes one that sees anything.
package struct Scope: Hashable, Sendable {
    package let user: User.ID
    package let sights: [Workspace.ID: Sight]

    init(user: User.ID, sights: [Workspace.ID: Sight]) {
        self.user = user
        self.sights = sights
    }

    /// In a fixed order.
    package var workspaces: [Workspace.ID] { sights.keys.sorted() }

    package func covers(_ workspace: Workspace.ID) -> Bool { sights[workspace] != nil }

    package func isMasked(in workspace: Workspace.ID) -> Bool { sights[workspace]?.isMasked ?? true }

    package func covers(_ matter: Matter) -> Bool { sights[matter.workspace]?.grant.covers(matter, for: user) ?? false }

    /// - Throws: `not_found`: whoever may not see a thing is not told that it exists.
    package func require(_ workspace: Workspace.ID) throws(DeskError) {
        guard covers(workspace) else { throw DeskError.nothingThere }
    }
}
