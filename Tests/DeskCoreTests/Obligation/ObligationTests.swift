import DeskCore
import Testing

/// What is owed to a contact, from their first word to its end (promise P2).
struct ObligationTests {
    @Test func opensWithTheProvidersTimeOfTheMessage() throws {
        let obligation = try owed(since: .noon(plus: .minutes(-3)), now: Sample.noon)

        #expect(obligation.isOwed)
        #expect(obligation.owedSince == .noon(plus: .minutes(-3)))
        #expect(obligation.dueAt == .noon(plus: .minutes(57)))
    }

    @Test func countsATimeInTheFutureAsNow() throws {
        let obligation = try owed(since: .noon(plus: .hours(5)), now: Sample.noon)

        #expect(obligation.owedSince == Sample.noon)
        #expect(obligation.dueAt == .noon(plus: .minutes(60)))
    }

    @Test func keepsItsAgeWhenTheContactWritesAgain() throws {
        var obligation = try owed()

        #expect(try obligation.contactWrites(at: 2, .noon(plus: .minutes(10))) == .extended)

        #expect(obligation.owedSince == Sample.noon)
        #expect(obligation.dueAt == .noon(plus: .minutes(60)))
        #expect(obligation.lastPosition == 2)
    }

    @Test func takesTheAgeOfAnOlderMessageThatArrivesLate() throws {
        var obligation = try owed()

        #expect(try obligation.contactWrites(at: 2, .noon(plus: .minutes(-30))) == .extended)

        #expect(obligation.owedSince == .noon(plus: .minutes(-30)))
        #expect(obligation.dueAt == .noon(plus: .minutes(30)))
    }

    @Test func takesTheAgeOfAKnownMessageThatTurnsOutToBeOlder() throws {
        var obligation = try owed()
        _ = try obligation.contactWrites(at: 2, .noon(plus: .minutes(10)))

        #expect(try obligation.contactWrites(at: 1, .noon(plus: .minutes(-30))) == .extended)

        #expect(obligation.owedSince == .noon(plus: .minutes(-30)))
        #expect(obligation.lastPosition == 2)
    }

    @Test func isNotExtendedByAMessageThatItKnows() throws {
        var obligation = try owed()
        _ = try obligation.contactWrites(at: 2)

        #expect(try obligation.contactWrites(at: 2) == .unchanged)
        #expect(try obligation.contactWrites(at: 1) == .unchanged)
    }

    @Test func endsWhenTheChannelAcceptsAReplyToEverything() throws {
        var obligation = try owed()
        _ = try obligation.contactWrites(at: 2)

        #expect(obligation.isAnswered(by: "reply", seenThrough: 2) == .ended)
        #expect(obligation.state == .ended(.answered(Message.ID("reply"))))
    }

    @Test func aMessageBetweenReplyAndAcceptanceStaysOwedWithItsOwnTime() throws {
        var obligation = try owed()
        let later = try Sample.inbound(at: 3, sentAt: .noon(plus: .minutes(4)))
        _ = obligation.handle(.contactWrote(later), answerTarget: Sample.answerTarget)

        let effect = obligation.isAnswered(by: "reply", seenThrough: 1, unanswered: [later])

        #expect(effect == .shortened(through: 1, by: .answered(Message.ID("reply"))))

        #expect(obligation.isOwed)
        #expect(obligation.owedSince == .noon(plus: .minutes(4)))
        #expect(obligation.dueAt == .noon(plus: .minutes(64)))
        #expect(obligation.firstPosition == 3)
    }

    @Test func whatIsStillOwedIsAsOldAsItsOldestMessageWhateverTheOrderOfArrival() throws {
        var obligation = try owed()
        let later = try Sample.inbound(at: 2, sentAt: .noon(plus: .minutes(9)))
        let late = try Sample.inbound(at: 3, sentAt: .noon(plus: .minutes(4)))
        for message in [later, late] { _ = obligation.handle(.contactWrote(message), answerTarget: Sample.answerTarget) }

        #expect(obligation.isAnswered(by: "reply", seenThrough: 1, unanswered: [later, late]).isShortening)

        #expect(obligation.owedSince == .noon(plus: .minutes(4)))
        #expect(obligation.dueAt == .noon(plus: .minutes(64)))
    }

    @Test func whatAPartialAnswerSettledIsOwedAgainWithItsOwnAgeWhenThatAnswerFails() throws {
        let obligation = try owed()
        var part = obligation.part(
            Obligation.ID("part"), through: 1, endedBy: .answered(Message.ID("reply")))
        #expect(!part.isOwed)
        #expect(part.lastPosition == 1)

        #expect(part.handle(.replyFailed(Message.ID("reply")), answerTarget: Sample.answerTarget) == .reopened)
        #expect(part.owedSince == Sample.noon)
        #expect(part.dueAt == .noon(plus: .minutes(60)))
    }

    @Test func aReplyWrittenBeforeItOpenedDoesNotEndIt() throws {
        var obligation = try owed(position: 5)

        #expect(obligation.isAnswered(by: "reply", seenThrough: 4) == .unchanged)
        #expect(obligation.isOwed)
    }

    @Test func thePrincipalsOwnAnswerEndsIt() throws {
        var obligation = try owed()

        let effect = obligation.handle(.principalAnswered(Message.ID("echo"), seenThrough: 1), answerTarget: Sample.answerTarget)

        #expect(effect == .ended)
        #expect(obligation.state == .ended(.answeredElsewhere(Message.ID("echo"))))
    }

    @Test func thePrincipalsAnswerLeavesOwedWhatCameAfterIt() throws {
        var obligation = try owed()
        let later = try Sample.inbound(at: 2, sentAt: .noon(plus: .minutes(7)))
        _ = obligation.handle(.contactWrote(later), answerTarget: Sample.answerTarget)

        let effect = obligation.handle(
            .principalAnswered(Message.ID("echo"), seenThrough: 1), unanswered: [later], answerTarget: Sample.answerTarget)

        #expect(effect == .shortened(through: 1, by: .answeredElsewhere(Message.ID("echo"))))
        #expect(obligation.owedSince == .noon(plus: .minutes(7)))
    }

    @Test func theRecordedWordOfAPersonEndsIt() throws {
        var obligation = try owed()
        let word = try NoAnswerNeeded(member: Sample.member, reason: "Only a thumbs-up", at: .noon(plus: .minutes(5)))

        #expect(obligation.handle(.noAnswerNeeded(word, seenThrough: 1), answerTarget: Sample.answerTarget) == .ended)
        #expect(obligation.state == .ended(.noAnswerNeeded(word)))
    }

    @Test(arguments: ["", " ", "\n\t", "…", "👍", "!?"])
    func noAnswerNeededWantsAReasonInWords(reason: String) {
        let thrown = #expect(throws: DeskError.self) {
            try NoAnswerNeeded(member: Sample.member, reason: reason, at: Sample.noon)
        }
        #expect(thrown?.code == .invalidRequest)
    }

    @Test(arguments: ["spam", "1", "  ya respondió  ", "仕事"])
    func anyWordIsAReason(reason: String) throws {
        #expect(try NoAnswerNeeded(member: Sample.member, reason: reason, at: Sample.noon).reason == reason)
    }

    private func owed(since sentAt: Instant = Sample.noon, position: Int = 1, now: Instant? = nil) throws -> Obligation {
        try Obligation.sample(since: sentAt, position: position, now: now)
    }
}

extension Obligation.Effect {
    fileprivate var isShortening: Bool { if case .shortened = self { true } else { false } }
}
