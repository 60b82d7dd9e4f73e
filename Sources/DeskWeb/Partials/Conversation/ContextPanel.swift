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
    /// Set where numbers and addresses are covered.
    package let covered: Covered?
    package let classification: Classification?

    /// Numbers and addresses are covered here.
    package struct Covered: Sendable {
        package let mayReveal: Bool

        package init(mayReveal: Bool) { self.mayReveal = mayReveal }
    }

    /// What it is about, and how delicate the contact is. Form fields: `topic`, `class`.
    package struct Classification: Sendable {
        package let topics: [Choice]
        /// Empty for whoever may not say how delicate somebody is.
        package let classes: [Choice]
        package let hasClasses: Bool

        /// - Parameter classes: those to choose from.
        package init(topic: Topic?, contactClass: ContactClass, classes: [ContactClass], wording: Wording) {
            topics = Topic.allCases.map {
                Choice(value: $0.rawValue, label: wording.text("topic.\($0.rawValue)"), isChosen: $0 == topic)
            }
            self.classes = classes.map {
                Choice(value: $0.rawValue, label: wording.text("contactClass.\($0.rawValue)"), isChosen: $0 == contactClass)
            }
            hasClasses = !classes.isEmpty
        }
    }

    /// - Parameter facts: finished pairs; `Wording.text("panel.fact.…")` has the usual labels.
    package init(
        header: ConversationHeader, facts: [Fact], notes: [NoteView] = [], pastConversations: [PastConversation] = [],
        receiptPath: String? = nil, covered: Covered? = nil, classification: Classification? = nil
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
        self.covered = covered
        self.classification = classification
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
