import DeskCore
import DeskServices
import DeskTesting
import Testing

/// Numbers and addresses are covered by the store itself, before anybody could forget to (promise P5).
@Suite struct CoveredContract {
    private static let phone = "5491145678901"

    @Test(arguments: StorageFactory.all)
    func cardsAreCoveredToWhoIsNotThePrincipal(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let id = try await furnish(desk, saying: "llamame al 11 4567-8901 o a ana@example.org")
        let scope = MixedDesk.scope(Grant(actions: [.read, .reveal]), in: desk.workspace.id)
        try await desk.storage.read { session throws in
            let conversations = session.conversations
            let cards =
                try conversations.queue(QueueFilter(), scope: scope, limit: 9, cursor: nil).items
                + conversations.queue(QueueFilter(state: .all), scope: scope, limit: 9, cursor: nil).items
                + [try #require(try conversations.summary(id, scope: scope))]
            #expect(cards.count == 3)
            for card in cards {
                #expect(card.isMasked)
                #expect(card.contact.identities.map(\.value) == ["•••••••••••01"])
                #expect(card.contact.name == "Marta ••••••••01")
                #expect(card.lastMessage?.text == "llamame al •• ••••-••01 o a a••@•••••••.•••")
            }
            let own = try #require(try conversations.summary(id, scope: desk.scope))
            #expect(!own.isMasked && own.contact.displayName == "Marta 1145678901")
        }
    }

    /// A card shows the beginning of a message: half a number there is no number any more, and would be shown.
    @Test(arguments: StorageFactory.all)
    func aNumberThatACardCutsOffIsNotShownInPart(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let scope = MixedDesk.scope(Grant(actions: [.read]), in: desk.workspace.id)
        for (number, before) in [("5491145678901", 194), ("ana.gomez@example.org", 190), ("ES60 0049 1500 0512 3456 7892", 186)] {
            let id = try await furnish(desk, identities: nil, saying: String(repeating: "a", count: before - 1) + " " + number + " gracias")
            let text = try await desk.storage.value { try $0.conversations.summary(id, scope: scope)?.lastMessage?.text }
            let shown = try #require(text)
            #expect(shown.filter { $0.isNumber || $0 == "@" || $0 == "g" }.isEmpty, "\(shown)")
        }
    }

    @Test(arguments: StorageFactory.all)
    func hitsAreCovered(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        _ = try await furnish(desk, saying: "pintura, llamame al 11 4567-8901")
        for actions in [Set<Policy.Action>([.read]), [.read, .reveal]] {
            let scope = MixedDesk.scope(Grant(actions: actions), in: desk.workspace.id)
            let hits = try await desk.storage.value { try $0.search.search("pintura", scope: scope, limit: 9, cursor: nil).items }
            #expect(hits.map(\.text) == ["pintura, llamame al •• ••••-••01"])
            #expect(hits.map(\.contactName) == ["Marta ••••••••01"])
        }
    }

    /// An excerpt of a long message may begin or end within a number.
    @Test(arguments: StorageFactory.all)
    func aNumberThatAnExcerptCutsIsNotShownInPart(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let filling = String(repeating: "x ", count: 100)
        for gap in stride(from: 40, to: 62, by: 1) {
            let text = filling + "5491145678901 " + String(repeating: "y", count: gap) + " pintura\(gap) " + filling
            _ = try await furnish(desk, identities: nil, saying: text)
        }
        let scope = MixedDesk.scope(Grant(actions: [.read]), in: desk.workspace.id)
        let hits = try await desk.storage.value { try $0.search.search("pintura", scope: scope, limit: 99, cursor: nil).items }
        #expect(hits.count == 22)
        for hit in hits {
            let digits = hit.text.prefix { $0 != "p" }.filter(\.isNumber)
            #expect(digits.count <= 2, "\(hit.text)")
        }
    }

    /// To find somebody by a number would be to confirm a guess of it, digit by digit.
    @Test(arguments: StorageFactory.all, ["5491145", "5491145678901", "1145678901", "4567", "ana@example", "example"])
    func whoMayNotRevealDoesNotFindByWhatIsCovered(_ factory: StorageFactory, _ query: String) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let id = try await furnish(desk, saying: "llamame al 11 4567-8901 o a ana@example.org")
        let blind = MixedDesk.scope(Grant(actions: [.read]), in: desk.workspace.id)
        let able = MixedDesk.scope(Grant(actions: [.read, .reveal]), in: desk.workspace.id)
        try await desk.storage.read { session throws in
            #expect(try session.search.search(query, scope: blind, limit: 9, cursor: nil).items.isEmpty)
            for scope in [able, desk.scope] {
                let hits = try session.search.search(query, scope: scope, limit: 9, cursor: nil).items
                #expect(Set(hits.map(\.conversation)) == [id])
            }
        }
    }

    private func furnish(
        _ desk: SampleDesk, identities: [ProviderIdentity]? = [ProviderIdentity(.phone, phone)], saying text: String
    ) async throws -> Conversation.ID {
        let met = try await desk.meet("Marta 1145678901", identities: identities)
        return try await desk.say(text, in: met.conversation).conversation.id
    }
}
