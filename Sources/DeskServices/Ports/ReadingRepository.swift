package import DeskCore

/// Who saw what. Rows are added, and go only with the workspace's retention.
package protocol ReadingRepository {
    func insert(_ reading: Reading) throws
    /// The newest of one kind by somebody, not older than `since`.
    /// - Parameter conversation: nil for those of no conversation.
    func latest(
        _ act: Reading.Act, of conversation: Conversation.ID?, by reader: User.ID, in workspace: Workspace.ID, since: Instant
    ) throws -> Reading?
    /// The newest first.
    /// - Parameter cursor: as the page before gave it.
    func readings(in workspace: Workspace.ID, _ filter: ReadingFilter, limit: Int, cursor: String?) throws -> Page<Reading>
}

/// Which part of the reading log somebody looks at.
package struct ReadingFilter: Hashable, Sendable {
    package var reader: User.ID?
    package var conversation: Conversation.ID?
    package var act: Reading.Act?

    package init(reader: User.ID? = nil, conversation: Conversation.ID? = nil, act: Reading.Act? = nil) {
        self.reader = reader
        self.conversation = conversation
        self.act = act
    }
}
