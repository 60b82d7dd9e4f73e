import DeskCore
import DeskTesting
import Testing

/// When a principal is told, and what is left to tell.
struct SummaryPlanTests {
    private static func at(_ local: String, in zone: String) throws -> Instant {
        try #require(WallClock(zone: zone, rules: WallClocks()).instant(local: local))
    }

    /// Madrid's clocks jump over 2:30 on 2026-03-29, and show it twice on 2026-10-25.
    @Test(arguments: [
        ("2026-11-22T10:00", 1_200, "2026-11-22T20:00", "Europe/Madrid"),
        ("2026-11-22T20:00", 1_200, "2026-11-23T20:00", "Europe/Madrid"),
        ("2026-11-22T20:01", 1_200, "2026-11-23T20:00", "America/Argentina/Buenos_Aires"),
        ("2026-12-31T23:59", 0, "2027-01-01T00:00", "America/Bogota"),
        ("2026-03-29T01:00", 150, "2026-03-29T03:00", "Europe/Madrid"),
        ("2026-10-24T03:00", 150, "2026-10-25T02:30", "Europe/Madrid"),
    ])
    func theNextOneIsAtItsTimeOnThePrincipalsWall(now: String, minute: Int, expected: String, zone: String) throws {
        let plan = try SummaryPlan(inbox: Sample.inbox, minute: minute, namesContacts: true)
        let next = plan.next(after: try Self.at(now, in: zone), on: WallClock(zone: zone, rules: WallClocks()))
        #expect(next == (try Self.at(expected, in: zone)))
    }

    /// When the clocks are set back, the time that comes twice brings one summary.
    @Test func thereIsOneADay() throws {
        let plan = try SummaryPlan(inbox: Sample.inbox, minute: 150, namesContacts: true)
        let wall = WallClock(zone: "Europe/Madrid", rules: WallClocks())
        var moment = try Self.at("2026-10-20T12:00", in: "Europe/Madrid")
        for day in 21...30 {
            moment = plan.next(after: moment, on: wall)
            #expect(wall.date(at: moment).text == "2026-10-\(day)")
        }
    }

    @Test(arguments: [-1, 1_440])
    func aMinuteThatNoDayHasIsRefused(minute: Int) {
        #expect(throws: DeskError.self) { try SummaryPlan(inbox: Sample.inbox, minute: minute, namesContacts: true) }
    }

    @Test func whatFailsIsTriedAgainLaterAndLaterUntilTheNextOneIsDue() {
        var progress = SummaryProgress(since: Sample.noon - .hours(24), dueAt: Sample.noon)
        let next = Sample.noon + .hours(24)
        var (now, waits) = (Sample.noon, [Duration]())
        while progress.dueAt == Sample.noon {
            progress.fail("busy", at: now, next: next)
            waits.append(progress.nextAt - now)
            now = progress.nextAt
        }
        #expect(waits.prefix(3) == [.minutes(2), .minutes(4), .minutes(8)])
        #expect(waits.dropLast().allSatisfy { $0 <= .minutes(64) })
        #expect(progress.dueAt == next && progress.nextAt == next && progress.tries == 0)
        #expect(progress.since == Sample.noon - .hours(24))
        #expect(progress.failure == "busy")
    }

    @Test func whatLeftIsNotToldAgainAndWhatMayHaveLeftIs() {
        var progress = SummaryProgress(since: Sample.noon, dueAt: Sample.noon + .hours(8))
        let (first, second) = (Sample.noon + .hours(8), Sample.noon + .hours(32))
        progress.leaveOpen("no answer", next: second)
        #expect(progress.since == Sample.noon && progress.nextAt == second && progress.failure == "no answer")
        progress.succeed(with: .init(at: first, entries: 7), through: first, next: second)
        #expect(progress.since == first && progress.failure == nil && progress.sent?.entries == 7)
    }

    @Test(arguments: [([Int](), nil), ([5], 5), ([9, 1], 5), ([30, 1, 2], 2), ([4, 1, 3, 2], 2.5)] as [([Int], Double?)])
    func theUsualWaitIsTheOneInTheMiddle(minutes: [Int], expected: Double?) {
        let figures = SummaryFigures(
            received: 0, answered: minutes.count, answeredElsewhere: 0, withoutAnswer: 0, waits: minutes.map { .minutes($0) })
        #expect(figures.medianWait == expected.map { .seconds($0 * 60) })
        #expect(figures.longestWait == minutes.max().map { .minutes($0) })
    }
}
