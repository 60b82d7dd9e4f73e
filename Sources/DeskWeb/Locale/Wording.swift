package import DeskCore
package import Foundation

/// How things are said to one reader at one moment: their language, their time zone, and what "now" is for this page.
///
/// View models take a `Wording` when they are made, and keep only finished text.
package struct Wording: Sendable {
    package let catalogue: Catalogue
    package let timeZone: TimeZone
    package let now: Instant

    package init(catalogue: Catalogue, timeZone: TimeZone, now: Instant) {
        self.catalogue = catalogue
        self.timeZone = timeZone
        self.now = now
    }

    package func text(_ key: String, _ arguments: [String: String] = [:]) -> String { catalogue.text(key, arguments) }

    package func text(_ key: String, count: Int, _ arguments: [String: String] = [:]) -> String {
        catalogue.text(key, count: count, arguments)
    }
}

// MARK: - Durations

extension Wording {
    /// A length of time in words, never longer than two units: "45 s", "12 min", "1 h 20 min", "3 días".
    package func duration(_ duration: Duration) -> String {
        let seconds = max(0, Int(duration.wholeSeconds))
        switch seconds {
        case ..<60: return text("duration.underMinute")
        case ..<3_600: return text("duration.minutes", ["minutes": String(seconds / 60)])
        case ..<86_400: return hoursAndMinutes(seconds / 60)
        default: return text("duration.days", count: seconds / 86_400)
        }
    }

    /// "hace 12 min"; "ahora" under a minute.
    package func ago(_ instant: Instant) -> String {
        let age = now - instant
        return age < .seconds(60) ? text("duration.justNow") : text("duration.ago", ["duration": duration(age)])
    }

    private func hoursAndMinutes(_ minutes: Int) -> String {
        let (hours, rest) = minutes.quotientAndRemainder(dividingBy: 60)
        guard rest > 0, hours < 10 else { return text("duration.hours", ["hours": String(hours)]) }
        return text("duration.hoursMinutes", ["hours": String(hours), "minutes": String(rest)])
    }
}

// MARK: - Days and hours

extension Wording {
    /// The hour on the reader's wall clock: "10:42", in English "10:42 am".
    package func timeOfDay(_ instant: Instant) -> String {
        let parts = parts(of: instant)
        let minute = parts.minute < 10 ? "0\(parts.minute)" : String(parts.minute)
        guard catalogue.language == .english else { return "\(parts.hour):\(minute)" }
        let hour = parts.hour % 12 == 0 ? 12 : parts.hour % 12
        return "\(hour):\(minute) \(parts.hour < 12 ? "am" : "pm")"
    }

    /// How the reader would name the day: "hoy", "ayer", "mañana", "lunes" within the week, else the date.
    package func day(_ instant: Instant) -> String {
        let parts = parts(of: instant)
        switch parts.dayNumber - self.parts(of: now).dayNumber {
        case 0: return text("day.today")
        case -1: return text("day.yesterday")
        case 1: return text("day.tomorrow")
        case -6 ... -2, 2...6: return text("weekday.\(parts.weekday)")
        default: return date(parts)
        }
    }

    /// The date with its year, for what is read years later: "3 de mayo de 2026".
    package func fullDay(_ instant: Instant) -> String { fullDate(parts(of: instant)) }

    /// The same for a day on no clock.
    package func fullDate(_ date: CivilDate) -> String { fullDate(CalendarParts(localSeconds: Int(date.dayNumber) * 86_400)) }

    private func fullDate(_ parts: CalendarParts) -> String {
        text("day.dateYear", ["day": String(parts.day), "month": text("month.\(parts.month)"), "year": String(parts.year)])
    }

    /// A day and an hour: "hoy 10:42", "3 de mayo 9:05".
    package func moment(_ instant: Instant) -> String {
        text("day.moment", ["day": day(instant), "time": timeOfDay(instant)])
    }

    /// The heading between two days of a conversation, with a capital letter: "Ayer", "Lunes, 3 de mayo".
    package func dayBreak(_ instant: Instant) -> String {
        let parts = parts(of: instant)
        let distance = self.parts(of: now).dayNumber - parts.dayNumber
        let words =
            (0...1).contains(distance)
            ? day(instant) : text("day.weekdayDate", ["weekday": text("weekday.\(parts.weekday)"), "date": date(parts)])
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// Days since 1970-01-01 on the reader's calendar; two instants on the same number are the same day for them.
    package func dayNumber(_ instant: Instant) -> Int { parts(of: instant).dayNumber }

    /// The instant for `<time datetime>`, in UTC (RFC 3339), to the second.
    package func machineTime(_ instant: Instant) -> String {
        Date(timeIntervalSince1970: Double(instant.unixSeconds)).formatted(.iso8601)
    }

    private func date(_ parts: CalendarParts) -> String {
        guard parts.year == self.parts(of: now).year else { return fullDate(parts) }
        return text("day.date", ["day": String(parts.day), "month": text("month.\(parts.month)")])
    }

    private func parts(of instant: Instant) -> CalendarParts {
        CalendarParts(localSeconds: Int(instant.unixSeconds + offset(atUnixSeconds: instant.unixSeconds)))
    }
}

/// A local second taken apart on the proleptic Gregorian calendar. Own arithmetic: `Calendar` costs too much for each line of a list.
struct CalendarParts: Equatable {
    let dayNumber: Int
    let year: Int
    let month: Int
    let day: Int
    /// 1 is Monday, 7 is Sunday (ISO 8601).
    let weekday: Int
    let hour: Int
    let minute: Int

    /// - Parameter localSeconds: seconds since 1970-01-01T00:00 on the reader's own wall clock.
    init(localSeconds: Int) {
        let secondOfDay = ((localSeconds % 86_400) + 86_400) % 86_400
        dayNumber = (localSeconds - secondOfDay) / 86_400
        hour = secondOfDay / 3_600
        minute = secondOfDay % 3_600 / 60
        weekday = (((dayNumber + 3) % 7) + 7) % 7 + 1
        (year, month, day) = Self.civilDate(dayNumber)
    }

    /// Years start in March here, so that the leap day is the last of its year; an era is 400 years of 146 097 days.
    private static func civilDate(_ dayNumber: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}

extension Wording {
    /// The next time that the reader's clock shows `hour` o'clock on the following day.
    func nextMorning(hour: Int) -> Instant { morning(inDays: 1, hour: hour) }

    /// When the reader's clock shows `hour` o'clock, so many days from today.
    func morning(inDays days: Int, hour: Int) -> Instant {
        let local = Int64(dayNumber(now) + days) * 86_400 + Int64(hour) * 3_600
        let roughly = local - offset(atUnixSeconds: now.unixSeconds)
        return Instant(unixSeconds: local - offset(atUnixSeconds: roughly))
    }

    /// The zone's distance from UTC at that moment, in seconds: it changes with summer time.
    private func offset(atUnixSeconds seconds: Int64) -> Int64 {
        Int64(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
    }
}
