import DeskCore
import Testing

/// Who is told that something is late: member, supervisor, principal.
struct EscalationTests {
    @Test func nobodyIsToldBeforeTheDeadline() throws {
        var obligation = try Obligation.sample()
        #expect(obligation.escalate(at: .noon(plus: .seconds(3_599)), by: Sample.answerTarget) == [])
        #expect(obligation.escalation == Escalation(level: .member, nextAt: .noon(plus: .minutes(60))))
    }

    @Test func theSupervisorIsToldAtTheDeadlineAndThePrincipalOneTargetLater() throws {
        var obligation = try Obligation.sample()
        #expect(obligation.escalate(at: .noon(plus: .minutes(60)), by: Sample.answerTarget) == [.supervisor])
        #expect(obligation.escalate(at: .noon(plus: .minutes(119)), by: Sample.answerTarget) == [])
        #expect(obligation.escalate(at: .noon(plus: .minutes(120)), by: Sample.answerTarget) == [.principal])
        #expect(obligation.escalation == Escalation(level: .principal, nextAt: nil))
    }

    @Test func aJumpOfADayMakesEachStepOnceAndAJumpBackRepeatsNone() throws {
        var obligation = try Obligation.sample()
        #expect(obligation.escalate(at: .noon(plus: .hours(24)), by: Sample.answerTarget) == [.supervisor, .principal])
        for hours in [-24, 0, 1, 2, 24, 48] {
            #expect(obligation.escalate(at: .noon(plus: .hours(hours)), by: Sample.answerTarget) == [])
        }
    }

    @Test func whatHasEndedIsNotEscalatedAndGoesOnWhereItWasWhenItIsReopened() throws {
        var obligation = try Obligation.sample()
        _ = obligation.escalate(at: .noon(plus: .minutes(60)), by: Sample.answerTarget)
        _ = obligation.isAnswered(by: "reply", seenThrough: 1)
        #expect(obligation.escalate(at: .noon(plus: .hours(9)), by: Sample.answerTarget) == [])

        _ = obligation.fails(reply: "reply")

        #expect(obligation.escalate(at: .noon(plus: .hours(9)), by: Sample.answerTarget) == [.principal])
    }

    @Test func whatRemainsAfterAPartialAnswerIsADebtOfItsOwn() throws {
        var obligation = try Obligation.sample()
        _ = obligation.escalate(at: .noon(plus: .hours(3)), by: Sample.answerTarget)
        let later = try Sample.inbound(at: 2, sentAt: .noon(plus: .hours(3)))
        _ = obligation.handle(.contactWrote(later), answerTarget: Sample.answerTarget)

        _ = obligation.isAnswered(by: "reply", seenThrough: 1, unanswered: [later])

        #expect(obligation.escalation == Escalation(level: .member, nextAt: .noon(plus: .hours(4))))
    }

    @Test func stepsThatWereMadeStayMadeWhenTheRulesChange() throws {
        var obligation = try Obligation.sample()
        _ = obligation.escalate(at: .noon(plus: .minutes(60)), by: Sample.answerTarget)

        #expect(obligation.reschedule(by: .minutes(240)) == true)

        #expect(obligation.dueAt == .noon(plus: .minutes(240)))
        #expect(obligation.escalation == Escalation(level: .supervisor, nextAt: .noon(plus: .minutes(480))))
        #expect(obligation.escalate(at: .noon(plus: .minutes(240)), by: .minutes(240)) == [])
    }

    @Test func ofTwoThatBecomeOneTheFurtherCounts() throws {
        var older = try Obligation.sample()
        _ = older.escalate(at: .noon(plus: .minutes(60)), by: Sample.answerTarget)
        var open = try Obligation.sample(since: .noon(plus: .minutes(50)), position: 3)
        open.takeOver(&older)
        #expect(open.escalation == Escalation(level: .supervisor, nextAt: .noon(plus: .minutes(120))))
    }

    @Test(arguments: [
        (Role.principal, true, EscalationLevel?.some(.principal)), (.principal, false, .supervisor), (.supervisor, true, .supervisor),
        (.assistant, true, nil), (.sales, false, nil),
    ])
    func eachLevelConcernsSomebody(role: Role, hasSupervisor: Bool, level: EscalationLevel?) {
        #expect(EscalationLevel.concerning(role, hasSupervisor: hasSupervisor) == level)
    }
}
