import DeskCore
import Testing

/// Promise P2 by construction: these switches name every event and every ending that exist. Closing, snoozing, merging, spam, deleting
/// and handing over have no event here; whoever adds one has to come by.
struct WaysToEndTests {
    @Test func thereAreThreeEventsThatCanEndAnObligation() throws {
        let word = try NoAnswerNeeded(member: Sample.member, reason: "spam", at: Sample.noon)
        let events: [Obligation.Event] = [
            .contactWrote(try Sample.inbound()), .replyAccepted(Message.ID("reply"), seenThrough: 1), .replyFailed(Message.ID("reply")),
            .principalAnswered(Message.ID("echo"), seenThrough: 1), .noAnswerNeeded(word, seenThrough: 1),
            .noAnswerNeededTakenBack,
        ]
        for event in events {
            var obligation = try Obligation.sample()
            _ = obligation.handle(event, answerTarget: Sample.answerTarget)
            #expect(obligation.isOwed != canEnd(event), "\(event)")
        }
    }

    @Test(arguments: [Ending.answered(Message.ID("reply")), .answeredElsewhere(Message.ID("echo"))])
    func everyEndingNamesWhoAnswered(ending: Ending) {
        #expect(!evidence(of: ending).isEmpty)
    }

    private func canEnd(_ event: Obligation.Event) -> Bool {
        switch event {
        case .replyAccepted, .principalAnswered, .noAnswerNeeded: true
        case .contactWrote, .replyFailed, .noAnswerNeededTakenBack: false
        }
    }

    private func evidence(of ending: Ending) -> String {
        switch ending {
        case .answered(let reply): reply.text
        case .answeredElsewhere(let echo): echo.text
        case .noAnswerNeeded(let word): word.member.text
        }
    }
}
