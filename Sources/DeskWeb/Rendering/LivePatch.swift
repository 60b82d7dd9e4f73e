import Foundation

/// A change to a page that is already open, sent over the event stream: the data of one Server-Sent Event.
package struct LivePatch: Sendable, Encodable {
    /// Where the HTML goes, seen from the target.
    package enum Place: String, Sendable, Encodable {
        /// Takes the target's place; nothing happens when the page has no such element.
        case replace
        /// Becomes the target's last child, or replaces the element that has the same id.
        case append
        /// The target goes away.
        case remove
        /// Goes among the target's children by `data-sort`; an element with the same id moves.
        case insertSorted = "insert-sorted"
    }

    /// The id of an element.
    package let target: String
    package let html: String
    package let place: Place
    /// What a screen reader is told, politely; nil for changes that need no word.
    package let announcement: String?

    package init(target: String, html: String, place: Place, announcement: String? = nil) {
        self.target = target
        self.html = html
        self.place = place
        self.announcement = announcement
    }

    /// The patch as one line of JSON, for `data:`.
    package func data() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

/// Ids of the elements that patches aim at, beside those of cards, messages and inboxes.
package enum LiveTarget {
    /// The list of cards; cards go in with `insertSorted`.
    package static let queueCards = "queue-cards"
    /// "Esperan 4 personas", over the list.
    package static let queueSummary = "queue-summary"
    /// What waits for a decision (`Decisions`).
    package static let decisions = "decisions"
    /// The messages of the open conversation; new ones go in with `append`.
    package static let timeline = "timeline"
    /// The composer of the open conversation (`Composer`).
    package static let composer = "composer"
    /// The top of the open conversation (`ConversationHeader`).
    package static let conversationHeader = "conversation-header"
    /// The context of the open conversation (`ContextPanel`).
    package static let contextPanel = "context-panel"
}
