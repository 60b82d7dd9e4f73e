import DeskSimulation
import Testing

/// The desk in a world where everything fails that can (promises P1 to P4 and P9). A failing seed is told by
/// `contesta simulate desk --seed N --steps 12`.
struct SeedTests {
    private static let steps = 12

    @Test(arguments: stride(from: UInt64(0), to: 1_000, by: 100))
    func everySeedKeepsEveryPromise(from first: UInt64) {
        let clock = ContinuousClock()
        let start = clock.now
        for seed in first + 1...first + 100 {
            let verdict = DeskSimulation(.init(seed: seed, steps: Self.steps)).run()
            #expect(verdict.isGood, "\(verdict.summary)")
        }
        print("seeds \(first + 1) to \(first + 100), \(Self.steps) steps each: \(Int(100 / ((clock.now - start) / .seconds(1)))) a second")
    }

    /// Longer stories come to states that short ones never reach.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func longStoriesKeepEveryPromise(seed: UInt64) {
        let verdict = DeskSimulation(.init(seed: 1_000_000 + seed, steps: 120)).run()
        #expect(verdict.isGood, "\(verdict.summary)")
    }
}
