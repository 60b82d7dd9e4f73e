import DeskCore

/// Projects a message that a provider reports: finds or makes its contact and conversation, stores it, and keeps the obligation.
struct IncomingMessage {
    private let delivery: Delivery
    private let message: ReceivedMessage
    private let sentAt: Instant

    private var session: any StorageSession { delivery.session }

    init(_ delivery: Delivery, _ message: ReceivedMessage, sentAt: Instant) {
        self.delivery = delivery
        self.message = message
        self.sentAt = sentAt
    }

    func project(as direction: Message.Direction, isHistory: Bool = false) throws -> Delivery.Result {
        if direction != .inbound || message.threading != nil, let known = try known() {
            return try meetAgain(known, as: direction, isHistory: isHistory)
        }
        guard message.group == nil else { return .quarantined("It was written in a group, and groups are not answered from here.") }
        guard !message.correspondent.identities.isEmpty else { return .quarantined("The provider names no sender.") }
        guard let (place, content) = try place() else { return .ignored("it belongs to no conversation that is here") }
        var conversation = place
        let isAutomatic = content.mail?.automation != nil
        let stored = Message(
            id: delivery.context.identifiers.next(at: delivery.now), conversation: conversation.id,
            position: conversation.admit(direction, sentAt: sentAt, isOwed: !isHistory && !isAutomatic), direction: direction,
            content: content, sentAt: sentAt, receivedAt: delivery.now, providerID: message.providerID, isHistory: isHistory,
            commitmentSalt: delivery.context.chance.bytes(LedgerCommitment.saltLength).hexadecimal)
        guard try session.messages.insert(stored, workspace: delivery.workspace.id, inbox: delivery.inbox.id, replyKey: nil) else {
            return try known().map { try meetAgain($0, as: direction, isHistory: isHistory) } ?? .repeated
        }
        try session.conversations.update(conversation)
        if let mark = message.threading?.mark { try session.conversations.mark(conversation, as: mark) }
        try fetchMedia(of: stored, from: 0)
        if !isHistory { try settle(stored, in: conversation) }
        try announce(stored)
        return .projected
    }

    /// Where it belongs, and what it says there; nil for what belongs nowhere here.
    private func place() throws -> (Conversation, MessageContent)? {
        guard let threading = message.threading else {
            guard let contact = try ContactBook(delivery).contact(for: message.correspondent) else { return nil }
            return (try ContactBook(delivery).conversation(with: contact, startedAt: sentAt), message.content)
        }
        return try ThreadBook(delivery).place(message, threading, startedAt: sentAt)
    }

    /// A contact's message meets its like when it is stored; an echo must be looked for, because what was sent from here is stored as
    /// something else than an echo, and so must what would begin a thread.
    private func known() throws -> Message? {
        try message.providerID.flatMap { try session.messages.message(providerID: $0, in: delivery.inbox.id) }
    }

    /// A message that is known already may bring its files only now, or turn out not to be history alone.
    private func meetAgain(_ known: Message, as direction: Message.Direction, isHistory: Bool) throws -> Delivery.Result {
        if isHistory { return message.isLateMedia ? try bringFiles(to: known) : .repeated }
        guard known.direction == direction else { return .repeated }
        if known.isHistory { return try comeAlive(known) }
        return sentAt < known.sentAt ? try dateBack(known) : .repeated
    }

    /// Its edit came first, and was taken in with the edit's time: what is owed for it is older (promise P2).
    private func dateBack(_ known: Message) throws -> Delivery.Result {
        var older = known
        older.dateBack(to: sentAt)
        try session.messages.update(older)
        if let inbound = InboundMessage(older) { try book.contactHadWritten(inbound) }
        try announceChange(of: older)
        return .projected
    }

    /// The files of a history come after its texts.
    private func bringFiles(to known: Message) throws -> Delivery.Result {
        let there = known.content.attachments.filter { $0.providerMediaID != nil || $0.providerURL != nil || $0.blob != nil }
        let new = message.content.attachments.filter { file in !there.contains { $0.providerMediaID == file.providerMediaID } }
        guard !new.isEmpty else { return .repeated }
        var completed = known
        completed.content.kind = message.content.kind
        completed.content.attachments = there + new
        try session.messages.update(completed)
        try fetchMedia(of: completed, from: there.count)
        try announceChange(of: completed)
        return .projected
    }

    private func announceChange(of message: Message) throws {
        try session.events.append(
            DeskEvent(
                workspace: delivery.workspace.id, kind: .messageChanged, conversation: message.conversation, message: message.id,
                at: delivery.now))
    }

    /// Known from the history only so far, it now comes by itself: it is owed like any other (promise P2).
    private func comeAlive(_ known: Message) throws -> Delivery.Result {
        let isNew = try session.rawEvents.claimKey(
            "live:\(known.id)", inbox: delivery.inbox.id, workspace: delivery.workspace.id, at: delivery.now)
        guard isNew, var conversation = try session.conversations.conversation(known.conversation) else { return .repeated }
        conversation.noteLife(of: known)
        try session.conversations.update(conversation)
        try settle(known, in: conversation)
        try announce(known)
        return .projected
    }

    private func fetchMedia(of stored: Message, from first: Int) throws {
        for (index, attachment) in stored.content.attachments.enumerated().dropFirst(first)
        where attachment.providerMediaID != nil || attachment.providerURL != nil {
            let job = MediaJob(
                message: stored.id, attachmentIndex: index, inbox: delivery.inbox.id, attachment: attachment, tries: 0, dueAt: delivery.now)
            try session.media.insert(job, workspace: delivery.workspace.id)
        }
    }

    private func settle(_ stored: Message, in conversation: Conversation) throws {
        if let inbound = InboundMessage(stored) {
            if !stored.isAutomatic { try book.contactWrote(inbound) }
        } else {
            try book.principalAnswered(stored, in: conversation.id)
        }
    }

    private var book: ObligationBook {
        ObligationBook(
            session: session, identifiers: delivery.context.identifiers, workspace: delivery.workspace.id,
            answerTarget: delivery.context.answerTargets(of: delivery.workspace).target(of: delivery.inbox), now: delivery.now)
    }

    private func announce(_ stored: Message) throws {
        var details = ["conversation": stored.conversation.text, "inbox": delivery.inbox.id.text]
        details["content"] = stored.commitmentSalt.map { LedgerCommitment(salt: $0).content(of: stored) }
        let fact = LedgerFact(stored.direction == .echo ? .principalAnswered : .messageReceived, stored.id.text, details)
        try session.ledger.append(fact, in: delivery.workspace.id, at: delivery.now)
        try session.events.append(
            DeskEvent(
                workspace: delivery.workspace.id, kind: .messageReceived, conversation: stored.conversation, message: stored.id,
                at: delivery.now))
    }
}
