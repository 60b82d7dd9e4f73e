/// An entry of a calendar that came with a mail: shown, and acted upon by nobody.
package struct MailCalendar: Hashable, Sendable, Codable {
    /// What it is sent for (RFC 5546).
    package enum Purpose: String, Hashable, Sendable, Codable, CaseIterable {
        case invitation, cancellation, entry
        /// What a guest says of coming.
        case accepted, declined, tentative, answer
    }

    package enum Moment: Hashable, Sendable, Codable {
        case instant(Instant)
        /// As in ISO 8601: `2026-12-25`.
        case day(String)
        /// What a wall shows in no zone that is known: `2026-12-25` and minutes of that day.
        case wall(String, minute: Int)
    }

    package var purpose: Purpose
    /// In the sender's words; empty for none, as the place.
    package var title: String
    package var place: String
    package var organizer: MailParty?
    package var start: Moment?
    /// Of whole days the last one.
    package var end: Moment?
    package var repeats: Bool

    package init(
        purpose: Purpose, title: String = "", place: String = "", organizer: MailParty? = nil, start: Moment? = nil, end: Moment? = nil,
        repeats: Bool = false
    ) {
        self.purpose = purpose
        self.title = title
        self.place = place
        self.organizer = organizer
        self.start = start
        self.end = end
        self.repeats = repeats
    }
}
