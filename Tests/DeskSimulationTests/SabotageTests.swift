import DeskSimulation
import Testing

/// A simulation that never turns red proves nothing: each protection is taken away, and missed.
struct SabotageTests {
    private static let missed: [(sabotage: Sabotage, invariants: Set<Invariant>)] = [
        (.droppingUnique, [.storedOnce]),
        (.acknowledgingEarly, [.acknowledgedIsKept]),
        (.resendingOnTimeout, [.sentOnce]),
        (.skippingRecipientCheck, [.rightRecipient]),
    ]

    @Test func everySabotageHasItsTest() {
        #expect(Set(Self.missed.map(\.sabotage)) == Set(Sabotage.allCases))
    }

    @Test(arguments: Self.missed)
    func aProtectionThatIsTakenAwayIsMissed(sabotage: Sabotage, invariants: Set<Invariant>) throws {
        let verdicts = (1...150 as ClosedRange<UInt64>).lazy.map { DeskSimulation(.init(seed: $0, steps: 30, sabotage: sabotage)).run() }
        let broken = try #require(verdicts.first { !$0.isGood }, "150 seeds, and nobody noticed")
        #expect(!invariants.isDisjoint(with: broken.violations.map(\.invariant)), "\(broken.violations)")
        #expect(DeskSimulation(.init(seed: broken.seed, steps: 30)).run().isGood, "and with the protection the same seed is good")
    }
}
