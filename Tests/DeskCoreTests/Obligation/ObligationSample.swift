import DeskCore

extension Obligation {
    static func sample(
        since sentAt: Instant = Sample.noon, position: Int = 1, now: Instant? = nil, id: String = "obligation"
    ) throws -> Obligation {
        Obligation(
            id: ID(id), workspace: Sample.workspace, opening: try Sample.inbound(at: position, sentAt: sentAt),
            answerTarget: Sample.answerTarget, now: now ?? sentAt)
    }

    mutating func contactWrites(at position: Int, _ sentAt: Instant = Sample.noon) throws -> Effect {
        handle(.contactWrote(try Sample.inbound(at: position, sentAt: sentAt)), answerTarget: Sample.answerTarget)
    }

    mutating func isAnswered(by reply: String, seenThrough place: Int, unanswered: [InboundMessage] = []) -> Effect {
        handle(.replyAccepted(Message.ID(reply), seenThrough: place), unanswered: unanswered, answerTarget: Sample.answerTarget)
    }

    mutating func fails(reply: String) -> Effect {
        handle(.replyFailed(Message.ID(reply)), answerTarget: Sample.answerTarget)
    }
}
