import DeskCore

/// An entry of a calendar that came with a mail. Nothing can be pressed in it: whoever answers says in words whether somebody comes.
package struct MailCalendarView: Sendable {
    package let title: String
    package let facts: [Fact]

    init(_ entry: MailCalendar, wording: Wording) {
        title = wording.text("mail.calendar.\(entry.purpose.rawValue)")
        let values: [(key: String, value: String?)] = [
            ("what", entry.title.isEmpty ? nil : entry.title), ("when", wording.span(of: entry)),
            ("where", entry.place.isEmpty ? nil : entry.place), ("who", entry.organizer.map(Self.name)),
            ("repeats", entry.repeats ? wording.text("mail.calendar.yes") : nil),
        ]
        facts = values.compactMap { key, value in value.map { Fact(label: wording.text("mail.calendar.\(key)"), value: $0) } }
    }

    private static func name(_ party: MailParty) -> String {
        party.name.isEmpty || party.name == party.address ? party.address : "\(party.name) <\(party.address)>"
    }
}

extension Wording {
    /// "2 de diciembre de 2026 10:00 – 11:30", in the reader's zone where the calendar names one.
    fileprivate func span(of entry: MailCalendar) -> String? {
        guard let start = entry.start else { return nil }
        guard let end = entry.end, end != start else { return words(start) }
        if case (.instant(let first), .instant(let last)) = (start, end), dayNumber(first) == dayNumber(last) {
            return "\(words(start)) – \(timeOfDay(last))"
        }
        return "\(words(start)) – \(words(end))"
    }

    private func words(_ moment: MailCalendar.Moment) -> String {
        switch moment {
        case .instant(let instant): "\(fullDay(instant)) \(timeOfDay(instant))"
        case .day(let date): day(date)
        case .wall(let date, let minute):
            text("mail.calendar.wall", ["moment": "\(day(date)) \(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"])
        }
    }

    /// A date of no zone, with its year.
    private func day(_ text: String) -> String { CivilDate(text).map(fullDate) ?? text }
}
