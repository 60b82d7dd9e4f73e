package import DeskCore

/// What a member sees of a desk, for its principal to look at: the queue, or one conversation of it. Nothing can be changed here.
package struct MemberViewPage: PageModel {
    package static let template = "pages.member-view"

    package let title: String
    package let memberPath: String
    package let listPath: String?
    package let cards: [Card]
    package let lines: [Line]
    package let sees: Bool
    package var section: NavigationSection? { .settings }

    /// A conversation as its card begins.
    package struct Card: Sendable {
        package let path: String
        package let contactName: String
        package let words: String
        package let ago: String

        package init(path: String, contactName: String, words: String, at: Instant, wording: Wording) {
            self.path = path
            self.contactName = contactName
            self.words = words
            ago = wording.ago(at)
        }
    }

    /// A message.
    package struct Line: Sendable {
        package let who: String
        package let words: String
        package let moment: String
        package let machineTime: String

        package init(who: String, words: String, at: Instant, wording: Wording) {
            self.who = who
            self.words = words
            moment = wording.moment(at)
            machineTime = wording.machineTime(at)
        }
    }

    /// - Parameter listPath: back to the queue, from a conversation.
    package init(
        memberName: String, memberPath: String, listPath: String? = nil, cards: [Card] = [], lines: [Line] = [], wording: Wording
    ) {
        title = wording.text("memberView.title", ["name": memberName])
        self.memberPath = memberPath
        self.listPath = listPath
        self.cards = cards
        self.lines = lines
        sees = !cards.isEmpty || !lines.isEmpty
    }
}
