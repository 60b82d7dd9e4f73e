import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// Recording a reply (promise P4).
struct SendReplyTests {
    @Test func whatIsAskedForIsToldApartByItsPartToo() {
        let conversation = Conversation.ID("c")
        let quoting = ReplyDraft(text: "Sí", seenVersion: 1, quote: Message.ID("x"))
        let plain = ReplyDraft(text: "Sí", seenVersion: 1)
        let requests = [
            SendReply.Request(conversation: conversation, answers: nil, draft: quoting, idempotencyKey: "k"),
            SendReply.Request(conversation: conversation, answers: nil, draft: plain, idempotencyKey: "k", keeps: [Commitment.ID("x")]),
            SendReply.Request(conversation: conversation, answers: nil, draft: plain, idempotencyKey: "k"),
        ]
        #expect(Set(requests.map(\.digest)).count == 3)
    }

    @Test func theSameRequestTwiceIsOneReply() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let request = try await desk.request("claro", key: "k")

        guard case .recorded(let first) = try await SendReply(desk.context).send(request, by: desk.assistant.id),
            case .repeated(let second) = try await SendReply(desk.context).send(request, by: desk.assistant.id)
        else {
            Issue.record("not recorded and then repeated")
            return
        }
        #expect(first.id == second.id)

        await desk.deliver()
        guard case .repeated(let third) = try await SendReply(desk.context).send(request, by: desk.assistant.id) else {
            Issue.record("recorded again after it was sent")
            return
        }
        #expect(third.delivery == .accepted)
        await desk.deliver()
        #expect(desk.channels.sent.count == 1)
    }

    @Test func theSameKeyForAnotherReplyIsRefused() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        _ = try await desk.reply("claro", key: "k")

        #expect(await code { _ = try await desk.reply("oscuro", key: "k") } == .idempotencyMismatch)
        #expect(try await desk.messages().count == 2)
    }

    @Test func aKeyIsItsOwnersOnly() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let first = try await desk.reply("claro", key: "k")
        let second = try await desk.reply("claro", key: "k", by: desk.principal)
        #expect(first.id != second.id)
    }

    @Test func manyAtOnceWithOneKeyAreOneReply() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let request = try await desk.request("claro", key: "k")
        let ids = try await withThrowingTaskGroup(of: Message.ID.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    switch try await SendReply(desk.context).send(request, by: desk.assistant.id) {
                    case .recorded(let message), .repeated(let message): message.id
                    }
                }
            }
            return try await group.reduce(into: Set<Message.ID>()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
        await desk.deliver()
        #expect(desk.channels.sent.count == 1)
    }

    @Test func whoHasNotSeenEverythingIsToldSo() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let request = try await desk.request("claro", key: "k")
        try await desk.writes("Mejor no, gracias", id: "wamid.2")

        #expect(await code { _ = try await SendReply(desk.context).send(request, by: desk.assistant.id) } == .staleConversation)
        await desk.deliver()
        #expect(desk.channels.sent.isEmpty)
    }

    @Test func anAnswerMustNameAMessageOfThisConversation() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.writes(id: "wamid.2", from: .bruno)
        var request = try await desk.request("claro", key: "k")
        request.answers = try #require(try await desk.messages(with: .bruno).first).id

        let wrong = request
        #expect(await code { _ = try await SendReply(desk.context).send(wrong, by: desk.assistant.id) } == .wrongRecipient)
    }

    @Test(arguments: ["outbound", "echo", "note"])
    func onlyWhatTheContactWroteCanBeAnswered(direction: String) async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        _ = try await desk.reply()
        await desk.deliver()
        try await desk.principalAnswers(id: "wamid.echo")
        let conversation = try await desk.conversation()
        _ = try await TendConversation(desk.context).addNote("ojo", to: conversation.id, by: desk.assistant.id)
        var request = try await desk.request("claro", key: "k")
        request.answers = try #require(try await desk.messages().first { $0.direction.rawValue == direction }).id

        let wrong = request
        #expect(await code { _ = try await SendReply(desk.context).send(wrong, by: desk.assistant.id) } == .invalidRequest)
    }

    @Test func whatTheChannelDoesNotTakeIsRefusedBeforeAnythingIsRecorded() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let tooLarge = OutboundAttachment(blob: "b", mediaType: "image/png", fileName: "a.png", byteCount: 16_000_001)
        let wrongType = OutboundAttachment(blob: "b", mediaType: "application/x-msdownload", fileName: "a.exe", byteCount: 1)
        for (attachment, expected) in [(tooLarge, DeskError.Code.attachmentTooLarge), (wrongType, .attachmentNotAllowed)] {
            var request = try await desk.request("mira", key: "k")
            request.draft.attachments = [attachment]
            let wrong = request
            #expect(await code { _ = try await SendReply(desk.context).send(wrong, by: desk.assistant.id) } == expected)
        }
        #expect(try await desk.messages().count == 1)
        #expect(try await !desk.ledgerKinds().contains(.replyRecorded))
    }

    @Test func sendingEmptiesTheAuthorsDraftAndNobodyElses() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let conversation = try await desk.conversation().id
        try await TendConversation(desk.context).keepDraft("Cla", in: conversation, by: desk.assistant.id)
        try await TendConversation(desk.context).keepDraft("Yo", in: conversation, by: desk.principal.id)

        _ = try await desk.reply()

        #expect(try await desk.draft() == nil)
        #expect(try await desk.draft(of: desk.principal) == "Yo")
    }

    @Test func aQuotedReplyShowsWhichMessageItAnswers() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        var request = try await desk.request("claro", key: "k")
        request.draft.quote = try await desk.messages().first?.id
        _ = try await SendReply(desk.context).send(request, by: desk.assistant.id)

        await desk.deliver()
        #expect(desk.channels.sent.map(\.message.quotedProviderID) == ["wamid.1"])
    }

    @Test func anyMessageOfTheConversationCanBeQuotedAndNoOther() async throws {
        let desk = try await Desk.open()
        try await desk.writes("Primero", id: "wamid.1")
        try await desk.writes("Segundo", id: "wamid.2")
        try await desk.writes("De otro", id: "wamid.3", from: .bruno)
        let foreign = try await desk.messages(with: .bruno).first?.id
        for stranger in [foreign, Message.ID("nowhere")] {
            var request = try await desk.request("claro", key: "k")
            request.draft.quote = stranger
            let refused = request
            #expect(await code { _ = try await SendReply(desk.context).send(refused, by: desk.assistant.id) } == .quoteNotPossible)
        }
        var request = try await desk.request("claro", key: "k")
        request.draft.quote = try await desk.messages().first?.id
        _ = try await SendReply(desk.context).send(request, by: desk.assistant.id)
        await desk.deliver()
        #expect(desk.channels.sent.map(\.message.quotedProviderID) == ["wamid.1"])
    }
}

