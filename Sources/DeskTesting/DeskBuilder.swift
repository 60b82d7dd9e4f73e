package import DeskCore

/// Makes the desk's values with everything that a test doesn't care about filled in.
package struct DeskBuilder: Sendable {
    package let identifiers: SequentialIdentifiers
    package let now: Instant

    /// - Parameter now: the time of everything that is made.
    package init(identifiers: SequentialIdentifiers = SequentialIdentifiers(), now: Instant = ManualTime().now()) {
        self.identifiers = identifiers
        self.now = now
    }

    /// A fresh identifier of any kind.
    package func id<Subject>() -> Identifier<Subject> { identifiers.next(at: now) }

    package func workspace(_ name: String = "Ferretería Sur") -> Workspace {
        Workspace(
            id: id(), name: name, locale: "es", timeZone: "America/Argentina/Buenos_Aires", answerTarget: .minutes(60), createdAt: now)
    }

    /// - Parameter email: nil makes one that nobody else has.
    package func user(_ name: String = "Ana", email: String? = nil) -> User {
        let id: User.ID = id()
        return User(id: id, email: email ?? "\(id.text)@example.org", name: name, locale: "es", timeZone: "Europe/Madrid")
    }

    package func agreement(of workspace: Workspace, version: Int = 1) -> Agreement {
        let text = "What is read here stays here."
        return Agreement(workspace: workspace.id, version: version, text: text, digest: Digest.of(text))
    }

    package func inbox(in workspace: Workspace, name: String = "WhatsApp", account: String = "15550001111") -> Inbox {
        Inbox(id: id(), workspace: workspace.id, channel: .whatsApp, name: name, account: account, isSimulated: true)
    }

    /// - Parameter identities: nil makes a telephone number that nobody else has.
    package func contact(in workspace: Workspace, name: String? = "Marta", identities: [ProviderIdentity]? = nil) -> Contact {
        let id: Contact.ID = id()
        return Contact(
            id: id, workspace: workspace.id, name: name, identities: identities ?? [ProviderIdentity(.phone, String(id.text.suffix(12)))])
    }

    package func conversation(with contact: Contact, in inbox: Inbox, assignee: User.ID? = nil) -> Conversation {
        Conversation(
            id: id(), workspace: inbox.workspace, inbox: inbox.id, contact: contact.id, lastActivityAt: now, assignee: assignee)
    }

    /// The next message of a conversation, which makes room for it.
    package func message(
        _ direction: Message.Direction = .inbound, _ text: String = "Hola", in conversation: inout Conversation, sentAt: Instant? = nil,
        providerID: String? = nil
    ) -> Message {
        let sentAt = sentAt ?? now
        return Message(
            id: id(), conversation: conversation.id, position: conversation.admit(direction, sentAt: sentAt), direction: direction,
            content: MessageContent(kind: .text, text: text), sentAt: sentAt, receivedAt: now, providerID: providerID,
            delivery: direction == .outbound ? .held : nil)
    }

    /// What is owed for a contact's message, due an hour after it.
    package func obligation(for message: InboundMessage, in workspace: Workspace.ID) -> Obligation {
        Obligation(id: id(), workspace: workspace, opening: message, answerTarget: .minutes(60), now: now)
    }

    /// The delivery of an outbound message to a contact.
    package func attempt(
        of message: Message, to contact: Contact, in conversation: Conversation, state: DeliveryState = .held, dueAt: Instant? = nil
    ) -> Attempt {
        let recipient = FrozenRecipient(
            inbox: conversation.inbox, conversation: conversation.id,
            identity: contact.identities.first ?? ProviderIdentity(.opaque, "nobody"))
        return Attempt(
            id: id(), workspace: conversation.workspace, message: message.id, conversation: conversation.id, obligation: nil,
            recipient: recipient, seenThrough: message.position, state: state, dueAt: dueAt ?? now)
    }
}
