/// Something out of the ordinary in how a member reads: a reason to ask, never an accusation.
package struct ReadingNote: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Opens far more conversations than they answer.
        case muchReading = "much_reading"
        /// Reads in the night of the desk's place.
        case oddHours = "odd_hours"
        /// Opens one conversation again and again.
        case oneConversation = "one_conversation"
    }

    package let reader: User.ID
    package let kind: Kind
    /// Openings that led to the note.
    package let count: Int
    package let conversation: Conversation.ID?

    package init(reader: User.ID, kind: Kind, count: Int, conversation: Conversation.ID? = nil) {
        self.reader = reader
        self.kind = kind
        self.count = count
        self.conversation = conversation
    }

    /// Openings below which nobody's reading is remarkable.
    static let fewest = 20
    /// Conversations opened for one answered, from which on it is much.
    static let readingsPerReply = 5
    static let fewestAtNight = 5
    static let night = 0..<6

    /// - Parameters:
    ///   - readings: of the stretch of time that is looked at.
    ///   - replies: how many replies each member wrote in that time.
    ///   - hour: the hour of the day at the desk's place, 0 to 23.
    package static func notes(
        on readings: [Reading], replies: [User.ID: Int], hour: (Instant) -> Int
    ) -> [ReadingNote] {
        let openings = readings.filter { $0.act == .opened && $0.seenBy == nil }
        let byReader = Dictionary(grouping: openings, by: \.reader)
        return byReader.sorted { $0.key < $1.key }.flatMap { reader, openings in
            notes(on: openings, by: reader, replies: replies[reader] ?? 0, hour: hour)
        }
    }

    private static func notes(
        on openings: [Reading], by reader: User.ID, replies: Int, hour: (Instant) -> Int
    ) -> [ReadingNote] {
        let conversations = Dictionary(grouping: openings.compactMap(\.conversation)) { $0 }.mapValues(\.count)
        let isMuch = conversations.count >= fewest && conversations.count > replies * readingsPerReply
        let much = isMuch ? [ReadingNote(reader: reader, kind: .muchReading, count: conversations.count)] : []
        let atNight = openings.count { night.contains(hour($0.at)) }
        let odd = atNight >= fewestAtNight ? [ReadingNote(reader: reader, kind: .oddHours, count: atNight)] : []
        let again = conversations.filter { $0.value >= fewest }.sorted { $0.key < $1.key }.map {
            ReadingNote(reader: reader, kind: .oneConversation, count: $0.value, conversation: $0.key)
        }
        return much + odd + again
    }
}
