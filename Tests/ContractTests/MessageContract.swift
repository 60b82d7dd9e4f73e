import DeskCore
import DeskServices
import DeskTesting
import Testing

@Suite struct MessageContract {
    @Test(arguments: StorageFactory.all)
    func aMessageIsReadBackWithEverythingInIt(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let conversation = try await desk.meet().conversation
        let full = Self.full(in: conversation, desk)
        let isNew = try await desk.storage.write { session throws in
            try session.messages.insert(full, workspace: desk.workspace.id, inbox: desk.inbox.id, replyKey: nil)
        }
        #expect(isNew)
        #expect(try await desk.storage.value { try $0.messages.message(full.id) } == full)
    }

    private static func full(in conversation: Conversation, _ desk: SampleDesk) -> Message {
        let content = MessageContent(
            kind: .document, text: "con texto \u{0} y un nulo, 🎈 y ‮derecha",
            attachments: [Attachment(kind: .document, providerMediaID: "m1", mediaType: "application/pdf", fileName: "factura.pdf")],
            location: Location(latitude: -34.6, longitude: -58.38, name: "Obelisco"),
            sharedContacts: [SharedContact(name: "Luis", phones: ["+54 11"])], order: Order(items: [.init(product: "p", quantity: 2)]),
            payload: "yes", quotedProviderID: "wamid.0", referral: Referral(sourceID: "ad"), isForwarded: true,
            providerErrorCodes: [131_051])
        return Message(
            id: desk.build.id(), conversation: conversation.id, position: 7, direction: .outbound, content: content,
            sentAt: desk.build.now, receivedAt: desk.build.now, providerID: "wamid.7",
            delivery: .failed(DeliveryFailure(.rate, code: "130429", text: "slow", retryAfter: .seconds(3))), author: desk.principal.id,
            answers: desk.build.id(), editedAt: desk.build.now, deletedAt: nil, reactions: [MessageReaction(author: .contact, emoji: "👍")],
            isHistory: true)
    }

    @Test(arguments: StorageFactory.all)
    func twoWithOneProviderIdAreOneMessage(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let conversation = try await desk.meet().conversation
        let outcomes = try await desk.storage.atOnce(20) { number, session in
            var copy = try #require(try session.conversations.conversation(conversation.id))
            let message = desk.build.message(in: &copy, providerID: "wamid.1")
            let isNew = try session.messages.insert(message, workspace: desk.workspace.id, inbox: desk.inbox.id, replyKey: nil)
            if isNew { try session.conversations.update(copy) }
            return isNew
        }
        #expect(outcomes.count(where: \.self) == 1)
        #expect(try await desk.storage.value { try $0.messages.messages(of: conversation.id, before: nil, limit: 50).count } == 1)
    }

    @Test(arguments: StorageFactory.all)
    func identicalTextsWithDifferentIdsAreBothKept(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let met = try await desk.meet().conversation
        let after = try await desk.say("Hola", in: met, providerID: "wamid.1").conversation
        try await desk.say("Hola", in: after, providerID: "wamid.2")
        #expect(try await desk.storage.value { try $0.messages.messages(of: met.id, before: nil, limit: 50).count } == 2)
    }

    @Test(arguments: StorageFactory.all)
    func stretchesOfAConversationComeOldestFirst(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        var conversation = try await desk.meet().conversation
        for number in 1...9 {
            conversation = try await desk.say("\(number)", number == 5 ? .note : .inbound, in: conversation).conversation
        }
        let id = conversation.id
        try await desk.storage.read { session throws in
            #expect(try session.messages.messages(of: id, before: nil, limit: 3).map(\.content.text) == ["7", "8", "9"])
            #expect(try session.messages.messages(of: id, before: 7, limit: 3).map(\.content.text) == ["4", "5", "6"])
            #expect(try session.messages.messages(of: id, after: 7, limit: 3).map(\.content.text) == ["8", "9"])
            #expect(try session.messages.inbound(of: id, after: 3, limit: 3).map(\.position) == [4, 6, 7])
            #expect(try session.messages.inboundCount(of: id, after: 3, upTo: 10) == 5)
            #expect(try session.messages.inboundCount(of: id, after: 3, upTo: 3) == 3)
            #expect(try session.messages.lastInbound(of: id)?.position == 9)
        }
    }

    @Test(arguments: StorageFactory.all)
    func aReplyIsFoundByItsKey(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        var conversation = try await desk.meet().conversation
        let message = desk.build.message(.outbound, "Sí", in: &conversation)
        let key = ReplyKey(user: desk.principal.id, key: "k1", digest: "d1")
        try await desk.storage.write { session throws in
            _ = try session.messages.insert(message, workspace: desk.workspace.id, inbox: desk.inbox.id, replyKey: key)
        }
        let found = try await desk.storage.value { try $0.messages.reply(by: desk.principal.id, key: "k1") }
        #expect(found?.message == message)
        #expect(found?.digest == "d1")
        #expect(try await desk.storage.value { try $0.messages.reply(by: desk.build.id(), key: "k1") == nil })
    }

    @Test(arguments: StorageFactory.all)
    func theCardFollowsWhatHappensToItsMessages(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let met = try await desk.meet().conversation
        let asked = try await desk.say("¿Precio?", in: met)
        let noted = try await desk.say("ojo con este", .note, in: asked.conversation)
        #expect(try await card(met.id, desk)?.lastMessage?.text == "¿Precio?")
        let replied = try await desk.say("Diez", .outbound, in: noted.conversation)
        #expect(try await card(met.id, desk)?.delivery == .held)
        var changed = replied.message
        changed.delivery = .unknown(reason: "no answer")
        changed.content.text = "Once"
        let edited = changed
        try await desk.storage.write { try $0.messages.update(edited) }
        let after = try await card(met.id, desk)
        #expect(after?.lastMessage == MessagePreview(kind: .text, direction: .outbound, text: "Once", sentAt: edited.sentAt))
        #expect(after?.delivery == .unknown(reason: "no answer"))
        var old = asked.message
        old.content.text = "¿Precio de la pintura?"
        let corrected = old
        try await desk.storage.write { try $0.messages.update(corrected) }
        #expect(try await card(met.id, desk)?.lastMessage?.text == "Once")
    }

    @Test(arguments: StorageFactory.all)
    func aMailIsFoundAndToldByItsSubject(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let said = try await desk.say("Adjunto el plano", in: desk.meet().conversation)
        var message = said.message
        message.content = MessageContent(
            kind: .email, text: "Adjunto el plano",
            mail: MailContent(subject: "Presupuesto", blocks: [MailBlock(.quoted, "> ayer")], source: "f00d"))
        let mail = message
        try await desk.storage.write { try $0.messages.update(mail) }
        #expect(try await desk.storage.value { try $0.messages.message(mail.id) }?.content == mail.content)
        #expect(try await card(said.conversation.id, desk)?.lastMessage?.text == "Presupuesto — Adjunto el plano")
        for query in ["presupuesto", "plano"] {
            let hits = try await desk.storage.value { try $0.search.search(query, scope: desk.scope, limit: 5, cursor: nil).items }
            #expect(hits.map(\.message) == [mail.id], "\(query)")
        }
    }

    private func card(_ id: Conversation.ID, _ desk: SampleDesk) async throws -> ConversationSummary? {
        try await desk.storage.value { try $0.conversations.summary(id, scope: desk.scope) }
    }
}
