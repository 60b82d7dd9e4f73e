import DeskCore
import Foundation
import Testing

/// Points in time: whole microseconds, and never a trap, whatever a provider sends.
struct InstantTests {
    @Test(
        arguments: [
            (0, 0), (1, 1_000_000), (-1, -1_000_000), (1_790_000_000, 1_790_000_000_000_000),
            (9_223_372_036_854, 9_223_372_036_854_000_000),
            (9_223_372_036_855, Int64.max), (-9_223_372_036_855, Int64.min), (Int64.max, Int64.max), (Int64.min, Int64.min),
        ] as [(Int64, Int64)])
    func unixSecondsStopAtTheEdges(seconds: Int64, microseconds: Int64) {
        #expect(Instant(unixSeconds: seconds).microseconds == microseconds)
    }

    @Test(arguments: [(0, 0), (999_999, 0), (1_000_000, 1), (-1, -1), (-1_000_000, -1), (-1_000_001, -2)] as [(Int64, Int64)])
    func wholeSecondsAreRoundedDown(microseconds: Int64, seconds: Int64) {
        #expect(Instant(microseconds: microseconds).unixSeconds == seconds)
    }

    @Test func addsAndSubtracts() {
        let instant = Instant(unixSeconds: 100)
        #expect(instant + .seconds(5) == Instant(unixSeconds: 105))
        #expect(instant - .seconds(105) == Instant(unixSeconds: -5))
        #expect(instant + .seconds(-5) == Instant(unixSeconds: 95))
        #expect(Instant(unixSeconds: 105) - instant == .seconds(5))
        #expect(instant - Instant(unixSeconds: 105) == .seconds(-5))
    }

    @Test func stopsAtTheEndOfTime() {
        let last = Instant(microseconds: .max)
        #expect(last + .seconds(1) == last)
        #expect(last - .seconds(-1) == last)
        #expect(last - Instant(microseconds: .min) == .microseconds(Int64.max))
    }

    @Test func stopsAtTheBeginningOfTime() {
        let first = Instant(microseconds: .min)
        #expect(first - .seconds(1) == first)
        #expect(first + .seconds(-1) == first)
        #expect(first - Instant(microseconds: .max) == .microseconds(Int64.min))
    }

    @Test func anAbsurdDurationIsNoTrap() {
        #expect(Duration.seconds(Int64.max).wholeMicroseconds == .max)
        #expect(Duration.seconds(Int64.min).wholeMicroseconds == .min)
        #expect(Instant(unixSeconds: 1) + .seconds(Int64.max) == Instant(microseconds: .max))
        #expect(Instant(unixSeconds: -2) - .seconds(Int64.max) == Instant(microseconds: .min))
    }

    @Test func isStoredAsANumber() throws {
        let instant = Instant(microseconds: -7)
        #expect(try JSONEncoder().encode([instant]) == Data("[-7]".utf8))
        #expect(try JSONDecoder().decode([Instant].self, from: Data("[-7]".utf8)) == [instant])
    }

    @Test func durationsHaveWordsOfTheirOwn() {
        #expect(Duration.minutes(2) == .seconds(120))
        #expect(Duration.hours(2) == .minutes(120))
        #expect(Duration.milliseconds(1_999).wholeSeconds == 1)
        #expect(Duration.nanoseconds(1_999).wholeMicroseconds == 1)
        #expect(Duration.nanoseconds(-1_999).wholeMicroseconds == -1)
    }
}
