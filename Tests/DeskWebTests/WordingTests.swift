import DeskCore
import Foundation
import Testing

@testable import DeskWeb

/// Times and lengths of time, as each reader would say them.
@Suite struct WordingTests {
    private let catalogues: Catalogues
    private let now = Gallery.now

    init() throws { catalogues = try Catalogues() }

    private func wording(_ language: Language = .spanish, zone: String = "America/Bogota") throws -> Wording {
        Wording(catalogue: catalogues[language], timeZone: try #require(TimeZone(identifier: zone)), now: now)
    }

    @Test(arguments: [
        (Duration.seconds(20), "menos de 1 min"), (.minutes(12), "12 min"), (.minutes(60), "1 h"), (.minutes(80), "1 h 20 min"),
        (.minutes(11 * 60 + 20), "11 h"), (.hours(25), "1 día"), (.hours(72), "3 días"), (.seconds(-5), "menos de 1 min"),
    ])
    func durationsAreSaidInWords(duration: Duration, words: String) throws {
        #expect(try wording().duration(duration) == words)
    }

    @Test func theWaitAndTheEndAreSaidTogether() throws {
        let clock = WaitClock(since: now - .minutes(12), due: now + .minutes(3), wording: try wording())
        #expect(clock.waitingWords == "espera hace 12 min")
        #expect(clock.dueWords == "vence en 3 min")
    }

    @Test(arguments: [(10, 50, "calm", 16), (29, 31, "calm", 48), (30, 30, "warm", 50), (55, 6, "burning", 90), (74, -14, "burning", 100)])
    func theClockHeatsUpAsTheTimeGoes(waited: Int, left: Int, level: String, percent: Int) throws {
        let clock = WaitClock(since: now - .minutes(waited), due: now + .minutes(left), wording: try wording())
        #expect(clock.level == level)
        #expect(clock.percent == percent)
    }

    @Test(arguments: [
        (0, "hoy 10:30"), (-24, "ayer 10:30"), (24, "mañana 10:30"), (-48, "lunes 10:30"), (-24 * 40, "30 de enero 10:30"),
        (-24 * 90, "11 de diciembre de 2025 10:30"),
    ])
    func daysHaveTheirNames(hours: Int, words: String) throws {
        #expect(try wording().moment(now + .hours(hours)) == words)
    }

    @Test func theTimeZoneDecidesTheDay() throws {
        let lateEvening = Instant(unixSeconds: 1_773_284_400)  // 2026-03-12T03:00:00Z
        #expect(try wording(zone: "America/Bogota").moment(lateEvening) == "hoy 22:00")
        #expect(try wording(zone: "Europe/Madrid").moment(lateEvening) == "mañana 4:00")
    }

    @Test func englishSaysTheHourItsOwnWay() throws {
        #expect(try wording(.english).timeOfDay(now) == "10:30 am")
        #expect(try wording(.english, zone: "Asia/Tokyo").timeOfDay(now - .minutes(29)) == "12:01 am")
    }

    @Test func theHeadingOfADayStartsWithACapital() throws {
        #expect(try wording().dayBreak(now) == "Hoy")
        #expect(try wording().dayBreak(now - .hours(72)) == "Domingo, 8 de marzo")
        #expect(try wording(.portuguese).dayBreak(now - .hours(72)) == "Domingo, 8 de março")
    }

    @Test(arguments: [0, 951_782_400, 1_709_164_800, 4_102_444_800, -1, -86_401])
    func theOwnCalendarAgreesWithFoundation(seconds: Int) throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let date = Date(timeIntervalSince1970: Double(seconds))
        let expected = calendar.dateComponents([.year, .month, .day, .hour, .minute, .weekday], from: date)
        let parts = CalendarParts(localSeconds: seconds)
        #expect(parts.year == expected.year && parts.month == expected.month && parts.day == expected.day)
        #expect(parts.hour == expected.hour && parts.minute == expected.minute)
        #expect(parts.weekday == ((expected.weekday ?? 0) + 5) % 7 + 1)
    }

    @Test func puttingAsideUntilTomorrowMeansNineOnTheReadersClock() throws {
        #expect(try wording().snoozeChoices.last?.value == "2026-03-12T14:00:00Z")
        #expect(try wording().snoozeChoices.last?.label == "Mañana 9:00")
    }

    @Test func tomorrowAtNineIsRightAcrossTheChangeOfTheClocks() throws {
        let madrid = try #require(TimeZone(identifier: "Europe/Madrid"))
        let eve = Instant(unixSeconds: 1_774_720_800)  // 2026-03-28T18:00:00Z, the evening before summer time
        let wording = Wording(catalogue: catalogues[.spanish], timeZone: madrid, now: eve)
        #expect(wording.snoozeChoices.last?.value == "2026-03-29T07:00:00Z")
    }

    @Test(arguments: [(999, "999 B"), (241_300, "241 kB"), (1_420_000, "1,4 MB"), (25_000_000, "25 MB"), (51_200_000_000, "51 GB")])
    func sizesAreSaidForPeople(count: Int, words: String) throws {
        #expect(try wording().byteCount(count) == words)
    }
}
