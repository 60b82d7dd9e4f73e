import DeskServices
import Synchronization

/// Chance that leaves nothing to chance: one fraction, and bytes that differ from call to call but not from run to run.
package final class FixedChance: ChanceSource {
    private let value: Double
    private let generator: Mutex<SeededGenerator>

    /// - Parameters:
    ///   - fraction: 0 ..< 1.
    ///   - seed: tells one source's bytes from another's.
    package init(fraction: Double = 0.5, seed: UInt64 = 1) {
        value = fraction
        generator = Mutex(SeededGenerator(seed: seed))
    }

    package func fraction() -> Double { value }

    package func bytes(_ count: Int) -> [UInt8] {
        generator.withLock { generator in
            (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        }
    }
}
