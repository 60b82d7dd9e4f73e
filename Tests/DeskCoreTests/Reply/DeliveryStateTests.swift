import DeskCore
import DeskTesting
import Testing

/// Reports come in any order and more than once; the outcome is the same (a lattice).
struct DeliveryStateTests {
    private static let stages: [StatusUpdate.Stage] = [.accepted, .sent, .delivered, .read, .played, .failed, .deleted]
    private static let states: [DeliveryState] = [
        .held, .queued, .sending, .accepted, .delivered, .read, .failed(Sample.failure()), .unknown(reason: "timeout"), .undone,
    ]

    @Test(arguments: permutations(of: [StatusUpdate.Stage.sent, .delivered, .read, .failed]))
    func everyOrderOfReportsWithEveryOrderOfRepetitionsEndsAlike(order: [StatusUpdate.Stage]) {
        for repetition in permutations(of: order) {
            for start in [DeliveryState.sending, .accepted, .unknown(reason: "timeout")] {
                #expect(start.after(order + repetition) == .read)
                #expect(start.after(zip(order, repetition).flatMap { [$0, $1] }) == .read)
            }
        }
    }

    @Test(arguments: subsets(of: [StatusUpdate.Stage.sent, .delivered, .read, .failed]))
    func anySelectionOfReportsEndsAlikeInEveryOrder(selection: [StatusUpdate.Stage]) {
        let ends = Set(permutations(of: selection).map { DeliveryState.accepted.after($0) })
        #expect(ends.count == 1)
    }

    @Test(arguments: states, stages)
    func aReportCountsOnce(state: DeliveryState, stage: StatusUpdate.Stage) {
        #expect(state.after([stage, stage]) == state.after([stage]))
    }

    @Test(arguments: stages, stages)
    func twoReportsCommute(first: StatusUpdate.Stage, second: StatusUpdate.Stage) {
        for state in Self.states {
            #expect(state.after([first, second]) == state.after([second, first]), "from \(state.name)")
        }
    }

    @Test(arguments: states)
    func nothingTurnsReadIntoLess(state: DeliveryState) {
        guard state != .undone else { return }
        #expect(state.after([.read, .delivered, .sent, .failed, .accepted]) == .read)
    }

    @Test(arguments: stages)
    func whatWasTakenBackStaysTakenBack(stage: StatusUpdate.Stage) {
        #expect(DeliveryState.undone.after([stage]) == .undone)
    }

    @Test func aFailureKeepsItsFirstReason() {
        let first = DeliveryState.accepted.reported(.failed, failure: Sample.failure(code: "131026"))
        #expect(first.reported(.failed, failure: Sample.failure(code: "131047")) == .failed(Sample.failure(code: "131026")))
    }

    @Test func aFailureWithoutAReasonGetsOne() {
        guard case .failed(let failure) = DeliveryState.accepted.reported(.failed, failure: nil) else {
            Issue.record("not failed")
            return
        }
        #expect(failure.code == "unspecified")
    }

    @Test(arguments: states)
    func aMessageIsInFlightOrTakenOrNeitherButNeverBoth(state: DeliveryState) {
        #expect(!(state.isInFlight && state.isTaken))
    }
}

extension DeliveryState {
    fileprivate func after(_ stages: some Sequence<StatusUpdate.Stage>) -> DeliveryState {
        stages.reduce(self) { $0.reported($1, failure: $1 == .failed ? Sample.failure() : nil) }
    }
}
