import Testing

@testable import DeskCommands

/// Giving memory back costs work: it is done when it is worth that.
struct MemoryGrowthTests {
    private static let base = 100 * 1_048_576

    @Test(
        arguments: [
            ("what stays as it is is left alone", [0, 0, 0], [false, false, false]),
            ("what creeps up is noticed once it is much", [0, 4, 7, 8], [false, false, false, true]),
            ("what went back by itself is where the next growth begins", [0, -50, -43, -42], [false, false, false, true]),
        ] as [(Comment, [Int], [Bool])])
    func growth(_ what: Comment, megabytes: [Int], worth: [Bool]) {
        var growth = MemoryGrowth()
        let judged = megabytes.map { growth.isWorthTrimming(Self.base + $0 * 1_048_576) }
        #expect(judged == worth, what)
    }

    @Test func afterwardsOnlyWhatCameSinceCounts() {
        var growth = MemoryGrowth()
        _ = growth.isWorthTrimming(Self.base)
        growth.trimmed(to: Self.base + MemoryGrowth.step)
        let judged = [1, MemoryGrowth.step].map { growth.isWorthTrimming(Self.base + MemoryGrowth.step + $0) }
        #expect(judged == [false, true])
    }
}
