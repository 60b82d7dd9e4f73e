import DeskCore
import DeskServices
import DeskTesting
import Testing

/// "Te lo envío mañana": owed with a time of its own, whatever else happens to the conversation.
struct CommitmentStoryTests {
    @Test func aPromiseIsOwedOnceItsReplyIsAcceptedAndKeepsTheConversationInTheQueue() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.promises("Mando la factura", in: .hours(20))
        #expect(try await desk.commitments().isEmpty)
        let due = desk.now + .hours(20)
        await desk.deliver()

        #expect(try await desk.commitments().map(\.text) == ["Mando la factura"])
        #expect(try await !desk.isOwed())
        let card = try #require(try await desk.queue(.owed).first)
        #expect(card.obligation == nil)
        #expect(card.dueAt == due)
        #expect(try await desk.queue(.promised).map(\.conversation.id) == [card.conversation.id])
    }

    @Test func anUndonePromiseWasNeverMade() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.promises("Llamo", in: .hours(1))
        _ = try await DecideReply(desk.context).undo(reply.id, by: desk.assistant.id)
        await desk.deliver()
        #expect(try await desk.commitments().isEmpty)
        #expect(try await desk.queue(.promised).isEmpty)
    }

    @Test func neitherSnoozingNorAnotherReplyNorNoAnswerNeededEndsIt() async throws {
        let desk = try await Desk.open()
        try await desk.keepsAPromiseOpen()
        let id = try await desk.conversation().id
        try await TendConversation(desk.context).snooze(id, until: desk.now + .hours(2), by: desk.assistant.id)
        try await desk.writes("gracias", id: "wamid.2")
        try await desk.saysNoAnswerNeeded()
        try await desk.writes("¿y?", id: "wamid.3")
        _ = try await desk.reply("Enseguida")
        await desk.deliver()
        #expect(try await desk.commitments().count == 1)
    }

    @Test func aLaterReplyKeepsItWhenTheChannelAcceptsIt() async throws {
        let desk = try await Desk.open()
        try await desk.keepsAPromiseOpen()
        let promise = try #require(try await desk.commitments().first)
        try await desk.writes("¿y la factura?", id: "wamid.2")
        let keeper = try await desk.promises(nil, in: .zero, keeping: [promise.id])
        #expect(try await desk.commitments().count == 1)
        await desk.deliver()
        #expect(try await desk.commitments().isEmpty)
        #expect(try await desk.ledger().last { $0.kind == .commitmentEnded }?.details["kept_by"] == keeper.id.text)

        try await desk.reports(
            .failed, of: try #require(try await desk.message(keeper.id).providerID),
            failure: DeliveryFailure(.recipient, code: "131026", text: "undeliverable"))
        #expect(try await desk.commitments().map(\.dueAt) == [promise.dueAt])
        #expect(try await desk.isOwed())
    }

    /// Found by the simulation's seed 13006.
    @Test func whatWasKeptAndNeverArrivedIsNotOwedWhenItsKeeperFailsToo() async throws {
        let desk = try await Desk.open()
        try await desk.keepsAPromiseOpen()
        let promise = try #require(try await desk.commitments().first)
        try await desk.writes("¿y la factura?", id: "wamid.2")
        let keeper = try await desk.promises(nil, in: .zero, keeping: [promise.id])
        await desk.deliver()

        let failure = DeliveryFailure(.recipient, code: "131026", text: "undeliverable")
        for message in [promise.message, keeper.id] {
            try await desk.reports(.failed, of: try #require(try await desk.message(message).providerID), failure: failure)
        }
        #expect(try await desk.commitments().isEmpty)
        #expect(try await desk.isOwed())
    }

    @Test func aCommitmentOfAnotherConversationCannotBeKept() async throws {
        let desk = try await Desk.open()
        try await desk.keepsAPromiseOpen()
        let promise = try #require(try await desk.commitments().first)
        try await desk.writes(id: "wamid.b", from: .bruno)
        #expect(await code { _ = try await desk.promises(nil, in: .zero, keeping: [promise.id], to: .bruno) } == .invalidRequest)
        #expect(try await desk.messages(with: .bruno).count == 1)
    }

    @Test func aPersonsWordEndsItOnce() async throws {
        let desk = try await Desk.open()
        try await desk.keepsAPromiseOpen()
        let promise = try #require(try await desk.commitments().first).id
        let (context, assistant) = (desk.context, desk.assistant.id)
        #expect(await code { try await SettleCommitment(context).settle(promise, reason: " ", by: assistant) } == .invalidRequest)
        try await SettleCommitment(context).settle(promise, reason: "Vino a buscarla", by: assistant)
        #expect(try await desk.commitments().isEmpty)
        #expect(await code { try await SettleCommitment(context).settle(promise, reason: "otra vez", by: assistant) } == .invalidRequest)
        #expect(try await desk.queue(.owed).isEmpty)
    }

    @Test func isEscalatedByItsOwnTime() async throws {
        let desk = try await Desk.open()
        try await desk.keepsAPromiseOpen()
        desk.time.advance(by: .hours(20))
        #expect(try await desk.escalate() == 1)
        #expect(try await desk.listed(from: .supervisor).first?.promiseDueAt != nil)
        desk.time.advance(by: .hours(20))
        #expect(try await desk.escalate() == 1)
        #expect(try await desk.escalations() == ["supervisor", "principal"])
    }

    @Test func aPromiseThatMayHaveArrivedIsOwed() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        desk.channels.script(.unknown(reason: "cut"))
        try await desk.promises("Mando la factura", in: .hours(20))
        await desk.deliver()
        #expect(try await desk.commitments().count == 1)
    }

    @Test func theSameKeyWithAnotherPromiseIsAnotherReply() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.promises("Llamo", in: .hours(1), key: "k")
        #expect(await code { _ = try await desk.promises("Llamo", in: .hours(2), key: "k") } == .idempotencyMismatch)
    }
}

