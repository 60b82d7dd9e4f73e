/// A day as calendars on walls show it, in no particular zone.
package struct CivilDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01, which is 0.
    package let dayNumber: Int64

    package init(dayNumber: Int64) { self.dayNumber = dayNumber }

    /// - Parameter text: as in ISO 8601: `2026-12-25`.
    /// - Returns: nil for what is no date of the years 1 to 9999.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let year = Int64(parts[0]), let month = Int64(parts[1]), let day = Int64(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// - Returns: nil for what is no date of the years 1 to 9999.
    package init?(year: Int64, month: Int64, day: Int64) {
        guard (1...9_999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        dayNumber = Self.dayNumber(year, month, day)
        guard parts == (year, month, day) else { return nil }
    }

    /// As in ISO 8601: `2026-12-25`.
    package var text: String {
        let (year, month, day) = parts
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    }

    package var weekday: Weekday {
        let sinceMonday = (dayNumber + 3) % 7
        return Weekday.allCases[Int(sinceMonday < 0 ? sinceMonday + 7 : sinceMonday)]
    }

    package func adding(days: Int64) -> CivilDate { CivilDate(dayNumber: dayNumber + days) }

    package static func < (left: Self, right: Self) -> Bool { left.dayNumber < right.dayNumber }

    /// The Gregorian calendar in whole numbers: years begin in March, so that the leap day is a year's last, and 400 years are one era
    /// of 146,097 days, counted from 0000-03-01, which is 719,468 days before 1970.
    private static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.quotient(flooredBy: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private var parts: (year: Int64, month: Int64, day: Int64) {
        let number = dayNumber + 719_468
        let era = number.quotient(flooredBy: 146_097)
        let dayOfEra = number - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// The raw value is the word for it in settings.
package enum Weekday: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    case monday = "mon"
    case tuesday = "tue"
    case wednesday = "wed"
    case thursday = "thu"
    case friday = "fri"
    case saturday = "sat"
    case sunday = "sun"
}
