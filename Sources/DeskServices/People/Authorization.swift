package import DeskCore

/// Asks `Policy` with what the store knows. Runs inside the read or the transaction that it guards, so that a revocation
/// bites at once.
package struct Authorization {
    private let session: any StorageSession

    package init(_ session: any StorageSession) { self.session = session }

    /// What a user may read now.
    /// - Parameter workspace: limits the scope to one workspace; nil for all of the user's.
    package func scope(of user: User.ID, limitedTo workspace: Workspace.ID? = nil) throws -> Scope {
        let memberships = try session.people.memberships(of: user).filter { workspace == nil || $0.workspace == workspace }
        return Policy.scope(of: user, memberships: memberships, agreements: try session.workspaces.agreementVersions())
    }

    /// - Throws: `not_found`, `agreement_required`, `out_of_grant`.
    package func require(_ action: Policy.Action, in workspace: Workspace.ID, of user: User.ID) throws {
        let membership = try session.people.memberships(of: user).first { $0.workspace == workspace }
        let agreement = try session.workspaces.agreement(of: workspace)?.version ?? 0
        try Policy.require(action, of: membership, agreement: agreement)
    }

    /// From which level of escalation on something late concerns the reader, by workspace.
    package func concerns(in scope: Scope) throws -> [Workspace.ID: EscalationLevel] {
        try scope.roles.reduce(into: [:]) { levels, place in
            let hasSupervisor = try session.people.members(of: place.key).contains {
                $0.membership.role == .supervisor && $0.membership.revokedAt == nil
            }
            levels[place.key] = EscalationLevel.concerning(place.value, hasSupervisor: hasSupervisor)
        }
    }

    /// The conversation, if the user may do this with it.
    /// - Throws: `not_found`, `agreement_required`, `out_of_grant`.
    package func conversation(_ id: Conversation.ID, for action: Policy.Action, by user: User.ID) throws -> Conversation {
        guard let conversation = try session.conversations.conversation(id) else { throw DeskError.nothingThere }
        try require(action, in: conversation.workspace, of: user)
        return conversation
    }

    /// The message, with its conversation, if the user may do this with it.
    /// - Throws: `not_found`, `agreement_required`, `out_of_grant`.
    package func message(
        _ id: Message.ID, for action: Policy.Action, by user: User.ID
    ) throws -> (message: Message, conversation: Conversation) {
        guard let message = try session.messages.message(id) else { throw DeskError.nothingThere }
        return (message, try conversation(message.conversation, for: action, by: user))
    }
}
