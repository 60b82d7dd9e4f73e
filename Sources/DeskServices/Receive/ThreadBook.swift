import DeskCore

/// Finds the thread that a message belongs to, on channels where one contact may have several.
///
/// What a message says of itself anybody can write. So it joins a thread only with the contact whom that thread is with: by a mark that
/// only this desk can have made, or by naming a message of that very thread. Whoever else writes into it begins one of their own, so that
/// an answer never goes to somebody who was not in it before. A report on a mail of ours stands where that mail does.
struct ThreadBook {
    private let delivery: Delivery
    private var session: any StorageSession { delivery.session }

    init(_ delivery: Delivery) { self.delivery = delivery }

    /// - Returns: the conversation and what the message says there, with what should be known of its sender; nil for what is to join a
    ///   thread and belongs to none.
    func place(_ message: ReceivedMessage, _ threading: Threading, startedAt: Instant) throws -> (Conversation, MessageContent)? {
        let named = try threads(named: threading)
        if threading.joinsOnly { return try joined(named, by: message).map { ($0, message.content) } }
        if let reported = named.authentic.first, message.content.mail?.automation?.isReport == true { return (reported, message.content) }
        guard let contact = try ContactBook(delivery).contact(for: message.correspondent) else { return nil }
        var content = message.content
        content.mail?.warnings += try warnings(message, named.authentic, contact)
        if let known = named.all.first(where: { $0.contact == contact.id }) { return (known, content) }
        let id: Conversation.ID = delivery.context.identifiers.next(at: delivery.now)
        let conversation = Conversation(
            id: id, workspace: delivery.workspace.id, inbox: delivery.inbox.id, contact: contact.id, thread: id.text,
            lastActivityAt: startedAt)
        try session.conversations.insert(conversation)
        return (conversation, content)
    }

    /// Threads that a message names.
    private struct Named {
        /// By marks of ours, which can't be invented.
        let authentic: [Conversation]
        let claimed: [Conversation]
        var all: [Conversation] { authentic + claimed }
    }

    private func threads(named threading: Threading) throws -> Named {
        let authentic = try threading.attempts.compactMap { id -> Conversation? in
            guard let attempt = try session.attempts.attempt(Attempt.ID(id)), attempt.recipient.inbox == delivery.inbox.id else {
                return nil
            }
            return try session.conversations.conversation(attempt.conversation)
        }
        let claimed = try threading.marks.flatMap { try session.conversations.conversations(in: delivery.inbox.id, marked: $0) }
        return Named(authentic: authentic, claimed: claimed)
    }

    /// What the principal wrote elsewhere belongs to a thread whose contact is among those to whom it went.
    private func joined(_ named: Named, by message: ReceivedMessage) throws -> Conversation? {
        try named.all.first { conversation in
            guard let contact = try session.contacts.contact(conversation.contact) else { return false }
            return contact.identities.contains { message.correspondent.identities.contains($0) }
        }
    }

    private func warnings(_ message: ReceivedMessage, _ authentic: [Conversation], _ contact: Contact) throws -> [MailWarning] {
        var warnings: [MailWarning] = []
        if !authentic.isEmpty, !authentic.contains(where: { $0.contact == contact.id }) { warnings.append(.answersAnother) }
        if let mail = message.content.mail, mail.authentication?.dmarc != "pass" {
            let members = try session.people.members(of: delivery.workspace.id).map { $0.user.email.lowercased() }
            if mail.from.contains(where: { members.contains($0.key) }) { warnings.append(.feignsMember) }
        }
        return warnings
    }
}
