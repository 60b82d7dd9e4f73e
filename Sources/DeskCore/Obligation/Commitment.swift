/// A promise made to a contact in a reply, with a time of its own: a second kind of obligation, of ours. It is owed as soon as the
/// contact may have read it. It ends by a reply that keeps it, or by a person's recorded word; closing and snoozing have no event here.
package struct Commitment: Hashable, Sendable {
    package typealias ID = Identifier<Commitment>

    package enum State: Hashable, Sendable {
        /// The reply has not left yet, or did not arrive: nothing was promised so far.
        case unspoken
        case owed
        /// By a reply that the channel accepted.
        case kept(by: Message.ID)
        case settled(Settlement)
    }

    package let id: ID
    package let workspace: Workspace.ID
    package let conversation: Conversation.ID
    /// The reply in which it was made.
    package let message: Message.ID
    package private(set) var text: String
    package let dueAt: Instant
    package let member: User.ID
    package let madeAt: Instant
    package private(set) var state: State
    /// A reply that is to keep it, and is not known to have arrived.
    package private(set) var keeper: Message.ID?
    package private(set) var escalation: Escalation

    /// What a person wrote beside the reply.
    package init(id: ID, workspace: Workspace.ID, promise: Promise, in message: Message, by member: User.ID, answerTarget: AnswerTarget) {
        self.init(
            id: id, workspace: workspace, conversation: message.conversation, message: message.id, promise: promise, member: member,
            madeAt: message.sentAt, state: .unspoken, keeper: nil, escalation: Escalation(dueAt: promise.dueAt, by: answerTarget))
    }

    /// Restores one from the store.
    package init(
        id: ID, workspace: Workspace.ID, conversation: Conversation.ID, message: Message.ID, promise: Promise, member: User.ID,
        madeAt: Instant, state: State, keeper: Message.ID?, escalation: Escalation
    ) {
        self.id = id
        self.workspace = workspace
        self.conversation = conversation
        self.message = message
        text = promise.text
        dueAt = promise.dueAt
        self.member = member
        self.madeAt = madeAt
        self.state = state
        self.keeper = keeper
        self.escalation = escalation
    }

    package var isOwed: Bool { state == .owed }

    func withText(_ text: String) -> Commitment {
        var commitment = self
        commitment.text = text
        return commitment
    }

    package enum Event: Hashable, Sendable {
        /// The channel accepted a reply, or nobody knows whether it did.
        case replyMayHaveArrived(Message.ID)
        case replyAccepted(Message.ID)
        /// A reply did not arrive, or was taken back before it left.
        case replyFailed(Message.ID)
        /// A reply was recorded that is to keep it.
        case keeperRecorded(Message.ID)
        /// A named person said that nothing is owed any more, and why.
        case settled(Settlement)
    }

    package enum Effect: Hashable, Sendable {
        case made, ended, reopened
        /// It was not promised after all.
        case withdrawn
        case changed, unchanged
    }

    package mutating func handle(_ event: Event) -> Effect {
        switch event {
        case .replyMayHaveArrived(let reply): speak(reply)
        case .replyAccepted(let reply): reply == message ? speak(reply) : keep(by: reply)
        case .replyFailed(let reply): reply == message ? withdraw() : lose(reply)
        case .keeperRecorded(let reply): expect(reply)
        case .settled(let word): settle(word)
        }
    }

    /// Makes the steps of escalation that are due.
    /// - Returns: the levels that were reached now, in order.
    package mutating func escalate(at now: Instant, by answerTarget: AnswerTarget) -> [EscalationLevel] {
        isOwed ? escalation.advance(to: now, dueAt: dueAt, by: answerTarget) : []
    }

    /// The workspace's hours or steps changed; what was promised stays promised for its time.
    /// - Returns: whether that moved anything.
    package mutating func reschedule(by answerTarget: AnswerTarget) -> Bool {
        let before = self
        escalation.reschedule(dueAt: dueAt, by: answerTarget)
        return self != before
    }

    private mutating func speak(_ reply: Message.ID) -> Effect {
        guard reply == message, state == .unspoken else { return .unchanged }
        state = .owed
        return .made
    }

    private mutating func keep(by reply: Message.ID) -> Effect {
        guard reply == keeper, state == .owed else { return .unchanged }
        state = .kept(by: reply)
        return .ended
    }

    private mutating func withdraw() -> Effect {
        guard state == .owed else { return .unchanged }
        state = .unspoken
        return .withdrawn
    }

    private mutating func lose(_ reply: Message.ID) -> Effect {
        guard state == .kept(by: reply) else { return .unchanged }
        state = .owed
        return .reopened
    }

    private mutating func expect(_ reply: Message.ID) -> Effect {
        guard state == .owed, reply != message else { return .unchanged }
        keeper = reply
        return .changed
    }

    private mutating func settle(_ word: Settlement) -> Effect {
        guard state == .owed else { return .unchanged }
        state = .settled(word)
        return .ended
    }

    /// What is promised, and for when.
    package struct Promise: Hashable, Sendable {
        private static let longest = 500

        package let text: String
        package let dueAt: Instant

        /// As somebody wrote it down, or as it was stored; nothing is checked.
        package init(text: String, dueAt: Instant) {
            self.text = text
            self.dueAt = dueAt
        }

        /// - Throws: `commitment_refused` without words, for a time that has passed, and for one more than a year off.
        package init(text: String, dueAt: Instant, now: Instant) throws(DeskError) {
            let words = String(text.drop { $0.isWhitespace })
            guard !words.isEmpty, words.unicodeScalars.count <= Self.longest else {
                throw DeskError(
                    .commitmentRefused, message: "A commitment says in 1 to \(Self.longest) characters what is promised. Nothing was sent.")
            }
            guard dueAt > now, dueAt <= now + .hours(24 * 366) else {
                throw DeskError(
                    .commitmentRefused, message: "A commitment is for a time to come, within a year. Nothing was sent; the text is kept.")
            }
            self.text = words
            self.dueAt = dueAt
        }
    }

    /// Somebody's recorded word that a commitment needs no reply any more.
    package struct Settlement: Hashable, Sendable, Codable {
        package let member: User.ID
        package let reason: String
        package let at: Instant

        /// - Throws: `invalid_request` for a reason without a word in it.
        package init(member: User.ID, reason: String, at: Instant) throws(DeskError) {
            guard reason.contains(where: { $0.isLetter || $0.isNumber }) else {
                throw DeskError(.invalidRequest, message: "Say why nothing is owed any more. Nothing was changed.")
            }
            self.member = member
            self.reason = reason
            self.at = at
        }
    }
}