/// "Gracias" is cleared with a reason, and brought back.
struct TakingBackTests {
    @Test func bringsBackWhatWasOwedWithItsOriginalAge() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let owed = try #require(try await desk.obligation())
        desk.time.advance(by: .minutes(30))
        try await desk.saysNoAnswerNeeded()
        desk.time.advance(by: .minutes(5))
        try await desk.takesBack()
        #expect(try await desk.obligation() == owed)
        let entry = try #require(try await desk.ledger().last { $0.kind == .obligationReopened })
        #expect(entry.details["taken_back_by"] == desk.assistant.id.text)
    }

    @Test func joinsWhatTheContactWroteSince() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let owed = try #require(try await desk.obligation())
        try await desk.saysNoAnswerNeeded()
        desk.time.advance(by: .minutes(5))
        try await desk.writes("ah, y otra cosa", id: "wamid.2")
        try await desk.takesBack()
        #expect(try await desk.obligation()?.owedSince == owed.owedSince)
        #expect(try await desk.obligation()?.lastPosition == 2)
        #expect(await code { try await desk.takesBack() } == .invalidRequest)
    }

    @Test func isTooLateAfterAnAnswer() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.saysNoAnswerNeeded()
        try await desk.writes("¿hola?", id: "wamid.2")
        _ = try await desk.reply()
        await desk.deliver()
        #expect(await code { try await desk.takesBack() } == .alreadySent)
        #expect(try await !desk.isOwed())
    }
}

extension Desk {
    func takesBack() async throws {
        try await TendConversation(context).takeBackNoAnswerNeeded(conversation().id, by: assistant.id)
    }

    /// Replies to the newest message, with a promise or keeping some.
    @discardableResult
    func promises(
        _ text: String?, in span: Duration, keeping: [Commitment.ID] = [], to correspondent: Correspondent = .marta, key: String? = nil
    ) async throws -> Message {
        let conversation = try await conversation(with: correspondent)
        let request = SendReply.Request(
            conversation: conversation.id, answers: nil,
            draft: ReplyDraft(text: "Sí", seenVersion: conversation.version),
            idempotencyKey: key ?? "\(conversation.id)-\(conversation.version)",
            promise: text.map { Commitment.Promise(text: $0, dueAt: now + span) }, keeps: keeping)
        switch try await SendReply(context).send(request, by: assistant.id) {
        case .recorded(let message), .repeated(let message): return message
        }
    }

    /// A contact was answered with a promise for in 20 hours.
    func keepsAPromiseOpen() async throws {
        try await writes(id: "wamid.1")
        try await promises("Mando la factura", in: .hours(20))
        await deliver()
    }

    func commitments() async throws -> [Commitment] {
        let id = try await conversation().id
        return try await read { try $0.commitments.owed(in: id) }
    }

    func queue(_ state: QueueFilter.State) async throws -> [ConversationSummary] {
        let scope = sample.scope
        return try await read { try $0.conversations.queue(QueueFilter(state: state), scope: scope, limit: 10, cursor: nil).items }
    }
}
