import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// What the contact, the provider, the principal's phone and the members do.
extension Desk {
    @discardableResult
    func receive(_ events: ChannelEvent..., body: String = "{}", on inbox: Inbox? = nil) async throws -> Receive.Receipt {
        let body = Array(body.utf8)
        channels.script(events, in: body)
        return try await Receive(context, projecting: ProjectionBell()).receive(body: body, inbox: inbox ?? self.inbox)
    }

    /// A contact's message, sent now unless it says when.
    @discardableResult
    func writes(
        _ text: String = "¿Tienen tornillos?", id: String, from correspondent: Correspondent = .marta, at instant: Instant? = nil
    ) async throws -> Receive.Receipt {
        try await receive(.message(text, id: id, from: correspondent, at: instant ?? now))
    }

    func reports(
        _ stage: StatusUpdate.Stage, of providerID: String, attempt: Attempt.ID? = nil, failure: DeliveryFailure? = nil
    ) async throws {
        let status = StatusUpdate(providerID: providerID, stage: stage, callbackData: attempt?.text, failure: failure)
        try await receive(
            ChannelEvent(account: inbox.account, key: "status:\(providerID):\(stage.rawValue)", occurredAt: now, payload: .status(status)))
    }

    func principalAnswers(_ correspondent: Correspondent = .marta, id: String, at instant: Instant? = nil) async throws {
        let message = ReceivedMessage(
            providerID: id, correspondent: correspondent, content: MessageContent(kind: .text, text: "Contesto yo"))
        try await receive(
            ChannelEvent(account: inbox.account, key: id, occurredAt: instant ?? now, payload: .echo(message)))
    }

    /// Records a reply of the assistant to the newest message.
    func reply(
        _ text: String = "Claro que sí", to correspondent: Correspondent = .marta, on inbox: Inbox? = nil, key: String? = nil,
        by user: User? = nil
    ) async throws -> Message {
        let conversation = try await conversation(with: correspondent, on: inbox)
        let request = SendReply.Request(
            conversation: conversation.id, answers: nil, draft: ReplyDraft(text: text, seenVersion: conversation.version),
            idempotencyKey: key ?? "\(conversation.id)-\(conversation.version)")
        switch try await SendReply(context).send(request, by: (user ?? assistant).id) {
        case .recorded(let message), .repeated(let message): return message
        }
    }

    /// Lets the undo time pass and brings to the provider whatever is due.
    func deliver() async {
        time.advance(by: undoTime)
        await deliverDue()
    }

    /// Brings to the provider whatever is due now, until nothing is.
    func deliverDue() async {
        let worker = DeliverReplies(context, doorbell: Doorbell())
        while true {
            let claimed = await claim(worker)
            guard !claimed.isEmpty else { return }
            for attempt in claimed { await worker.deliver(attempt) }
        }
    }

    /// Takes up what is due without calling the provider yet.
    func claim(_ worker: DeliverReplies) async -> [Attempt] {
        var claimed: [Attempt] = []
        do {
            _ = try await worker.round { claimed.append($0) }
        } catch {
            Issue.record(error)
        }
        return claimed
    }

    /// The program is gone in the middle of its work, and begins anew on the same store.
    func restart() async throws {
        try await DeliverReplies(context, doorbell: Doorbell()).recoverInterrupted()
    }

    @discardableResult
    func resolve(
        _ message: Message, as decision: DecideReply.Decision, on occasion: DecideReply.Occasion? = nil, by user: User? = nil
    ) async throws -> Message {
        try await DecideReply(context).resolve(message.id, as: decision, on: occasion, by: (user ?? assistant).id)
    }

    func saysNoAnswerNeeded(_ reason: String = "Solo agradece") async throws {
        let conversation = try await conversation()
        try await TendConversation(context).noAnswerNeeded(
            conversation.id, reason: reason, seenVersion: conversation.version, by: assistant.id)
    }

    /// Takes somebody's membership away.
    func revoke(_ user: User) async throws {
        let now = now
        let workspace = workspace.id
        try await write { session in
            guard var membership = try session.people.memberships(of: user.id).first(where: { $0.workspace == workspace }) else { return }
            membership.revokedAt = now
            try session.people.update(membership)
        }
    }
}

extension ChannelEvent {
    static func message(
        _ text: String = "hola", id: String?, from correspondent: Correspondent = .marta, at instant: Instant?, account: String? = nil
    ) -> ChannelEvent {
        let content = MessageContent(kind: .text, text: text)
        return ChannelEvent(
            account: account, key: id, occurredAt: instant,
            payload: .message(ReceivedMessage(providerID: id, correspondent: correspondent, content: content)))
    }
}

/// The code of the error that something throws; nil when it throws none, or another kind of error.
func code(of body: () async throws -> Void) async -> DeskError.Code? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? DeskError)?.code
    }
}
