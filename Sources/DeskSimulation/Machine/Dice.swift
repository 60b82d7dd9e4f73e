import DeskCore
import DeskServices
import Synchronization

/// All chance of a simulation: the same seed throws the same numbers.
final class Dice: Sendable {
    private let generator: Mutex<SplitMix64>

    init(seed: UInt64) { generator = Mutex(SplitMix64(seed: seed)) }

    func number(_ range: ClosedRange<Int>) -> Int {
        generator.withLock { Int.random(in: range, using: &$0) }
    }

    /// - Parameter count: 0 for never.
    func happens(oneIn count: Int) -> Bool {
        count > 0 && number(1...count) == 1
    }

    func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[number(0...elements.count - 1)]
    }

    func shuffled<Element: Sendable>(_ elements: [Element]) -> [Element] {
        generator.withLock { elements.shuffled(using: &$0) }
    }

    func milliseconds(_ range: ClosedRange<Int>) -> Duration { .milliseconds(number(range)) }

    func seconds(_ range: ClosedRange<Int>) -> Duration { .milliseconds(number(range.lowerBound * 1_000...range.upperBound * 1_000)) }

    /// Dice of their own, so that what they are thrown for doesn't disturb the rest.
    func fork() -> Dice { Dice(seed: generator.withLock { $0.next() }) }
}

extension Dice: ChanceSource {
    func fraction() -> Double { Double(number(0...999_999)) / 1_000_000 }

    func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(number(0...255)) } }
}

extension Dice: IdentifierSource {
    func next<Subject>(at instant: Instant) -> Identifier<Subject> {
        generator.withLock { Identifier(UUIDv7.text(at: instant, random: &$0)) }
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
