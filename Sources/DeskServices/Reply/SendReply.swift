package import DeskCore

/// Records a reply (promise P4): checked, frozen and durable before anything leaves. It is then held for the undo time, and
/// delivered by `DeliverReplies`.
package struct SendReply: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    package struct Request: Sendable, Hashable {
        package var conversation: Conversation.ID
        /// The contact's message that is answered; nil: their newest.
        package var answers: Message.ID?
        package var draft: ReplyDraft
        /// What makes a repeated request the same request.
        package var idempotencyKey: String
        /// What the reply promises; its time is checked when the reply is recorded.
        package var promise: Commitment.Promise?
        /// Commitments of this conversation that the reply keeps.
        package var keeps: [Commitment.ID]
        /// Of a mail: addresses of others, named in the answered one, that get the reply too.
        package var copies: [String]

        package init(
            conversation: Conversation.ID, answers: Message.ID?, draft: ReplyDraft, idempotencyKey: String,
            promise: Commitment.Promise? = nil, keeps: [Commitment.ID] = [], copies: [String] = []
        ) {
            self.conversation = conversation
            self.answers = answers
            self.draft = draft
            self.idempotencyKey = idempotencyKey
            self.promise = promise
            self.keeps = keeps
            self.copies = copies
        }

        /// Tells whether two requests with one key ask for the same.
        var digest: String {
            var encoder = CanonicalEncoder()
            encoder.append(conversation.text)
            encoder.append(answers?.text ?? "")
            encoder.append(draft.text)
            for attachment in draft.attachments {
                encoder.append(attachment.blob)
                encoder.append(attachment.fileName)
            }
            if let quote = draft.quote {
                encoder.append("quote")
                encoder.append(quote.text)
            }
            if let promise {
                encoder.append("promise")
                encoder.append(promise.text)
                encoder.append(promise.dueAt.microseconds)
            }
            for commitment in keeps {
                encoder.append("keeps")
                encoder.append(commitment.text)
            }
            for copy in copies.sorted() {
                encoder.append("copies")
                encoder.append(copy)
            }
            return Digest.of(encoder.bytes)
        }
    }

    package enum Outcome: Sendable, Hashable {
        case recorded(Message)
        /// The same request had been recorded before: this is its message, and nothing was done.
        case repeated(Message)
    }

    /// - Throws: `not_found`, `agreement_required`, `out_of_grant`; `idempotency_mismatch`; what `Reply.init` and `Promise.init` throw.
    package func send(_ request: Request, by user: User.ID) async throws -> Outcome {
        let now = context.time.now()
        let outcome: Outcome = try await context.storage.write { [context] session in
            let conversation = try Authorization(session, at: now).conversation(request.conversation, for: .reply, by: user)
            if let known = try session.messages.reply(by: user, key: request.idempotencyKey) {
                guard known.digest == request.digest else { throw Self.mismatch }
                return .repeated(known.message)
            }
            defer { context.faults.reach(.replyBeforeCommit) }
            return .recorded(try Recording(context: context, session: session, user: user, now: now).record(request, in: conversation))
        }
        context.faults.reach(.replyAfterCommit)
        return outcome
    }

    private static let mismatch = DeskError(
        .idempotencyMismatch,
        message: "This Idempotency-Key was used before for another reply. Nothing was sent; use a new key for a new reply.")
}

/// One reply, within its transaction.
private struct Recording {
    let context: DeskContext
    let session: any StorageSession
    let user: User.ID
    let now: Instant

    func record(_ request: SendReply.Request, in conversation: Conversation) throws -> Message {
        let reply = try reply(to: request, in: conversation)
        let content = try content(of: reply, copies: request.copies, in: conversation)
        let promise = try request.promise.map { try Commitment.Promise(text: $0.text, dueAt: $0.dueAt, now: now) }
        var changed = conversation
        let message = Message(
            id: context.identifiers.next(at: now), conversation: conversation.id, position: changed.admit(.outbound, sentAt: now),
            direction: .outbound, content: content, sentAt: now, receivedAt: now, delivery: .held, author: user,
            answers: reply.answering.id, commitmentSalt: context.chance.bytes(LedgerCommitment.saltLength).hexadecimal)
        let key = ReplyKey(user: user, key: request.idempotencyKey, digest: request.digest)
        _ = try session.messages.insert(message, workspace: conversation.workspace, inbox: conversation.inbox, replyKey: key)
        let attempt = Attempt(
            id: context.identifiers.next(at: now), of: reply, message: message.id, workspace: conversation.workspace,
            obligation: try session.obligations.open(in: conversation.id)?.id, undoUntil: now + context.options.undoTime)
        try session.attempts.insert(attempt, at: now)
        try session.conversations.update(changed)
        try session.conversations.setDraft(nil, of: conversation.id, by: user, at: now)
        try announce(message, attempt, in: conversation)
        if let promise { try record(promise, in: message, of: conversation) }
        try keep(request.keeps, by: message)
        return message
    }

