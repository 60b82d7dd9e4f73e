import DeskCore
import Testing

/// The stories of a delivery (promise P4): what is ambiguous is never sent again by itself.
struct AttemptTests {
    @Test func isHeldForTheUndoTimeAndThenCalledOnce() throws {
        var attempt = Attempt.sample()
        #expect(attempt.state == .held)
        #expect(attempt.calls == 0)

        try attempt.goes(through: .claimed, .called(.accepted(providerID: "wamid.1")))

        #expect(attempt.state == .accepted)
        #expect(attempt.calls == 1)
        #expect(attempt.providerID == "wamid.1")
    }

    @Test(arguments: [DeliveryState.queued, .sending, .accepted, .delivered, .read, .unknown(reason: "timeout"), .undone])
    func anUndoThatComesTooLateSaysSo(state: DeliveryState) {
        var attempt = Attempt.sample(state)
        let thrown = #expect(throws: DeskError.self) { try attempt.handle(.undo, at: Sample.noon) }
        #expect(thrown?.code == .alreadySent)
    }

    @Test func nothingBringsBackWhatWasUndone() throws {
        var attempt = Attempt.sample()
        try attempt.goes(
            through: .undo, .sendNow, .claimed, .called(.accepted(providerID: "wamid.1")), .reported(.read, providerID: "wamid.1", nil),
            .interrupted)

        #expect(attempt.state == .undone)
        #expect(attempt.calls == 0)
    }

    @Test func sendNowShortensTheHoldAndNeverLengthensIt() throws {
        var attempt = Attempt.sample(dueAt: .noon(plus: .seconds(5)))
        #expect(try attempt.handle(.sendNow, at: .noon(plus: .seconds(2))) == .waits(until: .noon(plus: .seconds(2))))
        #expect(try attempt.handle(.sendNow, at: .noon(plus: .seconds(4))) == .waits(until: .noon(plus: .seconds(2))))
        #expect(attempt.dueAt == .noon(plus: .seconds(2)))
    }

    @Test func beingClaimedTwiceIsOneCall() throws {
        var attempt = Attempt.sample()
        try attempt.goes(through: .claimed, .claimed)
        #expect(attempt.calls == 1)
    }

    @Test func whatIsAmbiguousWaitsForAPerson() throws {
        var attempt = Attempt.sample(.sending)
        #expect(try attempt.handle(.called(.unknown(reason: "timeout")), at: Sample.noon) == .becameUnknown)
        #expect(attempt.state == .unknown(reason: "timeout"))

        #expect(try attempt.handle(.claimed, at: .noon(plus: .hours(100))) == .none)
        #expect(attempt.calls == 1)
    }

    @Test func aCallThatWasInterruptedIsAmbiguous() throws {
        var attempt = Attempt.sample(.sending)
        #expect(try attempt.handle(.interrupted, at: Sample.noon) == .becameUnknown)
        #expect(attempt.state.name == "unknown")
    }

    @Test func aPersonsWordThatItWentIsAsGoodAsTheProviders() throws {
        var attempt = Attempt.sample(.unknown(reason: "timeout"))
        #expect(try attempt.handle(.confirmedSent, at: Sample.noon) == .taken)
        #expect(attempt.state == .accepted)
    }

    @Test(arguments: [DeliveryState.unknown(reason: "timeout"), .failed(Sample.failure())])
    func sendAgainCallsOnceMoreAtOnce(state: DeliveryState) throws {
        var attempt = Attempt.sample(state)
        #expect(try attempt.handle(.sendAgain, at: .noon(plus: .minutes(9))) == .queued)
        #expect(attempt.dueAt == .noon(plus: .minutes(9)))
        #expect(attempt.providerID == nil)

        try attempt.goes(through: .claimed, .called(.accepted(providerID: "wamid.2")))
        #expect(attempt.state == .accepted)
        #expect(attempt.calls == 2)
        #expect(attempt.providerID == "wamid.2")
    }

    @Test func waitingForTheChannelsRateIsNoCall() throws {
        var attempt = Attempt.sample()
        try attempt.goes(through: .claimed, .postponed(until: .noon(plus: .seconds(6))))

        #expect(attempt.state == .queued)
        #expect(attempt.calls == 0)
        #expect(attempt.dueAt == .noon(plus: .seconds(6)))
    }

    @Test func triesARefusedCallAgainOnlyAsLongAsItMayHelp() throws {
        var attempt = Attempt.sample()
        let stumble = Attempt.Event.called(.rejected(Sample.failure(.transient)))
        for call in 1..<RetryPolicy.maximumCalls {
            try attempt.goes(through: .claimed, stumble)
            #expect(attempt.state == .queued, "after call \(call)")
        }

        try attempt.goes(through: .claimed, stumble)

        #expect(attempt.state == .failed(Sample.failure(.transient)))
        #expect(attempt.calls == RetryPolicy.maximumCalls)
    }

    @Test func theWaitBeforeARetryIsThePolicys() throws {
        var attempt = Attempt.sample(.sending)
        let wait = try #require(RetryPolicy.wait(after: Sample.failure(.transient), calls: 1, jitter: 0.5))

        let effect = try attempt.handle(.called(.rejected(Sample.failure(.transient))), at: Sample.noon, jitter: 0.5)

        #expect(effect == .waits(until: Sample.noon + wait))
    }
}

/// What a provider says of an earlier call is not said of the present one.
struct AttemptAfterSecondCallTests {
    private let laterFailure = Attempt.Event.reported(.failed, providerID: "wamid.1", Sample.failure())

    @Test func aFailureOfTheFirstCallDoesNotStopTheRetryThatAPersonChose() throws {
        var attempt = Attempt.sample(.failed(Sample.failure()))
        try attempt.goes(through: .sendAgain, laterFailure)
        #expect(attempt.state == .queued)
    }

    @Test func aFailureOfTheFirstCallDoesNotHideThatTheSecondWasTaken() throws {
        var attempt = Attempt.sample(.failed(Sample.failure()))
        try attempt.goes(through: .sendAgain, .claimed, laterFailure)

        #expect(try attempt.handle(.called(.accepted(providerID: "wamid.2")), at: Sample.noon) == .taken)

        #expect(attempt.state == .accepted)
        #expect(attempt.providerID == "wamid.2")
    }

    @Test func aFailureReportedBeforeTheCallReturnsStands() throws {
        var attempt = Attempt.sample(.sending)
        try attempt.goes(through: laterFailure, .called(.accepted(providerID: "wamid.1")))
        #expect(attempt.state.name == "failed")
    }

    @Test func thatTheFirstCallArrivedAfterAllSparesTheSecond() throws {
        var attempt = Attempt.sample(.unknown(reason: "timeout"))
        try attempt.goes(through: .sendAgain, .reported(.delivered, providerID: "wamid.1", nil), .claimed)

        #expect(attempt.state == .delivered)
        #expect(attempt.calls == 1)
    }
}

extension Attempt {
    fileprivate mutating func goes(through events: Event...) throws {
        for event in events { _ = try handle(event, at: Sample.noon) }
    }
}
