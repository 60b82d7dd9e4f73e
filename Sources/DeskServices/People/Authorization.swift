package import DeskCore

/// Asks `Policy` with what the store knows. Runs inside the read or the transaction that it guards, so that a revocation
/// bites at once.
package struct Authorization {
    private let session: any StorageSession
    private let now: Instant

    package init(_ session: any StorageSession, at now: Instant) {
        self.session = session
        self.now = now
    }

    /// What a user may read now.
    /// - Parameters:
    ///   - workspace: limits the scope to one workspace; nil for all of the user's.
    ///   - action: another that the scope is asked for: it then covers the workspaces in which that may be done.
    package func scope(
        of user: User.ID, limitedTo workspace: Workspace.ID? = nil, for action: Policy.Action = .read
    ) throws -> Scope {
        let memberships = try session.people.memberships(of: user).filter { workspace == nil || $0.workspace == workspace }
        return Policy.scope(
            of: user, memberships: memberships, agreements: try session.workspaces.agreementVersions(), for: action,
            at: now)
    }

    /// The workspaces in which a user may do something now.
    package func workspaces(of user: User.ID, for action: Policy.Action) throws -> [Workspace] {
        try scope(of: user, for: action).workspaces.compactMap { try session.workspaces.workspace($0) }
    }

    /// - Throws: `not_found`, `agreement_required`, `out_of_grant`.
    package func require(_ action: Policy.Action, in workspace: Workspace.ID, of user: User.ID) throws {
        let (membership, agreement) = try standing(of: user, in: workspace)
        try Policy.require(action, of: membership, agreement: agreement, at: now)
    }

    /// Whether `require` would let this pass.
    package func may(_ action: Policy.Action, in workspace: Workspace.ID, _ user: User.ID) throws -> Bool {
        do {
            try require(action, in: workspace, of: user)
            return true
        } catch let error as DeskError where [.notFound, .agreementRequired, .outOfGrant].contains(error.code) {
            return false
        }
    }

    /// The same for one conversation, as its inbox, topic, contact and assignee are now.
    /// - Throws: `not_found`, `agreement_required`, `out_of_grant`.
    package func require(_ action: Policy.Action, on conversation: Conversation, of user: User.ID) throws {
        let (membership, agreement) = try standing(of: user, in: conversation.workspace)
        guard let matter = try matter(of: conversation) else { throw DeskError.nothingThere }
        try Policy.require(action, on: matter, of: membership, agreement: agreement, at: now)
    }

    /// Whether numbers and addresses of a conversation are covered to a viewer who may read it: they are the principal's own, and others
    /// see them for a while after revealing them.
    package func isMasked(_ conversation: Conversation, for user: User.ID) throws -> Bool {
        let (membership, _) = try standing(of: user, in: conversation.workspace)
        guard membership?.role != .principal else { return false }
        guard membership?.grant.actions.contains(.reveal) ?? false else { return true }
        let since = now - RecordReading.revealed
        return try session.readings.latest(.revealed, of: conversation.id, by: user, in: conversation.workspace, since: since) == nil
    }

    /// What decides who may see a conversation; nil for one without a contact.
    package func matter(of conversation: Conversation) throws -> Matter? {
        try session.contacts.contact(conversation.contact).map { Matter(conversation, with: $0) }
    }

    private func standing(of user: User.ID, in workspace: Workspace.ID) throws -> (Membership?, agreement: Int) {
        let membership = try session.people.memberships(of: user).first { $0.workspace == workspace }
        return (membership, try session.workspaces.agreement(of: workspace)?.version ?? 0)
    }

    /// From which level of escalation on something late concerns the reader, by workspace.
    package func concerns(in scope: Scope) throws -> [Workspace.ID: EscalationLevel] {
        try scope.sights.reduce(into: [:]) { levels, place in
            let hasSupervisor = try session.people.members(of: place.key).contains {
                $0.membership.role == .supervisor && $0.membership.isInForce(at: now)
            }
            levels[place.key] = EscalationLevel.concerning(place.value.role, hasSupervisor: hasSupervisor)
        }
    }

    /// The conversation, if the user may do this with it.
    /// - Throws: `not_found`, `agreement_required`, `out_of_grant`.
    package func conversation(_ id: Conversation.ID, for action: Policy.Action, by user: User.ID) throws -> Conversation {
        guard let conversation = try session.conversations.conversation(id) else { throw DeskError.nothingThere }
        try require(action, on: conversation, of: user)
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
