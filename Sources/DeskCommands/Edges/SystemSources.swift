import DeskCore
import DeskServices
import Foundation

/// The machine's clock.
struct SystemTime: TimeSource {
    /// Shifts the clock; for tests and demonstrations only, and announced loudly by whoever sets it.
    private let offset: Duration

    init(offset: Duration = .zero) { self.offset = offset }

    func now() -> Instant {
        Instant(microseconds: Int64((Date().timeIntervalSince1970 * 1_000_000).rounded(.down))) + offset
    }

    func wait(until instant: Instant) async throws {
        let span = instant - now()
        if span > .zero { try await Task.sleep(for: span, tolerance: .milliseconds(1)) }
    }
}

/// The machine's random numbers, which nobody can guess.
struct SystemChance: ChanceSource {
    func fraction() -> Double { Double.random(in: 0..<1) }

    /// Eight bytes to a call of the system, because every call costs as much.
    func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        let words = (0..<(count + 7) / 8).map { _ in generator.next() }
        return words.withUnsafeBytes { Array($0.prefix(count)) }
    }
}

/// UUIDv7 from the machine's random numbers.
struct SystemIdentifiers: IdentifierSource {
    func next<Subject>(at instant: Instant) -> Identifier<Subject> {
        var generator = SystemRandomNumberGenerator()
        return Identifier(UUIDv7.text(at: instant, random: &generator))
    }
}

/// The machine's table of time zones.
struct SystemTimeZones: TimeZoneRules {
    func offset(of zone: String, at instant: Instant) -> Int64 {
        Int64((TimeZone(identifier: zone) ?? .gmt).secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.unixSeconds))))
    }
}
