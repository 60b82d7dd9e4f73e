/// The one answer to every “may this person see or do this?” (promise P5).
package enum Policy {
    package enum Action: String, Hashable, Sendable, CaseIterable {
        case read, reply, note, assign, dismiss
        case decideUnknown = "decide_unknown"
        case administer
    }

    /// - Parameters:
    ///   - membership: the person's place in the workspace; nil for none.
    ///   - agreement: the version in force.
    /// - Throws: `not_found` for whom the workspace does not exist, `agreement_required`, `out_of_grant`.
    package static func require(_ action: Action, of membership: Membership?, agreement: Int) throws(DeskError) {
        guard let membership, membership.revokedAt == nil else {
            throw DeskError.nothingThere
        }
        guard membership.role == .principal || membership.signedAgreement == agreement else {
            throw DeskError(
                .agreementRequired, message: "The confidentiality agreement has to be read and signed first. Nothing was shown.")
        }
        guard action != .administer || membership.role == .principal else {
            throw DeskError(.outOfGrant, message: "Only the principal may do this. Nothing was changed.")
        }
    }

    /// The workspaces whose content a person may read.
    /// - Parameter agreements: the version in force by workspace.
    package static func scope(of user: User.ID, memberships: [Membership], agreements: [Workspace.ID: Int]) -> Scope {
        let readable = memberships.filter { membership in
            guard let agreement = agreements[membership.workspace], membership.user == user else { return false }
            do {
                try require(.read, of: membership, agreement: agreement)
                return true
            } catch {
                return false
            }
        }
        return Scope(user: user, roles: Dictionary(readable.map { ($0.workspace, $0.role) }, uniquingKeysWith: { first, _ in first }))
    }
}

/// What a viewer may see: handed to every reading repository. Only `Policy` makes one that sees anything.
package struct Scope: Hashable, Sendable {
    package let user: User.ID
    package let roles: [Workspace.ID: Role]

    init(user: User.ID, roles: [Workspace.ID: Role]) {
        self.user = user
        self.roles = roles
    }

    /// In a fixed order.
    package var workspaces: [Workspace.ID] { roles.keys.sorted() }

    package func covers(_ workspace: Workspace.ID) -> Bool { roles[workspace] != nil }

    /// - Throws: `not_found`: whoever may not see a thing is not told that it exists.
    package func require(_ workspace: Workspace.ID) throws(DeskError) {
        guard covers(workspace) else { throw DeskError.nothingThere }
    }
}
