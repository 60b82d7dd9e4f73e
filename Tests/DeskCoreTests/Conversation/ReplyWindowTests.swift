import DeskCore
import Testing

/// Until when a channel lets us answer: a day at WhatsApp, counted from the contact's last message.
struct ReplyWindowTests {
    @Test(arguments: [
        (Duration.zero, true), (.hours(24) - .seconds(1), true), (.hours(24) - .microseconds(1), true), (.hours(24), false),
        (.hours(24) + .seconds(1), false), (.hours(24 * 365), false),
    ])
    func closesADayAfterTheLastMessageToTheMicrosecond(age: Duration, isOpen: Bool) {
        let window = ReplyWindow(length: .hours(24), lastInboundAt: Sample.noon, now: Sample.noon + age)

        #expect(window.isOpen == isOpen)
        #expect(window.closesAt == .noon(plus: .hours(24)))
        #expect(window == (isOpen ? .open(closesAt: .noon(plus: .hours(24))) : .closed(since: .noon(plus: .hours(24)))))
    }

    @Test func aMessageFromTheFutureOpensItForADayFromNow() {
        let window = ReplyWindow(length: .hours(24), lastInboundAt: .noon(plus: .hours(1_000)), now: Sample.noon)
        #expect(window == .open(closesAt: .noon(plus: .hours(24))))
    }

    @Test func neverClosesWhereTheChannelSetsNoEnd() throws {
        for lastInboundAt in [Instant(unixSeconds: 0), nil] {
            let window = ReplyWindow(length: nil, lastInboundAt: lastInboundAt, now: Sample.noon)
            #expect(window == .unlimited)
            #expect(window.closesAt == nil)
            try window.requireOpen()
        }
    }

    @Test func isNotOpenWhereTheContactNeverWrote() {
        let window = ReplyWindow(length: .hours(24), lastInboundAt: nil, now: Sample.noon)
        #expect(window == .neverOpened)
        #expect(throws: DeskError.self) { try window.requireOpen() }
    }

    @Test func refusesWithTheStableCode() {
        let window = ReplyWindow(length: .hours(24), lastInboundAt: Sample.noon, now: .noon(plus: .hours(24)))
        let thrown = #expect(throws: DeskError.self) { try window.requireOpen() }
        #expect(thrown?.code == .replyWindowClosed)
    }
}
