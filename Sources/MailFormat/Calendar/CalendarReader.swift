import CIcal
import DeskCore

/// Reads calendars with libical.
enum CalendarReader {
    /// In bytes: more is no invitation, and not read.
    private static let longest = 1_048_576
    /// Parts, of which libical frees each from within the one around it.
    private static let mostParts = 500
    private static let longestText = 500

    static func entry(in text: String) -> CalendarEntry? {
        guard isBounded(text), let calendar = cical_parse(text.replacing("\0", with: "")) else { return nil }
        defer { cical_release(calendar) }
        return cical_event(calendar).map(entry)
    }

    private static func isBounded(_ text: String) -> Bool {
        guard text.utf8.count <= longest else { return false }
        let names = text.uppercased()
        return names.contains("BEGIN:VEVENT") && names.ranges(of: "BEGIN:").count <= mostParts
    }

    private static func entry(of event: UnsafeMutableRawPointer) -> CalendarEntry {
        let method = method(string(cical_method(event)))
        let end = moment(cical_end(event))
        return CalendarEntry(
            method: method, answer: method == .reply ? answer(cical_answer(event)) : nil, title: string(cical_summary(event)),
            place: string(cical_location(event)), organizer: organizer(of: event), start: moment(cical_start(event)),
            end: lastDay(of: end), repeats: cical_repeats(event) != 0)
    }

    private static func string(_ pointer: UnsafePointer<CChar>?) -> String {
        pointer.map { String(String(cString: $0).split(whereSeparator: \.isNewline).joined(separator: " ").prefix(longestText)).trimmed }
            ?? ""
    }

    private static func method(_ name: String) -> CalendarEntry.Method {
        switch name {
        case "REQUEST": .request
        case "CANCEL": .cancel
        case "REPLY": .reply
        case "PUBLISH", "": .publish
        default: .other
        }
    }

    private static func answer(_ word: Int32) -> CalendarEntry.Answer? {
        switch word {
        case Int32(ICAL_PARTSTAT_ACCEPTED.rawValue): .accepted
        case Int32(ICAL_PARTSTAT_DECLINED.rawValue): .declined
        case Int32(ICAL_PARTSTAT_TENTATIVE.rawValue): .tentative
        default: nil
        }
    }

    private static func organizer(of event: UnsafeMutableRawPointer) -> MailAddress? {
        let address = string(cical_organizer(event))
        guard address.lowercased().hasPrefix("mailto:") else { return nil }
        return MailAddress(name: string(cical_organizer_name(event)), address: String(address.dropFirst("mailto:".count)))
    }

    private static func moment(_ moment: cical_moment) -> CalendarEntry.Moment? {
        let date = CivilDate(year: Int64(moment.year), month: Int64(moment.month), day: Int64(moment.day))
        return switch UInt32(moment.clock) {
        case CICAL_INSTANT.rawValue: .instant(Instant(unixSeconds: moment.seconds))
        case CICAL_DAY.rawValue: date.map { .day($0) }
        case CICAL_WALL.rawValue: date.map { .wall($0, minute: Int(moment.hour) * 60 + Int(moment.minute)) }
        default: nil
        }
    }

    /// Calendars name the first day on which a matter is over.
    private static func lastDay(of end: CalendarEntry.Moment?) -> CalendarEntry.Moment? {
        guard case .day(let date) = end else { return end }
        return .day(date.adding(days: -1))
    }
}
