import DeskCore

/// Keeps obligations in step with what happened, with the proof, in the caller's transaction.
struct ObligationBook {
    private static let stretch = 200

    let session: any StorageSession
    let identifiers: any IdentifierSource
    let workspace: Workspace.ID
    let answerTarget: AnswerTarget
    let now: Instant

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

    /// A message that is there already turned out to be older than was thought; perhaps older than an answer from the phone that came
    /// in since, and seemed to be for less.
    func contactHadWritten(_ message: InboundMessage) throws {
        guard var obligation = try session.obligations.open(in: message.conversation) else { return }
        try apply(.contactWrote(message), to: &obligation)
        guard let echo = try newestEcho(of: message.conversation, after: message.position), echo.sentAt >= message.sentAt else { return }
        try principalAnswered(echo, in: message.conversation)
    }

    /// The principal had before their eyes what is older than their answer and came in before it; what came in late, nobody can say.
    func principalAnswered(_ echo: Message, in conversation: Conversation.ID) throws {
        guard var obligation = try session.obligations.open(in: conversation) else { return }
        let later = try unanswered(of: conversation, after: obligation.firstPosition - 1)
            .filter { $0.sentAt > echo.sentAt || $0.position > echo.position }
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
        try merge(&ended, into: &open)
        try record(.obligationReopened, open)
    }

    /// - Throws: `invalid_request` when nothing is owed.
    func noAnswerNeeded(_ word: NoAnswerNeeded, in conversation: Conversation) throws {
        guard var obligation = try session.obligations.open(in: conversation.id) else {
            throw DeskError(.invalidRequest, message: "Nothing is owed in this conversation. Nothing was changed.")
        }
        try apply(.noAnswerNeeded(word, seenThrough: conversation.lastPosition), to: &obligation)
    }

    /// Somebody's “no answer needed” was a mistake: it is owed again, as long as it has been.
    /// - Throws: `invalid_request` when there was none; `already_sent` when an answer went out since.
    func takeBackNoAnswerNeeded(in conversation: Conversation.ID, by user: User.ID) throws {
        guard var ended = try session.obligations.lastDismissed(in: conversation) else {
            throw DeskError(.invalidRequest, message: "Nobody said that no answer is needed here. Nothing was changed.")
        }
        guard try !hasAnswer(conversation, after: ended.lastPosition) else {
            throw DeskError(.alreadySent, message: "An answer went out since; there is nothing to bring back. Nothing was changed.")
        }
        guard var open = try session.obligations.open(in: conversation) else {
            _ = ended.handle(.noAnswerNeededTakenBack, answerTarget: answerTarget)
            try lookAtItsMessagesAgain(&ended)
            try session.obligations.update(ended, at: now)
            return try record(.obligationReopened, ended, ["taken_back_by": user.text])
        }
        try merge(&ended, into: &open)
        try record(.obligationReopened, open, ["taken_back_by": user.text])
    }

    private func merge(_ ended: inout Obligation, into open: inout Obligation) throws {
        open.takeOver(&ended)
        try lookAtItsMessagesAgain(&open)
        try session.obligations.update(ended, at: now)
        try session.obligations.update(open, at: now)
    }

    /// While nothing was owed for them, one may have turned out to be older than was thought.
    private func lookAtItsMessagesAgain(_ obligation: inout Obligation) throws {
        let messages = try unanswered(of: obligation.conversation, after: obligation.firstPosition - 1)
        for message in messages where message.position <= obligation.lastPosition {
            _ = obligation.handle(.contactWrote(message), answerTarget: answerTarget)
        }
    }

    private func hasAnswer(_ conversation: Conversation.ID, after position: Int) throws -> Bool {
        try session.messages.messages(of: conversation, after: position, limit: Self.stretch).contains { message in
            switch message.delivery {
            case .failed, .undone: false
            case nil: message.direction == .echo
            case .held, .queued, .sending, .accepted, .delivered, .read, .unknown: true
            }
        }
    }

    private func newestEcho(of conversation: Conversation.ID, after position: Int) throws -> Message? {
        var (newest, last): (Message?, Int) = (nil, position)
        while true {
            let next = try session.messages.messages(of: conversation, after: last, limit: Self.stretch)
            let echoes = next.filter { $0.direction == .echo && !$0.isHistory }
            newest = ([newest].compactMap(\.self) + echoes).max { $0.sentAt < $1.sentAt }
            guard next.count == Self.stretch, let end = next.last?.position else { return newest }
            last = end
        }
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
        case .reopened:
            try lookAtItsMessagesAgain(&obligation)
            try record(.obligationReopened, obligation)
        case .shortened(let place, let ending): try keep(before.part(identifiers.next(at: now), through: place, endedBy: ending))
        case .opened, .extended: break
        }
        try session.obligations.update(obligation, at: now)
    }

    private func keep(_ part: Obligation) throws {
        try session.obligations.insert(part, at: now)
        try record(.obligationEnded, part)
    }

    private func record(_ kind: LedgerEntry.Kind, _ obligation: Obligation, _ more: [String: String] = [:]) throws {
        var details = more
        details.merge(["conversation": obligation.conversation.text, "owed_since": String(obligation.owedSince.microseconds)]) { $1 }
        switch obligation.state {
        case .owed: break
        case .continued(let other): details["continued_in"] = other.text
        case .ended(.answered(let reply)): details["answered_by"] = reply.text
        case .ended(.answeredElsewhere(let echo)): details["answered_elsewhere_by"] = echo.text
        case .ended(.noAnswerNeeded(let word)): details["no_answer_needed_by"] = word.member.text
        }
        try session.ledger.append(LedgerFact(kind, obligation.id.text, details), in: workspace, at: now)
    }
}
