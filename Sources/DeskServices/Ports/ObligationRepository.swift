package import DeskCore

/// What is owed.
package protocol ObligationRepository {
    func open(in conversation: Conversation.ID) throws -> Obligation?
    func obligation(_ id: Obligation.ID) throws -> Obligation?
    /// The one that a message's acceptance ended.
    func ended(by reply: Message.ID) throws -> Obligation?
    /// The one that somebody's “no answer needed” ended last.
    func lastDismissed(in conversation: Conversation.ID) throws -> Obligation?
    func insert(_ obligation: Obligation, at instant: Instant) throws
    func update(_ obligation: Obligation, at instant: Instant) throws

    /// Everything that is owed in a workspace, with the inbox that it came by.
    func owed(in workspace: Workspace.ID) throws -> [(obligation: Obligation, inbox: Inbox.ID)]
    /// Owed ones whose next step of escalation is due, the longest due first.
    func escalating(at now: Instant, limit: Int) throws -> [Obligation]
    /// When the next step of escalation is due; nil for none.
    func nextEscalationAt() throws -> Instant?
    /// Stores a step of escalation, in one step with the check.
    /// - Parameter level: from which the step was made.
    /// - Returns: false, and stores nothing, when it is no longer owed or the step was made already.
    func escalate(_ obligation: Obligation, from level: EscalationLevel, at instant: Instant) throws -> Bool
}

/// What was promised.
package protocol CommitmentRepository {
    func insert(_ commitment: Commitment, at instant: Instant) throws
    func update(_ commitment: Commitment, at instant: Instant) throws
    func commitment(_ id: Commitment.ID) throws -> Commitment?
    /// Those that are owed, the most urgent first.
    func owed(in conversation: Conversation.ID) throws -> [Commitment]
    /// Those that a reply made, and those that it keeps or is to keep.
    func concerning(_ reply: Message.ID) throws -> [Commitment]

    /// Everything that is promised in a workspace, with the inbox that it went by.
    func owed(in workspace: Workspace.ID) throws -> [(commitment: Commitment, inbox: Inbox.ID)]
    /// As with obligations.
    func escalating(at now: Instant, limit: Int) throws -> [Commitment]
    func nextEscalationAt() throws -> Instant?
    func escalate(_ commitment: Commitment, from level: EscalationLevel, at instant: Instant) throws -> Bool
}
