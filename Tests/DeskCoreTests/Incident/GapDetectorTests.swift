import DeskCore
import Testing

@Suite struct GapDetectorTests {
    private static let week = Duration.hours(7 * 24)
    private static let start = Instant(unixSeconds: 1_795_176_000)

    /// How long the program was away, and what that means to a channel whose provider tries for a week.
    static let stops: [(Duration, Incident.Kind?)] = [
        (.seconds(-3_600), nil), (.seconds(0), nil), (.seconds(179), nil), (.minutes(3), .stopped), (.hours(6), .stopped),
        (.hours(6 * 24 + 23), .stopped), (.hours(7 * 24), .stopped), (.hours(7 * 24) + .seconds(1), .deaf), (.hours(8 * 24), .deaf),
    ]

    @Test(arguments: stops)
    func aStopIsToldOfWhenItIsLongAndAlarmsWhenTheProviderHasGivenUp(length: Duration, kind: Incident.Kind?) {
        let end = Self.start + length
        let gap = GapDetector.stop(lastPulse: Self.start, start: end, horizon: Self.week)
        #expect(gap == kind.map { GapDetector.Gap($0, from: Self.start, to: end) })
    }

    /// Pauses between a channel's calls, how long it has been silent since, and whether that is too long.
    static let silences: [([Duration], Duration, Bool)] = [
        ([], .hours(24 * 6), false), ([], .hours(24 * 7), false), ([], .hours(24 * 8), true),
        (pauses(7, of: .minutes(1)), .hours(24 * 6), false),
        (pauses(8, of: .minutes(1)), .hours(12), false), (pauses(8, of: .minutes(1)), .hours(13), true),
        (pauses(8, of: .hours(10)), .hours(30), false), (pauses(8, of: .hours(10)), .hours(31), true),
        (pauses(8, of: .hours(72)), .hours(24 * 7), false), (pauses(8, of: .hours(72)), .hours(24 * 8), true),
    ]

    @Test(arguments: silences)
    func aSilenceIsTooLongBeyondWhatIsUsualOrBeyondTheProvidersPatience(pauses: [Duration], silence: Duration, isTooLong: Bool) {
        let signs = pauses.reduce(into: [Self.start]) { signs, pause in signs.append(signs[signs.count - 1] - pause) }
        let gap = GapDetector.silence(
            signs: signs, runningSince: Self.start - .hours(9_999), now: Self.start + silence, horizon: Self.week)
        #expect(gap == (isTooLong ? GapDetector.Gap(.deaf, from: Self.start, to: nil) : nil))
    }

    @Test func whileTheProgramWasAwayNobodyCouldHear() {
        let now = Self.start + .hours(24 * 20)
        let hasJustStarted = GapDetector.silence(signs: [Self.start], runningSince: now - .hours(1), now: now, horizon: Self.week)
        #expect(hasJustStarted == nil)
    }

    @Test func aChannelThatNeverCalledIsNotDeaf() {
        #expect(GapDetector.silence(signs: [], runningSince: Self.start, now: Self.start + .hours(9_999), horizon: Self.week) == nil)
    }

    private static func pauses(_ count: Int, of length: Duration) -> [Duration] { Array(repeating: length, count: count) }
}
