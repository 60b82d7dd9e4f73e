package import DeskCore

/// The entry of a calendar that came with a mail (RFC 5545, RFC 5546). Nothing in it is trusted.
package struct CalendarEntry: Hashable, Sendable {
    package enum Method: Hashable, Sendable {
        case request, cancel, reply, publish, other
    }

    package enum Answer: Hashable, Sendable {
        case accepted, declined, tentative
    }

    package enum Moment: Hashable, Sendable {
        case instant(Instant)
        case day(CivilDate)
        /// What a wall shows in no zone that is known; minutes of the day.
        case wall(CivilDate, minute: Int)
    }

    package let method: Method
    /// Of a reply: what the guest says of coming.
    package let answer: Answer?
    package let title: String
    package let place: String
    package let organizer: MailAddress?
    package let start: Moment?
    /// Of whole days the last one.
    package let end: Moment?
    package let repeats: Bool
}

extension Mail {
    /// The first entry of a calendar in it; nil if it has none that can be read.
    package var calendarEntry: CalendarEntry? {
        parts.lazy.filter { $0.mediaType == "text/calendar" || $0.mediaType == "application/ics" }
            .compactMap { CalendarReader.entry(in: Charset.text($0.content, declared: $0.parameter("charset"))) }.first
    }
}
