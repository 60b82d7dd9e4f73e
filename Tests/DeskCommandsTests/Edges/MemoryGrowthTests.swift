import Testing

@testable import DeskCommands

/// Giving memory back costs work: it is done when it is worth that.
struct MemoryGrowthTests {
    private static let base = 100 * 1_048_576

    @Test func whatStaysAsItIsIsLeftAlone() {
        var growth = MemoryGrowth()
        for _ in 0..<10 { #expect(!growth.isWorthTrimming(Self.base)) }
    }

    @Test func whatCreepsUpIsNoticedOnceItIsMuch() {
        var growth = MemoryGrowth()
        let worth = (0...40).filter { growth.isWorthTrimming(Self.base + $0 * 1_048_576) }
        #expect(worth.first == 8)
    }

    @Test func afterwardsOnlyWhatCameSinceCounts() {
        var growth = MemoryGrowth()
        _ = growth.isWorthTrimming(Self.base)
        growth.trimmed(to: Self.base + MemoryGrowth.step)
        #expect(!growth.isWorthTrimming(Self.base + MemoryGrowth.step + 1))
        #expect(growth.isWorthTrimming(Self.base + 2 * MemoryGrowth.step))
    }

    @Test func whatWentBackByItselfIsWhereTheNextGrowthBegins() {
        var growth = MemoryGrowth()
        _ = growth.isWorthTrimming(Self.base)
        _ = growth.isWorthTrimming(Self.base / 2)
        #expect(growth.isWorthTrimming(Self.base / 2 + MemoryGrowth.step))
    }
}
