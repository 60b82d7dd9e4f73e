import DeskCore
import DeskTesting
import Testing

/// When an answer is due that is owed while the desk opens and closes.
struct BusinessHoursTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let zone: String
        let minutes: Int
        let since: String
        let due: String
    }

    /// Shop hours: Monday to Friday 9 to 13 and 15 to 19, Saturday 10 to 14, Friday night 22 to 2.
    private static let week = [
        "mon": ["09:00-13:00", "15:00-19:00"], "tue": ["09:00-13:00", "15:00-19:00"], "wed": ["09:00-13:00", "15:00-19:00"],
        "thu": ["09:00-13:00", "15:00-19:00"], "fri": ["09:00-13:00", "15:00-19:00", "22:00-02:00"], "sat": ["10:00-14:00"],
    ]
    private static let exceptions = ["2026-12-25": [], "2027-01-01": [], "2026-12-24": ["09:00-12:00"], "2026-12-27": ["10:00-12:00"]]

    static let cases = [
        Case(
            testDescription: "while open", zone: "Europe/Madrid", minutes: 60, since: "2026-11-16T09:00:00Z", due: "2026-11-16T10:00:00Z"),
        Case(
            testDescription: "over lunch", zone: "Europe/Madrid", minutes: 60, since: "2026-11-16T11:30:00Z", due: "2026-11-16T14:30:00Z"),
        Case(
            testDescription: "until the very end", zone: "Europe/Madrid", minutes: 60, since: "2026-11-16T11:00:00Z",
            due: "2026-11-16T12:00:00Z"),
        Case(
            testDescription: "overnight", zone: "Europe/Madrid", minutes: 60, since: "2026-11-16T17:30:00Z", due: "2026-11-17T08:30:00Z"),
        Case(
            testDescription: "past midnight", zone: "Europe/Madrid", minutes: 60, since: "2026-11-20T22:30:00Z",
            due: "2026-11-20T23:30:00Z"),
        Case(
            testDescription: "from the night into Saturday", zone: "Europe/Madrid", minutes: 60, since: "2026-11-21T00:30:00Z",
            due: "2026-11-21T09:30:00Z"),
        Case(
            testDescription: "from Saturday to Monday", zone: "Europe/Madrid", minutes: 90, since: "2026-11-21T12:30:00Z",
            due: "2026-11-23T09:00:00Z"),
        Case(
            testDescription: "clocks go forward: Saturday's closing to Monday's opening", zone: "Europe/Madrid", minutes: 60,
            since: "2026-03-28T13:00:00Z", due: "2026-03-30T08:00:00Z"),
        Case(
            testDescription: "clocks go back: Saturday's closing to Monday's opening", zone: "Europe/Madrid", minutes: 60,
            since: "2026-10-24T12:00:00Z", due: "2026-10-26T09:00:00Z"),
        Case(
            testDescription: "Buenos Aires has one time all year", zone: "America/Argentina/Buenos_Aires", minutes: 60,
            since: "2026-03-28T17:00:00Z", due: "2026-03-30T13:00:00Z"),
        Case(
            testDescription: "São Paulo", zone: "America/Sao_Paulo", minutes: 120, since: "2026-11-20T15:00:00Z",
            due: "2026-11-20T19:00:00Z"),
        Case(
            testDescription: "São Paulo in the years of its summer time", zone: "America/Sao_Paulo", minutes: 60,
            since: "2018-11-03T17:00:00Z", due: "2018-11-05T12:00:00Z"),
        Case(
            testDescription: "Christmas: a short day, a closed one, and a Sunday that opens", zone: "Europe/Madrid", minutes: 480,
            since: "2026-12-24T10:00:00Z", due: "2026-12-28T09:00:00Z"),
        Case(
            testDescription: "New Year", zone: "Europe/Madrid", minutes: 60, since: "2026-12-31T17:30:00Z", due: "2027-01-02T09:30:00Z"),
    ]

    @Test(arguments: cases)
    func onlyOpenTimeCounts(_ example: Case) throws {
        let hours = try AnswerPolicy.hours(week: Self.week, exceptions: Self.exceptions)
        let since = try #require(Instant(testing: example.since))
        let wall = WallClock(zone: example.zone, rules: WallClocks())
        #expect(hours.instant(.minutes(example.minutes), after: since, on: wall) == Instant(testing: example.due))
    }

    @Test(arguments: [
        ("2026-03-29", "00:00-04:00", 180, "2026-03-29T02:00:00Z"), ("2026-10-25", "00:00-04:00", 300, "2026-10-25T03:00:00Z"),
        ("2026-10-25", "02:00-03:00", 120, "2026-10-25T02:00:00Z"), ("2026-03-29", "02:30-03:30", 30, "2026-03-29T01:30:00Z"),
    ])
    func anHourThatIsLostOrComesTwiceIsOpenForAsLongAsItReallyLasts(date: String, open: String, minutes: Int, due: String) throws {
        let hours = try AnswerPolicy.hours(week: ["thu": ["09:00-10:00"]], exceptions: [date: [open]])
        let wall = WallClock(zone: "Europe/Madrid", rules: WallClocks())
        let start = wall.instant(try #require(CivilDate(date)), minute: 0, .first)
        #expect(hours.instant(.minutes(minutes), after: start, on: wall) == Instant(testing: due))
    }

    @Test func aroundTheClockEveryMinuteCounts() {
        let wall = WallClock(zone: "Europe/Madrid", rules: WallClocks())
        #expect(BusinessHours.aroundTheClock.instant(.minutes(61), after: Sample.noon, on: wall) == .noon(plus: .minutes(61)))
    }

    @Test func openingTimesThatOverlapCountOnce() throws {
        let hours = try AnswerPolicy.hours(week: ["mon": ["22:00-03:00", "20:00-23:00"], "tue": ["01:00-04:00"]])
        let wall = WallClock(zone: "UTC", rules: WallClocks())
        let start = try #require(Instant(testing: "2026-11-16T20:00:00Z"))
        #expect(hours.instant(.hours(8), after: start, on: wall) == Instant(testing: "2026-11-17T04:00:00Z"))
    }

    @Test func whereADeskHardlyEverOpensADeadlineIsTenYearsOffAtMost() throws {
        let hours = try AnswerPolicy.hours(week: ["mon": ["09:00-09:01"]])
        let wall = WallClock(zone: "UTC", rules: WallClocks())
        #expect(hours.instant(.hours(720), after: Sample.noon, on: wall) == .noon(plus: .hours(24 * 3_650)))
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func aDeadlineGrowsWithTheTargetAndWithTheTimeOwedSince(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        let zone = ["Europe/Madrid", "America/Sao_Paulo", "America/Argentina/Buenos_Aires", "Australia/Lord_Howe"][Int(seed % 4)]
        let wall = WallClock(zone: zone, rules: WallClocks())
        let hours = try Self.randomHours(&chance)
        for _ in 0..<200 {
            let since = Instant(unixSeconds: Int64.random(in: 1_500_000_000..<1_900_000_000, using: &chance))
            let span = Duration.seconds(Int.random(in: 60..<200_000, using: &chance))
            let due = hours.instant(span, after: since, on: wall)
            #expect(due >= since + span)
            #expect(hours.instant(span + .seconds(Int.random(in: 1..<90_000, using: &chance)), after: since, on: wall) > due)
            #expect(hours.instant(span, after: since + .seconds(Int.random(in: 1..<90_000, using: &chance)), on: wall) >= due)
        }
    }

    private static func randomHours(_ chance: inout SeededGenerator) throws -> BusinessHours {
        var week: [String: [String]] = [:]
        for day in Weekday.allCases where Bool.random(using: &chance) || day == .monday {
            week[day.rawValue] = (0..<Int.random(in: 1...3, using: &chance)).map { _ in
                let opens = Int.random(in: 0..<23, using: &chance)
                let closes = (opens + Int.random(in: 1...20, using: &chance)) % 24
                return "\(opens):\(Bool.random(using: &chance) ? "00" : "30")-\(closes):00"
            }.filter { BusinessHours.Stretch($0) != nil }
        }
        week["wed"] = ["09:00-18:00"]
        return try AnswerPolicy.hours(week: week)
    }

    @Test(arguments: [
        ("09:00-13:00", "09:00-13:00"), ("9:00-13:00", "09:00-13:00"), ("22:00-02:00", "22:00-02:00"), ("00:00-24:00", "00:00-24:00"),
        ("18:00-24:00", "18:00-24:00"), ("18:00-00:00", "18:00-24:00"),
    ])
    func anOpeningTimeIsWrittenAsPeopleWriteIt(text: String, expected: String) throws {
        #expect(try #require(BusinessHours.Stretch(text)).text == expected)
    }

    @Test(arguments: [
        "", "09:00", "09:00-09:00", "24:00-02:00", "25:00-26:00", "09:60-10:00", "9-13", "09:00-13:00-14:00", "-1:00-02:00", "a:00-b:00",
    ])
    func whatIsNoOpeningTimeIsRefused(text: String) {
        #expect(BusinessHours.Stretch(text) == nil)
    }

    @Test func aDeskThatNeverOpensIsRefused() {
        let thrown = #expect(throws: DeskError.self) { try AnswerPolicy.hours(week: ["mon": []]) }
        #expect(thrown?.code == .invalidRequest)
    }
}
