import DeskCore

/// Keeps obligations in step with what happened, with the proof, in the caller's transaction.
struct ObligationBook {
    private static let stretch = 200

    let session: any StorageSession
    let identifiers: any IdentifierSource
    let workspace: Workspace.ID
    let answerTarget: Duration
    let now: Instant

    init(
        session: any StorageSession, identifiers: any IdentifierSource, workspace: Workspace.ID, answerTarget: Duration, now: Instant
    ) {
        self.session = session
        self.identifiers = identifiers
        self.workspace = workspace
        self.answerTarget = answerTarget
        self.now = now
    }

    init(session: any StorageSession, identifiers: any IdentifierSource, workspace: Workspace, now: Instant) {
        self.init(
            session: session, identifiers: identifiers, workspace: workspace.id, answerTarget: workspace.answerTarget, now: now)
    }

    func contactWrote(_ message: InboundMessage) throws {
        guard var obligation = try session.obligations.open(in: message.conversation) else {
            let opened = Obligation(
                id: identifiers.next(at: now), workspace: workspace, opening: message, answerTarget: answerTarget, now: now)
            try session.obligations.insert(opened, at: now)
            try record(.obligationOpened, opened)
            return
        }
        try apply(.contactWrote(message), to: &obligation)
    }

    /// A message that is there already turned out to be older than was thought.
    func contactHadWritten(_ message: InboundMessage) throws {
        guard var obligation = try session.obligations.open(in: message.conversation) else { return }
        try apply(.contactWrote(message), to: &obligation)
    }

    func principalAnswered(_ echo: Message, in conversation: Conversation.ID) throws {
        guard var obligation = try session.obligations.open(in: conversation) else { return }
        let later = try unanswered(of: conversation, after: obligation.firstPosition - 1).filter { $0.sentAt > echo.sentAt }
        let seenThrough = later.first.map { $0.position - 1 } ?? obligation.lastPosition
        try apply(.principalAnswered(echo.id, seenThrough: seenThrough), to: &obligation, unanswered: later)
    }

    func replyAccepted(_ attempt: Attempt) throws {
        guard var obligation = try session.obligations.open(in: attempt.conversation) else { return }
        let unanswered = try unanswered(of: attempt.conversation, after: attempt.seenThrough)
        try apply(.replyAccepted(attempt.message, seenThrough: attempt.seenThrough), to: &obligation, unanswered: unanswered)
    }

    func replyFailed(_ attempt: Attempt) throws {
        guard var ended = try session.obligations.ended(by: attempt.message) else { return }
        guard var open = try session.obligations.open(in: attempt.conversation) else {
            return try apply(.replyFailed(attempt.message), to: &ended)
        }
        open.absorb(ended)
        try session.obligations.update(open, at: now)
        try record(.obligationReopened, open)
    }

    /// - Throws: `invalid_request` when nothing is owed.
    func noAnswerNeeded(_ word: NoAnswerNeeded, in conversation: Conversation) throws {
        guard var obligation = try session.obligations.open(in: conversation.id) else {
            throw DeskError(.invalidRequest, message: "Nothing is owed in this conversation. Nothing was changed.")
        }
        try apply(.noAnswerNeeded(word, seenThrough: conversation.lastPosition), to: &obligation)
    }

    /// All of them: the oldest by the provider's time may have arrived last.
    private func unanswered(of conversation: Conversation.ID, after position: Int) throws -> [InboundMessage] {
        var all: [InboundMessage] = []
        while true {
            let last = all.last?.position ?? position
            let next = try session.messages.inbound(of: conversation, after: last, limit: Self.stretch)
            all += next
            if next.count < Self.stretch { return all }
        }
    }

    private func apply(_ event: Obligation.Event, to obligation: inout Obligation, unanswered: [InboundMessage] = []) throws {
        let before = obligation
        switch obligation.handle(event, unanswered: unanswered, answerTarget: answerTarget) {
        case .unchanged: return
        case .ended: try record(.obligationEnded, obligation)
        case .reopened: try record(.obligationReopened, obligation)
        case .shortened(let place, let ending): try keep(before.part(identifiers.next(at: now), through: place, endedBy: ending))
        case .opened, .extended: break
        }
        try session.obligations.update(obligation, at: now)
    }

    private func keep(_ part: Obligation) throws {
        try session.obligations.insert(part, at: now)
        try record(.obligationEnded, part)
    }

    private func record(_ kind: LedgerEntry.Kind, _ obligation: Obligation) throws {
        var details = ["conversation": obligation.conversation.text, "owed_since": String(obligation.owedSince.microseconds)]
        switch obligation.state {
        case .owed: break
        case .ended(.answered(let reply)): details["answered_by"] = reply.text
        case .ended(.answeredElsewhere(let echo)): details["answered_elsewhere_by"] = echo.text
        case .ended(.noAnswerNeeded(let word)): details["no_answer_needed_by"] = word.member.text
        }
        try session.ledger.append(LedgerFact(kind, obligation.id.text, details), in: workspace, at: now)
    }
}
