import DeskCore
import Testing

/// A promise made in a reply: owed until it is kept, or until somebody says why it needs no keeping.
struct CommitmentTests {
    private let promise = Message.ID("promise")
    private let keeper = Message.ID("keeper")

    @Test func isOwedOnceTheContactMayHaveReadIt() throws {
        var accepted = try sample()
        #expect(!accepted.isOwed)
        #expect(accepted.handle(.replyAccepted(promise)) == .made)
        #expect(accepted.isOwed)

        var unknown = try sample()
        #expect(unknown.handle(.replyMayHaveArrived(promise)) == .made)
        #expect(unknown.handle(.replyAccepted(promise)) == .unchanged)
    }

    @Test func aPromiseThatNeverArrivedIsNotOwedUntilItDoes() throws {
        var commitment = try sample()
        #expect(commitment.handle(.replyFailed(promise)) == .unchanged)
        #expect(commitment.handle(.replyAccepted(promise)) == .made)
        #expect(commitment.handle(.replyFailed(promise)) == .withdrawn)
        #expect(commitment.handle(.replyAccepted(promise)) == .made)
        #expect(commitment.isOwed)
    }

    @Test func aReplyThatIsToKeepItEndsItWhenTheChannelAcceptsIt() throws {
        var commitment = try owed()
        #expect(commitment.handle(.keeperRecorded(keeper)) == .changed)
        #expect(commitment.isOwed)
        #expect(commitment.handle(.replyAccepted(Message.ID("another"))) == .unchanged)
        #expect(commitment.handle(.replyAccepted(keeper)) == .ended)
        #expect(commitment.state == .kept(by: keeper))
    }

    @Test func isOwedAgainWithItsOwnTimeWhenTheReplyThatKeptItFails() throws {
        var commitment = try owed()
        for event in [Commitment.Event.keeperRecorded(keeper), .replyAccepted(keeper)] { _ = commitment.handle(event) }
        #expect(commitment.handle(.replyFailed(keeper)) == .reopened)
        #expect(commitment.isOwed)
        #expect(commitment.dueAt == .noon(plus: .hours(20)))
        #expect(commitment.handle(.replyAccepted(keeper)) == .ended)
    }

    @Test func aReplyDoesNotKeepThePromiseThatItMakes() throws {
        var commitment = try owed()
        #expect(commitment.handle(.keeperRecorded(promise)) == .unchanged)
    }

    @Test func aPersonsWordEndsItAndStays() throws {
        var commitment = try owed()
        let word = try Commitment.Settlement(member: Sample.member, reason: "Vino a la tienda", at: Sample.noon)
        #expect(commitment.handle(.settled(word)) == .ended)
        #expect(commitment.state == .settled(word))
        for event in [Commitment.Event.replyFailed(promise), .replyFailed(keeper), .keeperRecorded(keeper), .replyAccepted(promise)] {
            #expect(commitment.handle(event) == .unchanged)
        }
    }

    @Test(arguments: ["", "  ", "…"])
    func endingItWantsAReasonInWords(reason: String) {
        #expect(throws: DeskError.self) { try Commitment.Settlement(member: Sample.member, reason: reason, at: Sample.noon) }
    }

    @Test(arguments: [("", 60), ("   ", 60), ("mañana", 0), ("mañana", -5), ("mañana", 60 * 24 * 367)])
    func aPromiseHasWordsAndATimeToCome(text: String, minutes: Int) {
        let thrown = #expect(throws: DeskError.self) {
            try Commitment.Promise(text: text, dueAt: .noon(plus: .minutes(minutes)), now: Sample.noon)
        }
        #expect(thrown?.code == .commitmentRefused)
    }

    @Test func isEscalatedByItsOwnTime() throws {
        var commitment = try owed()
        #expect(commitment.escalate(at: .noon(plus: .hours(19)), by: Sample.answerTarget) == [])
        #expect(commitment.escalate(at: .noon(plus: .hours(20)), by: Sample.answerTarget) == [.supervisor])
        #expect(commitment.escalate(at: .noon(plus: .hours(21)), by: Sample.answerTarget) == [.principal])
    }

    @Test func whatIsNotOwedIsNotEscalated() throws {
        var commitment = try sample()
        #expect(commitment.escalate(at: .noon(plus: .hours(99)), by: Sample.answerTarget) == [])
    }

    private func sample() throws -> Commitment {
        var message = Sample.message(.outbound, at: 2)
        message = Message(
            id: promise, conversation: message.conversation, position: 2, direction: .outbound, content: message.content,
            sentAt: Sample.noon, receivedAt: Sample.noon)
        return Commitment(
            id: Commitment.ID("commitment"), workspace: Sample.workspace,
            promise: try Commitment.Promise(text: "Enviar la factura", dueAt: .noon(plus: .hours(20)), now: Sample.noon), in: message,
            by: Sample.member, answerTarget: Sample.answerTarget)
    }

    private func owed() throws -> Commitment {
        var commitment = try sample()
        _ = commitment.handle(.replyAccepted(promise))
        return commitment
    }
}
