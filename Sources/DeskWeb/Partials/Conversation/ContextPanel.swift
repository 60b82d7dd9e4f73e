package import DeskCore

/// Who the contact is, who has them, and what colleagues noted.
package struct ContextPanel: PartialModel {
    package static let template = "partials.context-panel"

    package let conversationID: String
    package let contactName: String
    package let initials: String
    /// Address, channel, since when they write, how often.
    package let facts: [Fact]
    package let assigneeWords: String
    package let isMine: Bool
    package let notes: [NoteView]
    package let hasNotes: Bool
    package let pastConversations: [PastConversation]
    package let hasPast: Bool
    /// Where the proof of the last answer can be taken; nil before the first answer.
    package let receiptPath: String?

    /// - Parameter facts: finished pairs; `Wording.text("panel.fact.…")` has the usual labels.
    package init(
        header: ConversationHeader, facts: [Fact], notes: [NoteView] = [], pastConversations: [PastConversation] = [],
        receiptPath: String? = nil
    ) {
        conversationID = header.conversationID
        contactName = header.contactName
        initials = header.initials
        assigneeWords = header.assigneeWords
        isMine = header.isMine
        self.facts = facts
        self.notes = notes
        hasNotes = !notes.isEmpty
        self.pastConversations = pastConversations
        hasPast = !pastConversations.isEmpty
        self.receiptPath = receiptPath
    }
}

/// A note of a colleague; the contact never sees it.
package struct NoteView: Sendable {
    package let author: String
    package let text: String
    package let ago: String

    package init(author: String, text: String, at: Instant, wording: Wording) {
        self.author = author
        self.text = text
        ago = wording.ago(at)
    }
}

/// Another conversation with the same contact.
package struct PastConversation: Sendable {
    package let path: String
    package let words: String
    package let day: String

    package init(conversationID: String, words: String, lastAt: Instant, wording: Wording) {
        path = "/conversations/\(conversationID)"
        self.words = words
        day = wording.day(lastAt)
    }
}
