package import DeskCore

/// Draws up what a principal is told.
package enum DrawSummary {
    private static let listed = 10
    private static let lookAhead = Duration.hours(24)

    /// - Parameter namesContacts: whether those who wait are named.
    package static func draw(
        of workspace: Workspace.ID, from: Instant, through now: Instant, namesContacts: Bool, _ session: any StorageSession
    ) throws -> DaySummary {
        let owed = try session.obligations.owed(in: workspace).map(\.obligation).sorted { $0.dueAt < $1.dueAt }
        let promises = try session.commitments.owed(in: workspace).map(\.commitment).filter { $0.dueAt < now + lookAhead }
            .sorted { $0.dueAt < $1.dueAt }
        let names = Names(session: session, namesContacts: namesContacts)
        return DaySummary(
            from: from, through: now, figures: try session.summaries.figures(of: workspace, from: from, through: now),
            owedCount: owed.count, lateCount: owed.count { $0.dueAt <= now },
            waiting: try owed.prefix(listed).map { obligation in
                DaySummary.Waiting(
                    contact: try names.contact(of: obligation.conversation), since: obligation.owedSince, dueAt: obligation.dueAt,
                    member: try names.assignee(of: obligation.conversation))
            },
            promiseCount: promises.count,
            promises: try promises.prefix(listed).map {
                DaySummary.Promise(contact: try names.contact(of: $0.conversation), dueAt: $0.dueAt)
            },
            undecidedCount: try session.attempts.undecidedCount(in: workspace))
    }

    private struct Names {
        let session: any StorageSession
        let namesContacts: Bool

        func contact(of conversation: Conversation.ID) throws -> String? {
            guard namesContacts, let conversation = try session.conversations.conversation(conversation) else { return nil }
            return try session.contacts.contact(conversation.contact)?.name
        }

        func assignee(of conversation: Conversation.ID) throws -> String? {
            guard let assignee = try session.conversations.conversation(conversation)?.assignee else { return nil }
            return try session.people.user(assignee)?.name
        }
    }
}
