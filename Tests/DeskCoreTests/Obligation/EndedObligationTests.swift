import DeskCore
import Testing

/// What happens to an obligation after its end.
struct EndedObligationTests {
    @Test func reopensWithItsOriginalAgeWhenTheReplyFailsLate() throws {
        var obligation = try Obligation.sample()
        _ = obligation.isAnswered(by: "reply", seenThrough: 1)

        #expect(obligation.fails(reply: "reply") == .reopened)

        #expect(obligation.isOwed)
        #expect(obligation.owedSince == Sample.noon)
        #expect(obligation.dueAt == .noon(plus: .minutes(60)))
    }

    @Test func doesNotReopenForAnotherReplysFailure() throws {
        var obligation = try Obligation.sample()
        _ = obligation.isAnswered(by: "reply", seenThrough: 1)

        #expect(obligation.fails(reply: "other") == .unchanged)
        #expect(!obligation.isOwed)
    }

    @Test func aFailureWhileOwedChangesNothing() throws {
        var obligation = try Obligation.sample()

        #expect(obligation.fails(reply: "reply") == .unchanged)
        #expect(obligation.isOwed)
    }

    @Test func canBeAnsweredAgainAfterReopening() throws {
        var obligation = try Obligation.sample()
        _ = obligation.isAnswered(by: "first", seenThrough: 1)
        _ = obligation.fails(reply: "first")

        #expect(obligation.isAnswered(by: "second", seenThrough: 2) == .ended)
        #expect(obligation.state == .ended(.answered(Message.ID("second"))))
    }

    @Test func keepsTheFirstEnding() throws {
        var obligation = try Obligation.sample()
        _ = obligation.isAnswered(by: "first", seenThrough: 1)

        #expect(obligation.isAnswered(by: "second", seenThrough: 1) == .unchanged)
        #expect(try obligation.contactWrites(at: 2) == .unchanged)
        #expect(obligation.state == .ended(.answered(Message.ID("first"))))
    }

    @Test func theOpenOneTakesInTheAgeOfTheOneThatFailed() throws {
        var older = try Obligation.sample()
        var open = try Obligation.sample(since: .noon(plus: .minutes(20)), position: 3)

        open.takeOver(&older)

        #expect(open.owedSince == Sample.noon)
        #expect(open.dueAt == .noon(plus: .minutes(60)))
        #expect(open.firstPosition == 1)
        #expect(open.lastPosition == 3)
        #expect(older.state == .continued(in: open.id))
    }

    @Test func takingOverAYoungerOneReachesAsFarAsItDid() throws {
        var younger = try Obligation.sample(since: .noon(plus: .minutes(20)), position: 3)
        var open = try Obligation.sample()
        let before = open

        open.takeOver(&younger)

        #expect(open.owedSince == before.owedSince)
        #expect(open.dueAt == before.dueAt)
        #expect(open.firstPosition == 1)
        #expect(open.lastPosition == 3)
    }
}
