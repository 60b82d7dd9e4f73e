package import DeskCore

/// A line of the timeline: the heading of a day, or a message.
package struct TimelineEntry: Sendable {
    package let dayBreak: String?
    package let message: MessageBubble?

    package static func day(_ words: String) -> Self { Self(dayBreak: words, message: nil) }

    package static func message(_ message: MessageBubble) -> Self { Self(dayBreak: nil, message: message) }

    /// Sets a day's heading before the first message of each day.
    /// - Parameter messages: oldest first.
    package static func entries(for messages: [(message: MessageBubble, at: Instant)], wording: Wording) -> [Self] {
        var entries: [Self] = []
        var currentDay: Int?
        for (message, instant) in messages {
            let day = wording.dayNumber(instant)
            if day != currentDay { entries.append(.day(wording.dayBreak(instant))) }
            currentDay = day
            entries.append(.message(message))
        }
        return entries
    }
}
