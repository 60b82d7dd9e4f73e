import DeskCore
import Foundation
import ProviderSimulators

/// What happened between one neighbour and the bakery before the demonstration starts.
struct Story: Sendable {
    let neighbour: Neighbour
    let number: DemoBusiness.Number
    let begins: Moment
    let deeds: [Deed]
    /// What they say when they are answered in the running demonstration, one line for each answer.
    let afterwards: [String]

    init(
        _ neighbour: Neighbour, to number: DemoBusiness.Number, _ begins: Moment, _ deeds: [Deed], afterwards: [String] = []
    ) {
        self.neighbour = neighbour
        self.number = number
        self.begins = begins
        self.deeds = deeds
        self.afterwards = afterwards
    }
}

/// When a story begins, told from the moment at which the demonstration starts.
enum Moment: Sendable, Hashable {
    case minutesAgo(Int)
    /// So many days back, by the bakery's clock.
    case daysBack(Int, hour: Int, minute: Int)

    func instant(before now: Instant) -> Instant {
        switch self {
        case .minutesAgo(let minutes): return now - .minutes(minutes)
        case .daysBack(let days, let hour, let minute):
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = TimeZone(identifier: DemoBusiness.timeZone) ?? .gmt
            let date = Date(timeIntervalSince1970: Double(now.unixSeconds))
            let day = calendar.date(byAdding: .day, value: -days, to: calendar.startOfDay(for: date)) ?? date
            let moment = calendar.date(bySettingHour: hour, minute: minute, second: 0, of: day) ?? day
            return min(now, Instant(unixSeconds: Int64(moment.timeIntervalSince1970)))
        }
    }
}

/// One thing that somebody does in a story.
struct Deed: Sendable {
    enum Act: Sendable {
        case writes(ContactMessage, quotes: Bool)
        /// The neighbour changes their last message.
        case edits(String)
        /// The neighbour takes their last message back.
        case takesBack
        /// The neighbour puts an emoji on our last message.
        case reacts(String)
        case replies(DemoBusiness.Person, Words, Fate)
        /// The principal answers from her own phone.
        case answersByPhone(String)
        /// The principal puts an emoji on their last message from her own phone.
        case reactsByPhone(String)
        case notes(DemoBusiness.Person, String)
        case takes(DemoBusiness.Person)
        case dismisses(DemoBusiness.Person, reason: String)
    }

    /// What a reply says.
    struct Words: Sendable, Hashable {
        let text: String
        let file: MediaFile?
        /// Whether it shows which message it answers.
        let quotes: Bool
    }

    /// What becomes of a reply.
    enum Fate: Sendable, Hashable {
        case arrives
        /// Meta takes it, and reports later that it could not process the file.
        case fails
        /// The line is cut while Meta is being called.
        case remainsUnknown
    }

    /// Since the deed before, in minutes.
    let after: Int
    let act: Act
}
