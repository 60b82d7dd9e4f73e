/// Chance that repeats itself: the same seed gives the same numbers (SplitMix64, Steele, Lea and Flood 2014).
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// That many characters of `alphabet`.
    mutating func text(of alphabet: String, count: Int) -> String {
        let characters = Array(alphabet)
        return String((0..<count).map { _ in characters[Int(next() % UInt64(characters.count))] })
    }

    /// A duration within `range`, to the millisecond.
    mutating func duration(within range: ClosedRange<Duration>) -> Duration {
        let span = (range.upperBound - range.lowerBound).wholeMilliseconds
        return range.lowerBound + .milliseconds(span > 0 ? Int64(next() % UInt64(span + 1)) : 0)
    }
}

extension Duration {
    /// Rounded toward zero.
    package var wholeMilliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
