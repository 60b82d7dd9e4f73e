import DeskCore
import DeskServices
import DeskWeb

/// The queue as read for one viewer, ready to be put into words.
struct QueueReading: Sendable {
    static let pageSize = 30
    static let countMaximum = 1_000
    private static let unansweredMaximum = 10

    struct Row: Sendable {
        let summary: ConversationSummary
        let assigneeName: String?
        let workspaceName: String?
        let unansweredCount: Int
    }

    let filter: QueueFilter
    let rows: [Row]
    let nextCursor: String?
    let owedCount: Int
    let inboxes: [Inbox]
    /// The last event that this reading includes.
    let lastEvent: Int64

    init(_ filter: QueueFilter, scope: Scope, cursor: String?, session: any StorageSession) throws {
        self.filter = filter
        let page = try session.conversations.queue(filter, scope: scope, limit: Self.pageSize, cursor: cursor)
        var names = PeopleNames(session)
        rows = try page.items.map { try Self.row($0, scope: scope, names: &names, session: session) }
        nextCursor = page.nextCursor
        owedCount = try session.conversations.owedCount(scope: scope, maximum: Self.countMaximum)
        inboxes = try session.inboxes.inboxes(in: scope)
        lastEvent = try session.events.bounds()?.last ?? 0
    }

    static func row(
        _ summary: ConversationSummary, scope: Scope, names: inout PeopleNames, session: any StorageSession
    ) throws -> Row {
        let conversation = summary.conversation
        let unanswered = try summary.obligation.map {
            try session.messages.inboundCount(of: conversation.id, after: $0.firstPosition - 1, upTo: Self.unansweredMaximum)
        }
        let severalDesks = scope.workspaces.count > 1
        return Row(
            summary: summary, assigneeName: try conversation.assignee.map { try names.name(of: $0) },
            workspaceName: severalDesks ? try session.workspaces.workspace(conversation.workspace)?.name : nil,
            unansweredCount: unanswered ?? 0)
    }
}

extension QueueReading {
    func column(for user: User.ID, current: Conversation.ID? = nil, wording: Wording) -> QueueColumn {
        let filters = filters(for: user, wording: wording)
        let cards = rows.map {
            $0.card(
                for: user, query: filters.query, isByPromise: filter.state == .promised, isCurrent: $0.summary.conversation.id == current,
                wording: wording)
        }
        return QueueColumn(owedCount: owedCount, filters: filters, cards: cards, nextCursor: nextCursor, wording: wording)
    }

    private func filters(for user: User.ID, wording: Wording) -> QueueFilters {
        let assignee: QueueFilters.Assignee =
            switch filter.assignee {
            case .anyone: .anyone
            case .nobody: .none
            case .user(let chosen): chosen == user ? .me : .anyone
            }
        return QueueFilters(
            state: QueueFilters.State(rawValue: filter.state.rawValue) ?? .owed, assignee: assignee,
            inboxes: inboxes.map { (id: $0.id.text, name: $0.name) }, inboxID: filter.inbox?.text, wording: wording)
    }
}

extension QueueReading.Row {
    func card(
        for user: User.ID, query: String = "", isByPromise: Bool = false, isCurrent: Bool = false, wording: Wording
    ) -> QueueCard {
        let conversation = summary.conversation
        return QueueCard(
            conversationID: conversation.id.text, query: query, contactName: summary.contact.displayName,
            channelName: wording.channelName(summary.inbox.channel), inboxName: summary.inbox.name, workspaceName: workspaceName,
            lastWords: summary.lastMessage.map { lastWords($0, wording) } ?? "",
            isFromUs: summary.lastMessage.map { $0.direction != .inbound } ?? false,
            lastAt: summary.lastMessage?.sentAt ?? conversation.lastActivityAt, owed: owed,
            answeredAt: summary.dueAt == nil ? conversation.lastActivityAt : nil, assignee: assignee(for: user),
            isSending: summary.delivery?.isInFlight ?? false, failure: failure(wording), snoozedUntil: conversation.snoozedUntil,
            promiseDue: summary.promiseDueAt, escalation: summary.escalation, isByPromise: isByPromise, isCurrent: isCurrent,
            wording: wording)
    }

    var owed: QueueCard.Owed? {
        summary.obligation.map { QueueCard.Owed(since: $0.owedSince, due: $0.dueAt, messageCount: max(1, unansweredCount)) }
    }

    func assignee(for user: User.ID) -> QueueCard.Assignee {
        guard let assignee = summary.conversation.assignee else { return .nobody }
        return assignee == user ? .me : .other(name: assigneeName ?? "?")
    }

    private func lastWords(_ preview: MessagePreview, _ wording: Wording) -> String {
        if preview.direction == .outbound, summary.delivery == .undone { return wording.text("delivery.undone") }
        return MessageSummary.words(MessageContent(kind: preview.kind, text: preview.text), wording: wording)
    }

    private func failure(_ wording: Wording) -> String? {
        switch summary.delivery {
        case .failed(let failure): "\(wording.text("delivery.failed")): \(wording.failure(failure))"
        case .unknown: wording.text("delivery.unknown")
        default: nil
        }
    }
}
