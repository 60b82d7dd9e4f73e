import DeskCore
import DeskTesting
import Testing

/// Identifiers that sort by time (RFC 9562 section 5.7).
struct UUIDv7Tests {
    /// Gives what it was handed, then zeros.
    private struct Scripted: RandomNumberGenerator {
        var numbers: [UInt64]
        mutating func next() -> UInt64 { numbers.isEmpty ? 0 : numbers.removeFirst() }
    }

    @Test func isTheExampleOfTheStandard() {
        var chance = Scripted(numbers: [0xCC3, 0x18C4_DC0C_0C07_398F])
        let instant = Instant(microseconds: 1_645_557_742_000_000)
        #expect(UUIDv7.text(at: instant, random: &chance) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    }

    @Test(
        arguments: [
            (0, 0, "00000000-0000-7000-8000-000000000000"), (0, UInt64.max, "00000000-0000-7fff-bfff-ffffffffffff"),
            (-5_000_000, 0, "00000000-0000-7000-8000-000000000000"), (1_999, 0, "00000000-0001-7000-8000-000000000000"),
        ] as [(Int64, UInt64, String)])
    func keepsVersionAndVariantAtTheEdges(microseconds: Int64, bits: UInt64, expected: String) {
        var chance = Scripted(numbers: [bits, bits])
        let text = UUIDv7.text(at: Instant(microseconds: microseconds), random: &chance)
        #expect(text == expected)
        #expect(isWellFormed(text))
    }

    @Test func sortsByTime() {
        var chance = SeededGenerator(seed: 7)
        let texts = (0..<2_000).map { UUIDv7.text(at: Instant(microseconds: Int64($0) * 977_000), random: &chance) }
        #expect(texts == texts.sorted())
        #expect(Set(texts).count == texts.count)
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func isAlwaysWellFormed(seed: UInt64) {
        var chance = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let instant = Instant(microseconds: Int64.random(in: .min...(.max), using: &chance))
            #expect(isWellFormed(UUIDv7.text(at: instant, random: &chance)))
        }
    }

    private func isWellFormed(_ text: String) -> Bool {
        text.wholeMatch(of: #/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#) != nil
    }
}
