import DeskCore
import MailFormat
import Testing

/// Entries of calendars that come with mails.
@Suite struct CalendarTests {
    private static func entry(
        _ lines: [String], method: String = "REQUEST", type: String = "text/calendar; charset=utf-8"
    ) -> CalendarEntry? {
        let calendar =
            ["BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:\(method)", "BEGIN:VEVENT", "UID:1"] + lines + ["END:VEVENT", "END:VCALENDAR"]
        return mail(calendar.joined(separator: "\r\n"), type).calendarEntry
    }

    private static func mail(_ calendar: String, _ type: String = "text/calendar") -> Mail {
        MailReader.mail(in: Array("From: ana@x.example\r\nContent-Type: \(type)\r\n\r\n\(calendar)\r\n".utf8))
    }

    private static func at(_ text: String) throws -> CalendarEntry.Moment {
        .instant(try #require(WallClock(zone: "GMT", rules: NoOffset()).instant(local: text)))
    }

    @Test func anInvitationSaysWhatWhenWhereAndWho() throws {
        let entry = try #require(
            Self.entry([
                "SUMMARY:Visita de obra\\, con Ana", "LOCATION:Calle 85", "ORGANIZER;CN=Ana Prado:mailto:ana@x.example",
                "DTSTART:20261201T150000Z", "DTEND:20261201T163000Z", "RRULE:FREQ=WEEKLY",
            ]))
        #expect(entry.method == .request && entry.repeats)
        #expect(entry.title == "Visita de obra, con Ana" && entry.place == "Calle 85")
        #expect(entry.organizer == MailAddress(name: "Ana Prado", address: "ana@x.example"))
        let span = [try Self.at("2026-12-01T15:00"), try Self.at("2026-12-01T16:30")]
        #expect([entry.start, entry.end] == span)
    }

    /// By the calendar's own description of the zone, as Outlook gives it, or by the zone's name alone.
    @Test(arguments: ["America/Bogota", "Hora de la oficina"])
    func aTimeOfAZoneIsAMoment(zone: String) throws {
        let lines = ["DTSTART;TZID=\"\(zone)\":20261201T100000", "DURATION:PT1H"]
        let described = [
            "BEGIN:VTIMEZONE", "TZID:\(zone)", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0500",
            "END:STANDARD", "END:VTIMEZONE",
        ]
        let whole = ["BEGIN:VCALENDAR"] + described + ["BEGIN:VEVENT"] + lines + ["END:VEVENT", "END:VCALENDAR"]
        let entry = try #require(Self.mail(whole.joined(separator: "\n")).calendarEntry)
        let span = [try Self.at("2026-12-01T15:00"), try Self.at("2026-12-01T16:00")]
        #expect([entry.start, entry.end] == span)
        #expect(entry.method == .publish)
    }

    @Test func aTimeOfNoZoneStaysWhatTheWallShows() throws {
        let date = try #require(CivilDate("2026-12-01"))
        #expect(Self.entry(["DTSTART:20261201T100500"])?.start == .wall(date, minute: 605))
    }

    @Test func wholeDaysEndWithTheLastOfThem() throws {
        let entry = try #require(Self.entry(["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227"]))
        let days = [try #require(CivilDate("2026-12-24")), try #require(CivilDate("2026-12-26"))]
        #expect([entry.start, entry.end] == days.map { .day($0) })
    }

    @Test(arguments: [
        ("ACCEPTED", CalendarEntry.Answer.accepted), ("DECLINED", .declined), ("TENTATIVE", .tentative), ("X-PERHAPS", nil),
    ])
    func aReplySaysWhetherTheGuestComes(word: String, answer: CalendarEntry.Answer?) throws {
        let entry = try #require(Self.entry(["ATTENDEE;PARTSTAT=\(word):mailto:luis@x.example"], method: "REPLY"))
        #expect(entry.method == .reply && entry.answer == answer)
    }

    @Test(arguments: [
        "", "BEGIN:VCALENDAR", "BEGIN:VEVENT", "no calendar", "BEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR",
        "BEGIN:VEVENT\n" + String(repeating: "begin:vcalendar\n", count: 60_000), "BEGIN:VEVENT\0\nSUMMARY\nEND:VEVENT",
    ])
    func whatIsNoneDoesNoHarm(text: String) { _ = Self.mail(text).calendarEntry }

    @Test func anEntryWithoutAnythingIsOneWithoutAnything() throws {
        let entry = try #require(Self.entry(["DTSTART:20261399T990000"]))
        #expect(entry.title.isEmpty && entry.organizer == nil && entry.start == nil && entry.end == nil)
    }
}

private struct NoOffset: TimeZoneRules {
    func offset(of zone: String, at instant: Instant) -> Int64 { 0 }
}
