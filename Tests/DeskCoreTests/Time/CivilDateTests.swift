import DeskCore
import DeskTesting
import Testing

struct CivilDateTests {
    @Test(arguments: [
        ("1970-01-01", 0, Weekday.thursday), ("2000-02-29", 11_016, .tuesday), ("2026-03-29", 20_541, .sunday),
        ("2026-12-31", 20_818, .thursday), ("1900-03-01", -25_508, .thursday), ("0001-01-01", -719_162, .monday),
    ])
    func isANumberOfDaysAndAWeekday(text: String, number: Int64, weekday: Weekday) throws {
        let date = try #require(CivilDate(text))
        #expect(date.dayNumber == number)
        #expect(date.weekday == weekday)
        #expect(date.text == text)
    }

    @Test(arguments: [
        "", "2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-00", "2026-01-32", "2026/01/01", "0000-01-01", "+026-01-01",
    ])
    func whatIsNoDateIsRefused(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func everyDayOfFourCenturiesIsReadAsItIsWritten() {
        var expected = CivilDate(dayNumber: 0)
        for number in Int64(0)..<146_097 {
            let date = CivilDate(dayNumber: number)
            if CivilDate(date.text) != date { expected = date }
        }
        #expect(expected == CivilDate(dayNumber: 0))
    }
}

struct WallClockTests {
    private let madrid = WallClock(zone: "Europe/Madrid", rules: WallClocks())

    @Test(arguments: [
        ("2026-01-15", 540, "2026-01-15T08:00:00Z"), ("2026-07-15", 540, "2026-07-15T07:00:00Z"),
        ("2026-03-29", 150, "2026-03-29T01:00:00Z"), ("2026-03-29", 180, "2026-03-29T01:00:00Z"),
        ("2026-12-31", 1_440, "2026-12-31T23:00:00Z"),
    ])
    func showsATimeAtOneMomentAndJumpsOverWhatDoesNotExist(date: String, minute: Int, expected: String) throws {
        let day = try #require(CivilDate(date))
        let moment = try #require(Instant(testing: expected))
        #expect(madrid.instant(day, minute: minute, .first) == moment)
        #expect(madrid.instant(day, minute: minute, .last) == moment)
    }

    @Test func aTimeThatComesTwiceHasTwoMoments() throws {
        let day = try #require(CivilDate("2026-10-25"))
        #expect(madrid.instant(day, minute: 150, .first) == Instant(testing: "2026-10-25T00:30:00Z"))
        #expect(madrid.instant(day, minute: 150, .last) == Instant(testing: "2026-10-25T01:30:00Z"))
    }

    @Test func knowsTheDateOnTheWall() throws {
        let lateEvening = try #require(Instant(testing: "2026-12-31T23:30:00Z"))
        #expect(madrid.date(at: lateEvening).text == "2027-01-01")
        #expect(WallClock(zone: "America/Sao_Paulo", rules: WallClocks()).date(at: lateEvening).text == "2026-12-31")
    }
}

extension Instant {
    /// - Parameter testing: as `2026-12-31T23:00:00Z`.
    init?(testing text: String) {
        guard text.utf8.count == 20, let date = CivilDate(String(text.prefix(10))) else { return nil }
        let parts = text.dropFirst(11).dropLast().split(separator: ":").compactMap { Int64($0) }
        guard parts.count == 3 else { return nil }
        self.init(unixSeconds: date.dayNumber * 86_400 + parts[0] * 3_600 + parts[1] * 60 + parts[2])
    }
}
