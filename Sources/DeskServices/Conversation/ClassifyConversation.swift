package import DeskCore

/// What a conversation is about and how delicate its contact is, as a person says. Both decide who may see it.
package struct ClassifyConversation: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// - Parameter topic: nil takes it away.
    /// - Throws: `not_found`, `agreement_required`, `out_of_grant`.
    package func set(_ topic: Topic?, of id: Conversation.ID, by user: User.ID) async throws {
        try await change(id, for: .reply, by: user) { session, conversation, _ in
            conversation.topic = topic
            try session.conversations.update(conversation)
        }
    }

    /// Only the principal makes somebody a contact of theirs alone, and takes it back.
    /// - Throws: `not_found`, `agreement_required`, `out_of_grant`.
    package func set(_ contactClass: ContactClass, ofContactIn id: Conversation.ID, by user: User.ID) async throws {
        let now = context.time.now()
        try await change(id, for: .approve, by: user) { session, conversation, contact in
            if [contactClass, contact.contactClass].contains(.principalOnly) {
                try Authorization(session, at: now).require(.govern, in: conversation.workspace, of: user)
            }
            contact.contactClass = contactClass
            try session.contacts.update(contact, in: conversation.inbox)
            let fact = LedgerFact(.contactClassified, contact.id.text, ["by": user.text, "class": contactClass.rawValue])
            try session.ledger.append(fact, in: conversation.workspace, at: now)
        }
    }

    private func change(
        _ id: Conversation.ID, for action: Policy.Action, by user: User.ID,
        _ body: @escaping @Sendable (any StorageSession, inout Conversation, inout Contact) throws -> Void
    ) async throws {
        let now = context.time.now()
        try await context.storage.write { session in
            var conversation = try Authorization(session, at: now).conversation(id, for: action, by: user)
            guard var contact = try session.contacts.contact(conversation.contact) else { throw DeskError.nothingThere }
            try body(session, &conversation, &contact)
            for kind in [DeskEvent.Kind.sightChanged, .conversationChanged] {
                try session.events.append(DeskEvent(workspace: conversation.workspace, kind: kind, conversation: id, at: now))
            }
        }
    }
}