/// Undoing within the hold (promise P6).
struct UndoTests {
    @Test func anUndoneReplyNeverLeavesAndItsWordsAreADraftAgain() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply("Ay, no era eso")
        desk.time.advance(by: .seconds(4))

        let undone = try await DecideReply(desk.context).undo(reply.id, by: desk.assistant.id)
        #expect(undone.delivery == .undone)
        #expect(try await desk.draft() == "Ay, no era eso")

        await desk.deliver()
        #expect(desk.channels.sent.isEmpty)
        #expect(try await desk.isOwed())
        #expect(try await desk.ledgerKinds().suffix(2) == [.attemptChanged, .replyUndone])
    }

    @Test func anUndoAfterTheHoldComesTooLate() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        await desk.deliver()

        #expect(await code { _ = try await DecideReply(desk.context).undo(reply.id, by: desk.assistant.id) } == .alreadySent)
        #expect(try await desk.draft() == nil)
        #expect(try await desk.delivery(of: reply) == .accepted)
    }

    @Test func nothingLeavesBeforeTheHoldIsOver() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        _ = try await desk.reply()
        desk.time.advance(by: .milliseconds(4_999))
        await desk.deliverDue()
        #expect(desk.channels.sent.isEmpty)

        desk.time.advance(by: .milliseconds(1))
        await desk.deliverDue()
        #expect(desk.channels.sent.count == 1)
    }

    @Test func whoDoesNotWantToWaitSendsNow() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply()
        _ = try await DecideReply(desk.context).sendNow(reply.id, by: desk.assistant.id)
        await desk.deliverDue()
        #expect(desk.channels.sent.count == 1)
    }

    @Test func whoseWordsAreUndoneKeepsThemWhoeverUndoes() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let reply = try await desk.reply("mis palabras")
        _ = try await DecideReply(desk.context).undo(reply.id, by: desk.principal.id)

        #expect(try await desk.draft(of: desk.assistant) == "mis palabras")
        #expect(try await desk.draft(of: desk.principal) == nil)
    }
}

extension Desk {
    fileprivate func request(_ text: String, key: String) async throws -> SendReply.Request {
        let conversation = try await conversation()
        return SendReply.Request(
            conversation: conversation.id, answers: nil, draft: ReplyDraft(text: text, seenVersion: conversation.version),
            idempotencyKey: key)
    }
}
