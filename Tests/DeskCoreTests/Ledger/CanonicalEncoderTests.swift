import DeskCore
import DeskTesting
import Testing

/// Two lists of fields never look alike, so a digest over them says exactly one thing.
struct CanonicalEncoderTests {
    @Test func writesLengthAndBytes() {
        #expect(encoded([.text("añ")]) == [0, 0, 0, 0, 0, 0, 0, 3, 0x61, 0xC3, 0xB1])
        #expect(encoded([.text("")]) == [0, 0, 0, 0, 0, 0, 0, 0])
    }

    @Test func marksNumbersByALengthThatCannotBe() {
        let mark = [UInt8](repeating: 0xFF, count: 8)
        #expect(encoded([.number(1)]) == mark + [0, 0, 0, 0, 0, 0, 0, 1])
        #expect(encoded([.number(-2)]) == mark + [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE])
    }

    @Test func theSameWordsCutElsewhereLookDifferent() {
        let cuts: [[Field]] = [
            [.text("ab"), .text("c")], [.text("a"), .text("bc")], [.text("abc")], [.text(""), .text("abc")], [.text("abc"), .text("")],
            [.text("a"), .text("b"), .text("c")],
        ]
        #expect(Set(cuts.map(encoded)).count == cuts.count)
    }

    @Test func aNumberIsNoText() {
        #expect(encoded([.number(0)]) != encoded([.text("")]))
        #expect(encoded([.number(1), .number(0x6100_0000_0000_0000)]) != encoded([.text("a"), .number(0)]))
        #expect(encoded([.number(8), .number(0x3132_3334_3536_3738)]) != encoded([.text("12345678")]))
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func noTwoListsOfFieldsCollide(seed: UInt64) {
        var chance = SeededGenerator(seed: seed)
        var known: [[UInt8]: [Field]] = [:]
        for _ in 0..<2_000 {
            let fields = (0..<Int.random(in: 0...4, using: &chance)).map { _ in Field.any(from: &chance) }
            let bytes = encoded(fields)
            #expect(known[bytes] == nil || known[bytes] == fields)
            known[bytes] = fields
        }
        #expect(known.count > 500)
    }

    @Test func hexadecimalHasTwoLowerCaseDigitsAByte() {
        #expect([0, 1, 0x0F, 0x10, 0xAB, 0xFF].hexadecimal == "00010f10abff")
        #expect([UInt8]().hexadecimal.isEmpty)
    }

    private func encoded(_ fields: [Field]) -> [UInt8] {
        var encoder = CanonicalEncoder()
        for field in fields {
            switch field {
            case .text(let text): encoder.append(text)
            case .number(let number): encoder.append(number)
            }
        }
        return encoder.bytes
    }
}

private enum Field: Hashable {
    case text(String)
    case number(Int64)

    /// Few and treacherous: texts that look like lengths, and numbers that are lengths.
    static func any(from chance: inout SeededGenerator) -> Field {
        let texts = ["", "a", "b", "\0", "\0\0\0\0\0\0\0\u{1}", "\0\0\0\0\0\0\0\u{1}a", "a\0\0\0\0\0\0\0\0"]
        let numbers: [Int64] = [-1, 0, 1, 2, 8, 9, 0x6100_0000_0000_0000]
        return Bool.random(using: &chance)
            ? .text(texts[Int.random(in: texts.indices, using: &chance)])
            : .number(numbers[Int.random(in: numbers.indices, using: &chance)])
    }
}
