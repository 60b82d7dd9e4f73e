import DeskCore
import MailFormat

extension MailCalendar {
    init(_ entry: CalendarEntry) {
        self.init(
            purpose: Purpose(entry), title: entry.title, place: entry.place, organizer: entry.organizer.map(MailParty.init),
            start: entry.start.map(Moment.init), end: entry.end.map(Moment.init), repeats: entry.repeats)
    }
}

extension MailCalendar.Purpose {
    fileprivate init(_ entry: CalendarEntry) {
        switch (entry.method, entry.answer) {
        case (.request, _): self = .invitation
        case (.cancel, _): self = .cancellation
        case (.reply, .accepted): self = .accepted
        case (.reply, .declined): self = .declined
        case (.reply, .tentative): self = .tentative
        case (.reply, nil): self = .answer
        case (.publish, _), (.other, _): self = .entry
        }
    }
}

extension MailCalendar.Moment {
    fileprivate init(_ moment: CalendarEntry.Moment) {
        switch moment {
        case .instant(let instant): self = .instant(instant)
        case .day(let date): self = .day(date.text)
        case .wall(let date, let minute): self = .wall(date.text, minute: minute)
        }
    }
}
