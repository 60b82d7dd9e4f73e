package import DeskCore
package import DeskServices

/// A workspace with its principal and one inbox, in a store: what most tests begin with.
package struct SampleDesk: Sendable {
    package let storage: any Storage
    package let build: DeskBuilder
    package let workspace: Workspace
    package let principal: User
    package let inbox: Inbox

    /// What the principal may see: this workspace only.
    package let scope: Scope

    /// Makes one in a store.
    package static func open(
        in storage: any Storage, build: DeskBuilder = DeskBuilder(), named name: String = "Ferretería Sur"
    ) async throws -> SampleDesk {
        let workspace = build.workspace(name)
        let principal = build.user("Jefa")
        let inbox = build.inbox(in: workspace, account: String(workspace.id.text.suffix(12)))
        try await storage.write { session in
            try session.workspaces.insert(workspace)
            try session.people.insert(principal, at: build.now)
            try session.people.insert(Membership(workspace: workspace.id, user: principal.id, role: .principal), at: build.now)
            try session.workspaces.insert(build.agreement(of: workspace), at: build.now)
            try session.inboxes.insert(inbox, settings: ["phone_number_id": inbox.account], secrets: [:], at: build.now)
        }
        return SampleDesk(
            storage: storage, build: build, workspace: workspace, principal: principal, inbox: inbox,
            scope: Scope.seeing([workspace.id], as: principal.id))
    }

    /// A contact who has not written yet, and their conversation.
    package func meet(
        _ name: String? = "Marta", identities: [ProviderIdentity]? = nil
    ) async throws -> (contact: Contact, conversation: Conversation) {
        let contact = build.contact(in: workspace, name: name, identities: identities)
        let conversation = build.conversation(with: contact, in: inbox)
        try await storage.write { [inbox, build] session in
            try session.contacts.insert(contact, in: inbox.id, at: build.now)
            try session.conversations.insert(conversation)
        }
        return (contact, conversation)
    }

    /// Stores the next message of a conversation; a contact's message is owed from then on.
    /// - Returns: the message, and the conversation with it.
    @discardableResult
    package func say(
        _ text: String, _ direction: Message.Direction = .inbound, in conversation: Conversation, sentAt: Instant? = nil,
        providerID: String? = nil
    ) async throws -> (message: Message, conversation: Conversation) {
        var changed = conversation
        let message = build.message(direction, text, in: &changed, sentAt: sentAt, providerID: providerID)
        let after = changed
        try await storage.write { [workspace, inbox, build] session in
            _ = try session.messages.insert(message, workspace: workspace.id, inbox: inbox.id, replyKey: nil)
            try session.conversations.update(after)
            if let inbound = InboundMessage(message), try session.obligations.open(in: after.id) == nil {
                try session.obligations.insert(build.obligation(for: inbound, in: workspace.id), at: build.now)
            }
        }
        return (message, after)
    }
}

extension Scope {
    /// What a principal of these workspaces sees.
    package static func seeing(_ workspaces: [Workspace.ID], as user: User.ID) -> Scope {
        Policy.scope(
            of: user, memberships: workspaces.map { Membership(workspace: $0, user: user, role: .principal) },
            agreements: Dictionary(uniqueKeysWithValues: workspaces.map { ($0, 1) }), at: Instant(unixSeconds: 0))
    }
}