    private func record(_ promise: Commitment.Promise, in message: Message, of conversation: Conversation) throws {
        guard let workspace = try session.workspaces.workspace(conversation.workspace) else { throw DeskError.nothingThere }
        let target = try context.answerTargets(of: workspace).target(of: conversation.inbox, session)
        let commitment = Commitment(
            id: context.identifiers.next(at: now), workspace: workspace.id, promise: promise, in: message, by: user, answerTarget: target)
        try CommitmentBook(session: session, now: now).record(commitment)
    }

    private func keep(_ commitments: [Commitment.ID], by message: Message) throws {
        for id in commitments {
            guard let commitment = try session.commitments.commitment(id), commitment.conversation == message.conversation,
                try CommitmentBook(session: session, now: now).apply(.keeperRecorded(message.id), to: commitment)
            else {
                throw DeskError(.invalidRequest, message: "There is no such commitment owed in this conversation. Nothing was sent.")
            }
        }
    }

    private func reply(to request: SendReply.Request, in conversation: Conversation) throws -> Reply {
        guard let inbound = try inbound(request.answers, in: conversation) else {
            throw DeskError(.invalidRequest, message: "A reply must name a message of the contact that it answers. Nothing was sent.")
        }
        guard let contact = try session.contacts.contact(conversation.contact), let inbox = try session.inboxes.inbox(conversation.inbox),
            let limits = context.channels.limits(of: inbox.channel)
        else { throw DeskError.nothingThere }
        try requireAllowed(request.draft.attachments, on: inbox.channel)
        let quoted = try request.draft.quote.flatMap { try session.messages.message($0) }
        return try Reply(
            answering: inbound, quoting: quoted, in: conversation, to: contact, draft: request.draft, by: user, limits: limits, at: now)
    }

    private func inbound(_ answers: Message.ID?, in conversation: Conversation) throws -> InboundMessage? {
        guard let answers else { return try session.messages.lastInbound(of: conversation.id) }
        return try session.messages.message(answers).flatMap(InboundMessage.init)
    }

    private func requireAllowed(_ attachments: [OutboundAttachment], on channel: ChannelName) throws {
        for attachment in attachments {
            guard let maximum = context.channels.maximumBytes(ofMediaType: attachment.mediaType, on: channel) else {
                throw DeskError(
                    .attachmentNotAllowed, message: "This channel takes no files of the type \(attachment.mediaType). Nothing was sent.")
            }
            guard attachment.byteCount <= maximum else {
                throw DeskError(
                    .attachmentTooLarge,
                    message: "“\(attachment.fileName)” is larger than this channel takes (\(maximum / 1_048_576) MB). Nothing was sent.")
            }
        }
    }

    private func content(of reply: Reply, copies: [String], in conversation: Conversation) throws -> MessageContent {
        var content = content(of: reply)
        guard let answered = try session.messages.message(reply.answering.id), let mail = answered.content.mail else { return content }
        content.kind = .email
        content.mail = try MailAnswer(context: context, session: session).frame(reply, to: answered, mail, copies, in: conversation)
        return content
    }

    private func content(of reply: Reply) -> MessageContent {
        let files = reply.attachments.map { file in
            Attachment(
                kind: MessageKind(mediaType: file.mediaType), mediaType: file.mediaType, fileName: file.fileName, byteCount: file.byteCount,
                blob: file.blob)
        }
        return MessageContent(
            kind: files.first?.kind ?? .text, text: reply.text, attachments: files,
            quotedProviderID: reply.quotedProviderID)
    }

    private func announce(_ message: Message, _ attempt: Attempt, in conversation: Conversation) throws {
        var details = ["attempt": attempt.id.text, "author": user.text, "answers": message.answers?.text ?? ""]
        if let commitment = message.commitmentSalt.map(LedgerCommitment.init(salt:)) {
            details["content"] = commitment.content(of: message)
            details["recipient"] = commitment.recipient(attempt.recipient)
        }
        try session.ledger.append(LedgerFact(.replyRecorded, message.id.text, details), in: conversation.workspace, at: now)
        try session.events.append(
            DeskEvent(
                workspace: conversation.workspace, kind: .messageSent, conversation: conversation.id, message: message.id, at: now))
    }
}
