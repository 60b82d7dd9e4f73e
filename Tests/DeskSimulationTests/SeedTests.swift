import DeskSimulation
import Testing

/// The desk in a world where everything fails that can (promises P1 to P4 and P9). A failing seed is told by
/// `contesta simulate desk --seed N --steps 10`.
struct SeedTests {
    private static let steps = 10

    @Test(arguments: 0..<10 as Range<UInt64>)
    func everySeedOfAHundredKeepsEveryPromise(hundred: UInt64) {
        let clock = ContinuousClock()
        let start = clock.now
        for seed in hundred * 100 + 1...hundred * 100 + 100 {
            let verdict = DeskSimulation(.init(seed: seed, steps: Self.steps)).run()
            #expect(verdict.isGood, "\(verdict.summary)")
        }
        let rate = Int(100 / ((clock.now - start) / .seconds(1)))
        print("simulation: the seeds after \(hundred * 100), \(Self.steps) steps each: \(rate) a second")
    }

    /// Longer stories come to states that short ones never reach.
    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func longStoriesKeepEveryPromise(seed: UInt64) {
        let verdict = DeskSimulation(.init(seed: 1_000_000 + seed, steps: 120)).run()
        #expect(verdict.isGood, "\(verdict.summary)")
    }
}
