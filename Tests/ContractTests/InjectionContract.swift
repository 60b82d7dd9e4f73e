import DeskCore
import DeskServices
import DeskTesting
import Testing

/// Texts that would do harm if any of them ever became syntax.
@Suite struct InjectionContract {
    static let texts = [
        "'; DROP TABLE messages; --", "\" OR \"\" = \"", "x' OR '1'='1", "?", "$1", "%", "_", "\\", "NEAR(a b)", "text : hola", "a* OR b",
        "scope : \"w1\"", "{scope text} : x", "^hola", "hola -adios", "(((", "\u{0}'\u{0}", "\u{202E}'--", "{\"$gt\": \"\"}", "NULL",
    ]

    @Test(arguments: StorageFactory.all, texts)
    func everyTextIsOnlyText(_ factory: StorageFactory, _ text: String) async throws {
        let desk = try await SampleDesk.open(in: factory.storage(), named: text)
        let identity = ProviderIdentity(.opaque, text)
        let (contact, met) = try await desk.meet(text, identities: [identity])
        let (message, conversation) = try await desk.say(text, in: met, providerID: text)
        try await write(text, conversation, desk)
        try await desk.storage.read { session throws in
            #expect(try session.workspaces.workspace(named: text) == desk.workspace)
            #expect(try session.contacts.contact(in: desk.inbox.id, anyOf: [identity]) == contact)
            #expect(try session.messages.message(providerID: text, in: desk.inbox.id) == message)
            #expect(try session.conversations.draft(of: conversation.id, by: desk.principal.id) == text)
            #expect(try session.people.preferences(of: desk.principal.id) == [text: text])
            #expect(try session.ledger.entries(about: text, in: desk.workspace.id).map(\.details) == [[text: text]])
            #expect(try session.credentials.failures(of: text, since: desk.build.now) == 1)
            #expect(try session.people.user(email: text)?.email == nil)
        }
    }

    private func write(_ text: String, _ conversation: Conversation, _ desk: SampleDesk) async throws {
        let claims = try await desk.storage.write { session throws in
            try session.conversations.setDraft(text, of: conversation.id, by: desk.principal.id, at: desk.build.now)
            try session.people.setPreferences([text: text], of: desk.principal.id)
            try session.ledger.append(LedgerFact(.messageReceived, text, [text: text]), in: desk.workspace.id, at: desk.build.now)
            try session.credentials.recordFailure(of: text, at: desk.build.now)
            return try (0..<2).map { _ in
                try session.rawEvents.claimKey(text, inbox: desk.inbox.id, workspace: desk.workspace.id, at: desk.build.now)
            }
        }
        #expect(claims == [true, false])
    }

    @Test(arguments: StorageFactory.all, texts)
    func identifiersFromOutsideFindNothing(_ factory: StorageFactory, _ text: String) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        try await desk.say("Hola", in: desk.meet().conversation)
        try await desk.storage.read { session throws in
            #expect(try session.conversations.conversation(Identifier(text)) == nil)
            #expect(try session.conversations.summary(Identifier(text), scope: desk.scope) == nil)
            #expect(try session.messages.message(Identifier(text)) == nil)
            #expect(try session.attempts.attempt(Identifier(text)) == nil)
            #expect(try session.people.user(Identifier(text)) == nil)
            #expect(try session.credentials.session(tokenDigest: text) == nil)
            #expect(try session.credentials.accessToken(digest: text) == nil)
            #expect(try session.credentials.invitation(tokenDigest: text) == nil)
            #expect(try session.messages.reply(by: Identifier(text), key: text) == nil)
        }
    }

    /// The words of a hostile query are still words: they find what contains them, and nothing else.
    @Test(arguments: StorageFactory.all, texts)
    func aQueryIsNoSyntax(_ factory: StorageFactory, _ text: String) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let met = try await desk.meet("Marta").conversation
        let first = try await desk.say("nada que ver", in: met)
        let second = try await desk.say("antes " + text + " después", in: first.conversation)
        let hits = try await desk.storage.value { try $0.search.search(text, scope: desk.scope, limit: 10, cursor: nil).items }
        #expect(!hits.contains { $0.message == first.message.id })
        let hasWord = text.contains { $0.isLetter || $0.isNumber }
        #expect(hits.contains { $0.message == second.message.id } == hasWord)
    }
}
