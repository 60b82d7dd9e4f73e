/// What is owed to a contact: an answer to everything they wrote since the last one. There is at most one open obligation in a
/// conversation. It ends in three ways only (promise P2); closing, snoozing or handing over a conversation are not among them,
/// because no event of that name exists here.
package struct Obligation: Hashable, Sendable {
    package typealias ID = Identifier<Obligation>

    package enum State: Hashable, Sendable {
        case owed
        case ended(Ending)
        /// Was reopened while another of its conversation was open, and is owed there from then on.
        case continued(in: ID)
    }

    package let id: ID
    package let workspace: Workspace.ID
    package let conversation: Conversation.ID
    /// The provider's time of the oldest unanswered message.
    package private(set) var owedSince: Instant
    package private(set) var dueAt: Instant
    /// Places of the oldest and the newest message that it is for.
    package private(set) var firstPosition: Int
    package private(set) var lastPosition: Int
    package private(set) var state: State
    package private(set) var escalation: Escalation

    /// Opens an obligation for a contact's message.
    package init(id: ID, workspace: Workspace.ID, opening message: InboundMessage, answerTarget: AnswerTarget, now: Instant) {
        self.id = id
        self.workspace = workspace
        conversation = message.conversation
        owedSince = min(message.sentAt, now)
        dueAt = answerTarget.due(since: owedSince)
        firstPosition = message.position
        lastPosition = message.position
        state = .owed
        escalation = Escalation(dueAt: dueAt, by: answerTarget)
    }

    /// Restores one from the store.
    package init(
        id: ID, workspace: Workspace.ID, conversation: Conversation.ID, owedSince: Instant, dueAt: Instant, firstPosition: Int,
        lastPosition: Int, state: State, escalation: Escalation
    ) {
        self.id = id
        self.workspace = workspace
        self.conversation = conversation
        self.owedSince = owedSince
        self.dueAt = dueAt
        self.firstPosition = firstPosition
        self.lastPosition = lastPosition
        self.state = state
        self.escalation = escalation
    }

    package var isOwed: Bool { state == .owed }

    package enum Event: Hashable, Sendable {
        /// The contact wrote again.
        case contactWrote(InboundMessage)
        /// The channel accepted a reply whose author had seen everything up to a place.
        case replyAccepted(Message.ID, seenThrough: Int)
        /// A reply that had been accepted turned out not to be delivered.
        case replyFailed(Message.ID)
        /// The principal answered from their own phone or mailbox, and had everything up to a place before their eyes.
        case principalAnswered(Message.ID, seenThrough: Int)
        /// A named person said that no answer is needed, and why.
        case noAnswerNeeded(NoAnswerNeeded, seenThrough: Int)
        /// That word was taken back.
        case noAnswerNeededTakenBack
    }

    /// What the change means for the rest of the desk.
    package enum Effect: Hashable, Sendable {
        case opened, extended, ended, reopened
        /// What it was for up to a place is answered; what came later is still owed.
        case shortened(through: Int, by: Ending)
        case unchanged
    }

    /// - Parameters:
    ///   - event: what happened.
    ///   - unanswered: the contact's messages of this conversation after the place that the event settles, in the order of their
    ///     places; needed to know what is still owed, and since when.
    ///   - answerTarget: gives the due time of what remains.
    package mutating func handle(_ event: Event, unanswered: [InboundMessage] = [], answerTarget: AnswerTarget) -> Effect {
        switch event {
        case .contactWrote(let message): extend(by: message, answerTarget)
        case .replyAccepted(let reply, let place): settle(through: place, by: .answered(reply), unanswered, answerTarget)
        case .principalAnswered(let echo, let place): settle(through: place, by: .answeredElsewhere(echo), unanswered, answerTarget)
        case .noAnswerNeeded(let word, let place): settle(through: place, by: .noAnswerNeeded(word), unanswered, answerTarget)
        case .replyFailed(let reply): reopen(after: .answered(reply))
        case .noAnswerNeededTakenBack: takeBack()
        }
    }

    /// A message that arrives late can be older than all before it, and one that is known can turn out to be older than was thought.
    private mutating func extend(by message: InboundMessage, _ answerTarget: AnswerTarget) -> Effect {
        let isOlder = message.position >= firstPosition && message.sentAt < owedSince
        guard isOwed, message.position > lastPosition || isOlder else { return .unchanged }
        lastPosition = max(lastPosition, message.position)
        owedSince = min(owedSince, message.sentAt)
        let due = answerTarget.due(since: owedSince)
        if due < dueAt { move(dueAt: due, answerTarget) }
        return .extended
    }

    private mutating func settle(
        through place: Int, by ending: Ending, _ unanswered: [InboundMessage], _ answerTarget: AnswerTarget
    ) -> Effect {
        guard isOwed, place >= firstPosition else { return .unchanged }
        guard let first = unanswered.first, place < lastPosition else {
            state = .ended(ending)
            return .ended
        }
        owedSince = unanswered.reduce(first.sentAt) { min($0, $1.sentAt) }
        dueAt = answerTarget.due(since: owedSince)
        escalation = Escalation(dueAt: dueAt, by: answerTarget)
        firstPosition = first.position
        return .shortened(through: place, by: ending)
    }

    private mutating func reopen(after ending: Ending) -> Effect {
        guard state == .ended(ending) else { return .unchanged }
        state = .owed
        return .reopened
    }

    private mutating func takeBack() -> Effect {
        guard case .ended(.noAnswerNeeded(let word)) = state else { return .unchanged }
        return reopen(after: .noAnswerNeeded(word))
    }

    private mutating func move(dueAt instant: Instant, _ answerTarget: AnswerTarget) {
        dueAt = instant
        escalation.reschedule(dueAt: instant, by: answerTarget)
    }

    /// The workspace's hours or targets changed.
    /// - Returns: whether that moved anything.
    package mutating func reschedule(by answerTarget: AnswerTarget) -> Bool {
        let before = self
        if isOwed { move(dueAt: answerTarget.due(since: owedSince), answerTarget) }
        return self != before
    }

    /// Makes the steps of escalation that are due.
    /// - Returns: the levels that were reached now, in order.
    package mutating func escalate(at now: Instant, by answerTarget: AnswerTarget) -> [EscalationLevel] {
        isOwed ? escalation.advance(to: now, dueAt: dueAt, by: answerTarget) : []
    }

    /// What a partial answer settled of this obligation, as one of its own: should that answer fail after all, this part is owed again
    /// with its own age.
    /// - Parameter id: the part's.
    package func part(_ id: ID, through place: Int, endedBy ending: Ending) -> Obligation {
        Obligation(
            id: id, workspace: workspace, conversation: conversation, owedSince: owedSince, dueAt: dueAt, firstPosition: firstPosition,
            lastPosition: min(place, lastPosition), state: .ended(ending), escalation: escalation)
    }

    /// Takes over what a reopened obligation still owed, so that the conversation has one obligation with the older age. The older one
    /// is no longer ended by the reply that failed: should that reply be tried again and fail again, it owes nothing a second time that
    /// others have answered since.
    package mutating func takeOver(_ older: inout Obligation) {
        owedSince = min(owedSince, older.owedSince)
        dueAt = min(dueAt, older.dueAt)
        firstPosition = min(firstPosition, older.firstPosition)
        lastPosition = max(lastPosition, older.lastPosition)
        escalation.join(older.escalation)
        older.state = .continued(in: id)
    }
}

/// The three ways in which an obligation can end.
package enum Ending: Hashable, Sendable, Codable {
    case answered(Message.ID)
    case answeredElsewhere(Message.ID)
    case noAnswerNeeded(NoAnswerNeeded)
}

/// Somebody's recorded word that a message needs no answer.
package struct NoAnswerNeeded: Hashable, Sendable, Codable {
    package let member: User.ID
    package let reason: String
    package let at: Instant

    /// - Throws: `invalid_request` for a reason without a word in it.
    package init(member: User.ID, reason: String, at: Instant) throws(DeskError) {
        guard reason.contains(where: { $0.isLetter || $0.isNumber }) else {
            throw DeskError(.invalidRequest, message: "“No answer needed” wants a reason. Nothing was changed.")
        }
        self.member = member
        self.reason = reason
        self.at = at
    }
}
