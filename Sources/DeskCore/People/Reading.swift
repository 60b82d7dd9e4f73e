/// That somebody saw something of the principal's (promise P5).
package struct Reading: Hashable, Sendable {
    package typealias ID = Identifier<Reading>

    package enum Act: String, Hashable, Sendable, CaseIterable {
        /// Saw a list of conversations, with the last words of each.
        case listed
        case opened, searched, revealed, downloaded, exported
    }

    package enum Way: String, Hashable, Sendable { case page, api, command }

    package let id: ID
    package let workspace: Workspace.ID
    package let reader: User.ID
    /// The principal who looked with the reader's eyes; nil when it was the reader.
    package let seenBy: User.ID?
    package let act: Act
    package let way: Way
    package let conversation: Conversation.ID?
    /// What was searched for, why it was revealed, which file, what was exported.
    package let details: [String: String]
    package let at: Instant

    package init(
        id: ID, workspace: Workspace.ID, reader: User.ID, seenBy: User.ID? = nil, act: Act, way: Way, conversation: Conversation.ID? = nil,
        details: [String: String] = [:], at: Instant
    ) {
        self.id = id
        self.workspace = workspace
        self.reader = reader
        self.seenBy = seenBy
        self.act = act
        self.way = way
        self.conversation = conversation
        self.details = details
        self.at = at
    }
}
