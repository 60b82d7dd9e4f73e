import DeskCore
import Testing

/// A reply that fails, is tried again, and fails again, while others answer: the debt is owed once, with its original age, and never
/// again for what somebody answered since.
struct FailedAgainTests {
    enum Step: Sendable {
        case writes(Int)
        case accepted(String, seenThrough: Int)
        case fails(String)
        case dismissed(Int)
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let steps: [Step]
        /// The minute since which something is owed; nil when nothing is.
        let owedSince: Int?
    }

    static let cases = [
        Case(testDescription: "failed", steps: [.writes(1), .accepted("a", seenThrough: 1), .fails("a")], owedSince: 1),
        Case(
            testDescription: "failed twice in a row", steps: [.writes(1), .accepted("a", seenThrough: 1), .fails("a"), .fails("a")],
            owedSince: 1),
        Case(
            testDescription: "another answered since",
            steps: [.writes(1), .accepted("a", seenThrough: 1), .fails("a"), .accepted("b", seenThrough: 2), .fails("a")], owedSince: nil),
        Case(
            testDescription: "taken over by a younger one, which another answered since",
            steps: [
                .writes(1), .accepted("a", seenThrough: 1), .writes(3), .fails("a"), .accepted("b", seenThrough: 3), .fails("a"),
            ], owedSince: nil),
        Case(
            testDescription: "taken over, and the answer to both fails",
            steps: [
                .writes(1), .accepted("a", seenThrough: 1), .writes(3), .fails("a"), .accepted("b", seenThrough: 3), .fails("a"),
                .fails("b"),
            ], owedSince: 1),
        Case(
            testDescription: "taken over, and a person said that no answer is needed",
            steps: [.writes(1), .accepted("a", seenThrough: 1), .writes(3), .fails("a"), .dismissed(3), .fails("a")], owedSince: nil),
        Case(
            testDescription: "taken over, then tried again and accepted: the younger one remains",
            steps: [.writes(1), .accepted("a", seenThrough: 1), .writes(3), .fails("a"), .accepted("a", seenThrough: 1)], owedSince: 3),
        Case(
            testDescription: "taken over, accepted, and failed again",
            steps: [
                .writes(1), .accepted("a", seenThrough: 1), .writes(3), .fails("a"), .accepted("a", seenThrough: 1), .fails("a"),
            ], owedSince: 1),
        Case(
            testDescription: "and answered in between by another",
            steps: [
                .writes(1), .accepted("a", seenThrough: 1), .writes(3), .fails("a"), .accepted("a", seenThrough: 1), .fails("a"),
                .accepted("b", seenThrough: 3), .fails("a"),
            ], owedSince: nil),
        Case(
            testDescription: "one that was reopened takes over a younger one: both ends are owed",
            steps: [
                .writes(1), .accepted("a", seenThrough: 1), .writes(3), .accepted("b", seenThrough: 3), .fails("a"), .fails("b"),
                .accepted("c", seenThrough: 1),
            ], owedSince: 3),
    ]

    @Test(arguments: cases)
    func isOwedOnceWithItsOriginalAge(_ example: Case) throws {
        var thread = Thread()
        for step in example.steps { try thread.play(step) }
        #expect(thread.open?.owedSince == example.owedSince.map { .noon(plus: .minutes($0)) })
    }
}

/// The obligations of one conversation, kept as a store would.
private struct Thread {
    private var obligations: [Obligation] = []
    private var messages: [InboundMessage] = []

    var open: Obligation? { obligations.first(where: \.isOwed) }

    mutating func play(_ step: FailedAgainTests.Step) throws {
        switch step {
        case .writes(let position): try write(at: position)
        case .accepted(let reply, let place): settle(.replyAccepted(Message.ID(reply), seenThrough: place), through: place)
        case .fails(let reply): fail(Message.ID(reply))
        case .dismissed(let place):
            let word = try NoAnswerNeeded(member: Sample.member, reason: "ya está", at: Sample.noon)
            settle(.noAnswerNeeded(word, seenThrough: place), through: place)
        }
    }

    private mutating func write(at position: Int) throws {
        let message = try Sample.inbound(at: position, sentAt: .noon(plus: .minutes(position)))
        messages.append(message)
        guard let index = obligations.firstIndex(where: \.isOwed) else {
            obligations.append(try .sample(since: message.sentAt, position: position, id: "o\(obligations.count)"))
            return
        }
        _ = obligations[index].handle(.contactWrote(message), answerTarget: Sample.answerTarget)
    }

    private mutating func settle(_ event: Obligation.Event, through place: Int) {
        guard let index = obligations.firstIndex(where: \.isOwed) else { return }
        let before = obligations[index]
        let unanswered = messages.filter { $0.position > place }
        let effect = obligations[index].handle(event, unanswered: unanswered, answerTarget: Sample.answerTarget)
        guard case .shortened(let through, let ending) = effect else { return }
        obligations.append(before.part(Obligation.ID("o\(obligations.count)"), through: through, endedBy: ending))
    }

    private mutating func fail(_ reply: Message.ID) {
        guard let ended = obligations.firstIndex(where: { $0.state == .ended(.answered(reply)) }) else { return }
        guard let open = obligations.firstIndex(where: \.isOwed) else {
            _ = obligations[ended].handle(.replyFailed(reply), answerTarget: Sample.answerTarget)
            return
        }
        var older = obligations[ended]
        obligations[open].takeOver(&older)
        obligations[ended] = older
    }
}
