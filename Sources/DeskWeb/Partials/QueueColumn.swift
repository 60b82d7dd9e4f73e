/// The queue as a column: filters, cards, and the way to more. It stands alone as home, and beside an open conversation.
package struct QueueColumn: PartialModel {
    package static let template = "partials.queue-column"

    package let summary: QueueSummary
    package let filters: QueueFilters
    package let cards: [QueueCard]
    package let isEmpty: Bool
    package let emptyTitle: String
    package let emptyText: String
    /// The next page, by keyset cursor; nil at the end.
    package let morePath: String?

    /// - Parameters:
    ///   - owedCount: how many conversations are owed an answer, whatever the filters show.
    ///   - nextCursor: from the listing; nil at the end.
    package init(owedCount: Int, filters: QueueFilters, cards: [QueueCard], nextCursor: String? = nil, wording: Wording) {
        summary = QueueSummary(owedCount: owedCount, wording: wording)
        self.filters = filters
        self.cards = cards
        isEmpty = cards.isEmpty
        let kind = filters.isNarrowed ? "filtered" : filters.state.rawValue
        emptyTitle = wording.text("queue.empty.\(kind).title")
        emptyText = wording.text("queue.empty.\(kind).text")
        morePath = nextCursor.map { filters.path(cursor: $0) }
    }
}

/// How many people wait, over the queue; sent alone when the number changes.
package struct QueueSummary: PartialModel {
    package static let template = "partials.queue-summary"

    /// "Esperan 4 personas".
    package let words: String
    /// For the badge of the navigation, which follows it.
    package let count: Int

    /// - Parameter owedCount: how many conversations are owed an answer.
    package init(owedCount: Int, wording: Wording) {
        count = owedCount
        words = owedCount == 0 ? wording.text("queue.nobodyWaits") : wording.text("queue.waiting", count: owedCount)
    }
}

/// What of the queue is shown: owed, promised, answered or all; whose; which inbox.
package struct QueueFilters: Sendable {
    package enum State: String, Sendable, CaseIterable {
        case owed, promised, answered, all
    }

    package enum Assignee: String, Sendable, CaseIterable {
        case anyone
        case me
        case none
    }

    package let states: [FilterChip]
    package let assignees: [FilterChip]
    /// Empty when there is only one inbox, for then there is nothing to choose.
    package let inboxes: [Choice]
    package let hasInboxes: Bool
    /// The other filters, kept by the inbox form.
    package let stateValue: String
    package let assigneeValue: String
    /// Whether somebody's own filter, not an empty desk, may be why nothing is shown.
    package let isNarrowed: Bool
    let state: State
    let assignee: Assignee
    let inboxID: String?

    /// - Parameters:
    ///   - inboxes: id and name of each inbox that the reader may see.
    ///   - inboxID: the one chosen; nil for all.
    package init(
        state: State = .owed, assignee: Assignee = .anyone, inboxes: [(id: String, name: String)] = [], inboxID: String? = nil,
        wording: Wording
    ) {
        self.state = state
        self.assignee = assignee
        self.inboxID = inboxID
        stateValue = state.rawValue
        assigneeValue = assignee == .anyone ? "" : assignee.rawValue
        isNarrowed = assignee != .anyone || inboxID != nil
        states = State.allCases.map { each in
            let path = Self.path(state: each, assignee: assignee, inboxID: inboxID)
            return FilterChip(label: wording.text("queue.filter.\(each.rawValue)"), path: path, isCurrent: each == state)
        }
        assignees = Assignee.allCases.map { each in
            let path = Self.path(state: state, assignee: each, inboxID: inboxID)
            return FilterChip(label: wording.text("queue.filter.assignee.\(each.rawValue)"), path: path, isCurrent: each == assignee)
        }
        hasInboxes = inboxes.count > 1
        let every = Choice(value: "", label: wording.text("queue.filter.everyInbox"), isChosen: inboxID == nil)
        self.inboxes = hasInboxes ? [every] + inboxes.map { Choice(value: $0.id, label: $0.name, isChosen: $0.id == inboxID) } : []
    }

    /// The filters as a query (`?state=owed`), for links that should keep them; empty for the plain queue.
    package var query: String {
        let path = Self.path(state: state, assignee: assignee, inboxID: inboxID)
        return String(path.dropFirst())
    }

    func path(cursor: String) -> String {
        Self.path(state: state, assignee: assignee, inboxID: inboxID, cursor: cursor)
    }

    private static func path(state: State, assignee: Assignee, inboxID: String?, cursor: String? = nil) -> String {
        let pairs: [(String, String?)] = [
            ("state", state == .owed ? nil : state.rawValue),
            ("assignee", assignee == .anyone ? nil : assignee.rawValue),
            ("inbox", inboxID),
            ("cursor", cursor),
        ]
        return QueryString.path("/", pairs)
    }
}

/// A filter that is chosen by following a link.
package struct FilterChip: Sendable {
    package let label: String
    package let path: String
    package let isCurrent: Bool

    package init(label: String, path: String, isCurrent: Bool) {
        self.label = label
        self.path = path
        self.isCurrent = isCurrent
    }
}
