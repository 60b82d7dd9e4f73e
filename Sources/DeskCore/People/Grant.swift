/// What of a workspace a member may see and do (promise P5). What it says nothing of is limited by nothing but the role.
package struct Grant: Hashable, Sendable {
    package var actions: Set<Policy.Action>
    /// Nil: every inbox.
    package var inboxes: Set<Inbox.ID>?
    /// Nil: every topic, and what has none. Otherwise what has none is not covered: nobody knows yet what it is about.
    package var topics: Set<Topic>?
    package var contactClasses: Set<ContactClass>
    /// Whether only conversations that the member has are covered; those that nobody has are not.
    package var isLimitedToOwn: Bool
    /// From when on nothing is covered any more; nil: never.
    package var endsAt: Instant?

    package init(
        actions: Set<Policy.Action>, inboxes: Set<Inbox.ID>? = nil, topics: Set<Topic>? = nil,
        contactClasses: Set<ContactClass> = [.ordinary, .important], isLimitedToOwn: Bool = false, endsAt: Instant? = nil
    ) {
        self.actions = actions
        self.inboxes = inboxes
        self.topics = topics
        self.contactClasses = contactClasses
        self.isLimitedToOwn = isLimitedToOwn
        self.endsAt = endsAt
    }

    /// What a role has unless the principal says otherwise. The principal has everything, and nothing can take that away; an
    /// administrator runs the machine and reads nothing.
    package static func standard(for role: Role) -> Grant {
        switch role {
        case .principal: Grant(actions: Set(Policy.Action.allCases), contactClasses: Set(ContactClass.allCases))
        case .supervisor: Grant(actions: [.read, .reply, .handOver, .approve, .reveal])
        case .administrator: Grant(actions: [.administer], contactClasses: [])
        case .assistant, .support, .sales, .finance, .administration, .communityManager, .personalAssistant:
            Grant(actions: [.read, .reply, .handOver])
        }
    }

    /// In one line, for the ledger: ids and words only.
    package var summary: String {
        let parts = [
            "actions \(actions.map(\.rawValue).sorted().joined(separator: ","))",
            inboxes.map { "inboxes \($0.map(\.text).sorted().joined(separator: ","))" },
            topics.map { "topics \($0.map(\.rawValue).sorted().joined(separator: ","))" },
            "classes \(contactClasses.map(\.rawValue).sorted().joined(separator: ","))", isLimitedToOwn ? "own" : nil,
            endsAt.map { "until \($0.microseconds)" },
        ]
        return parts.compactMap(\.self).joined(separator: "; ")
    }

    package func isInForce(at now: Instant) -> Bool { endsAt.map { now < $0 } ?? true }

    /// - Parameter viewer: the member who has the grant.
    package func covers(_ matter: Matter, for viewer: User.ID) -> Bool {
        let coversTopic = topics.map { topics in matter.topic.map(topics.contains) ?? false } ?? true
        let isOwn = matter.assignee == viewer
        return actions.contains(.read) && coversTopic && (inboxes?.contains(matter.inbox) ?? true)
            && contactClasses.contains(matter.contactClass)
            && (isOwn || !isLimitedToOwn)
    }

    /// Whether it covers some conversations of the workspace and others not.
    package var isPartial: Bool {
        inboxes != nil || topics != nil || isLimitedToOwn || contactClasses != Set(ContactClass.allCases)
    }
}

/// What decides about one conversation whether a grant covers it.
package struct Matter: Hashable, Sendable {
    package let workspace: Workspace.ID
    package let inbox: Inbox.ID
    package let topic: Topic?
    package let contactClass: ContactClass
    package let assignee: User.ID?

    package init(workspace: Workspace.ID, inbox: Inbox.ID, topic: Topic?, contactClass: ContactClass, assignee: User.ID?) {
        self.workspace = workspace
        self.inbox = inbox
        self.topic = topic
        self.contactClass = contactClass
        self.assignee = assignee
    }

    package init(_ conversation: Conversation, with contact: Contact) {
        self.init(
            workspace: conversation.workspace, inbox: conversation.inbox, topic: conversation.topic, contactClass: contact.contactClass,
            assignee: conversation.assignee)
    }
}

/// How delicate somebody who writes is to the principal.
package enum ContactClass: String, Hashable, Sendable, Codable, CaseIterable {
    case ordinary
    /// Somebody important: answered with more care.
    case important
    /// Only the principal sees and answers them.
    case principalOnly = "principal_only"
}
