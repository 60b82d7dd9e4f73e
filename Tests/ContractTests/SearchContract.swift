import DeskCore
import DeskServices
import DeskTesting
import Testing

@Suite struct SearchContract {
    @Test(arguments: StorageFactory.all)
    func allWordsMustBeThereAsBeginningsWhateverAccentsAndCase(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let met = try await desk.meet("Zoraida").conversation
        let message = try await desk.say("Necesito la FACTURA de mañana, ¿sí? (camión)", in: met).message
        for query in ["factura", "FACT", "manana", "mañana nece", "camion", "camión!!", "si factura", "  fac   tur "] {
            let expected: [Message.ID] = query == "  fac   tur " ? [] : [message.id]
            #expect(try await found(query, desk) == expected, "\(query)")
        }
        for query in ["facturas", "aña", "otra factura"] { #expect(try await found(query, desk).isEmpty, "\(query)") }
    }

    @Test(arguments: StorageFactory.all)
    func picturesDoNotHideTheWordsBesideThem(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let message = try await desk.say("🥰gracias❤️hola🇦🇷chau 👨‍👩‍👧familia", in: desk.meet("Zoe").conversation).message
        for query in ["gracias", "hola", "chau", "familia", "🥰 hola", "GRACIAS🥰"] {
            #expect(try await found(query, desk) == [message.id], "\(query)")
        }
    }

    @Test(arguments: StorageFactory.all, ["", "   ", "?!", "\"", "*", "🎈", "\u{0}"])
    func aQueryWithoutAWordFindsNothing(_ factory: StorageFactory, _ query: String) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        try await desk.say("Hola", in: desk.meet().conversation)
        #expect(try await found(query, desk).isEmpty)
    }

    @Test(arguments: StorageFactory.all)
    func contactsAreFoundByNameAndAddress(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (contact, conversation) = try await desk.meet("Zoraida Peña", identities: [ProviderIdentity(.phone, "5491144443333")])
        for query in ["zora", "pena zoraida", "549114444"] {
            let hits = try await desk.storage.value { try $0.search.search(query, scope: desk.scope, limit: 5, cursor: nil).items }
            #expect(hits.map(\.conversation) == [conversation.id], "\(query)")
            #expect(hits.first?.message == nil)
            #expect(hits.first?.contactName == "Zoraida Peña")
        }
        var renamed = contact
        renamed.name = "Berta"
        let after = renamed
        try await desk.storage.write { try $0.contacts.update(after, in: desk.inbox.id) }
        #expect(try await desk.storage.value { try $0.search.search("zora", scope: desk.scope, limit: 5, cursor: nil).items.isEmpty })
        #expect(try await desk.storage.value { try $0.search.search("berta", scope: desk.scope, limit: 5, cursor: nil).items.count } == 1)
    }

    @Test(arguments: StorageFactory.all)
    func whatWasEditedOrTakenBackIsFoundNoMoreByItsOldWords(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        var message = try await desk.say("clave secreta", in: desk.meet().conversation).message
        message.content.text = "clave olvidada"
        let edited = message
        try await desk.storage.write { try $0.messages.update(edited) }
        #expect(try await found("secreta", desk).isEmpty)
        #expect(try await found("olvidada", desk) == [message.id])
        message.deletedAt = desk.build.now
        let deleted = message
        try await desk.storage.write { try $0.messages.update(deleted) }
        #expect(try await found("olvidada", desk).isEmpty)
    }

    @Test(arguments: StorageFactory.all)
    func editedInTheSameTransactionIsFoundByTheNewWordsOnly(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        var conversation = try await desk.meet().conversation
        let message = desk.build.message(.inbound, "primera versión", in: &conversation)
        try await desk.storage.write { session throws in
            _ = try session.messages.insert(message, workspace: desk.workspace.id, inbox: desk.inbox.id, replyKey: nil)
            var edited = message
            edited.content.text = "segunda versión"
            try session.messages.update(edited)
        }
        #expect(try await found("primera", desk).isEmpty)
        #expect(try await found("segunda", desk) == [message.id])
    }

    @Test(arguments: StorageFactory.all)
    func pagesTogetherAreAllHitsNewestFirst(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        var conversation = try await desk.meet("Marta").conversation
        var expected: [Message.ID] = []
        for number in 0..<23 {
            let said = try await desk.say(number.isMultiple(of: 2) ? "pintura \(number)" : "nada", in: conversation)
            conversation = said.conversation
            if number.isMultiple(of: 2) { expected.insert(said.message.id, at: 0) }
        }
        let pages = try await desk.storage.pages { try $0.search.search("pintura", scope: desk.scope, limit: 5, cursor: $1) }
        #expect(pages.map(\.count) == [5, 5, 2])
        #expect(pages.flatMap { $0 }.map(\.message) == expected)
    }

    private func found(_ query: String, _ desk: SampleDesk) async throws -> [Message.ID] {
        try await desk.storage.value { session in
            try session.search.search(query, scope: desk.scope, limit: 10, cursor: nil).items.compactMap(\.message)
        }
    }
}
