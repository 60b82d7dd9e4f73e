import DeskCore
import DeskServices
import DeskTesting
import Testing

/// Whatever takes a scope must not let anything of another workspace through.
@Suite struct ScopeContract {
    /// Reads everything that is scoped, and gives the workspaces that it came from.
    private static let reads: [(String, @Sendable (any StorageSession, Scope) throws -> [Workspace.ID])] = [
        ("owed", { try $0.conversations.queue(QueueFilter(state: .owed), scope: $1, limit: 50, cursor: nil).items.map(\.inbox.workspace) }),
        ("all", { try $0.conversations.queue(QueueFilter(state: .all), scope: $1, limit: 50, cursor: nil).items.map(\.contact.workspace) }),
        ("search", { try $0.search.search("canario", scope: $1, limit: 50, cursor: nil).items.map(\.workspace) }),
        ("contacts", { try $0.search.search("marta", scope: $1, limit: 50, cursor: nil).items.map(\.workspace) }),
        ("inboxes", { try $0.inboxes.inboxes(in: $1).map(\.workspace) }),
        ("undecided", { try $0.attempts.undecided(scope: $1, limit: 50).map(\.workspace) }),
        ("quarantined", { try $0.rawEvents.quarantined(scope: $1, limit: 50).map(\.workspace) }),
    ]

    @Test(arguments: StorageFactory.all, reads.map(\.0))
    func nothingOfAnotherWorkspaceIsSeen(_ factory: StorageFactory, _ name: String) async throws {
        let storage = try await factory.storage()
        let first = try await furnished("Uno", DeskBuilder(), storage)
        let second = try await furnished("Dos", first.build, storage)
        let read = try #require(Self.reads.first { $0.0 == name }).1
        for desk in [first, second] {
            let seen = try await storage.value { try read($0, desk.scope) }
            #expect(!seen.isEmpty)
            #expect(Set(seen) == [desk.workspace.id])
        }
        let both = Scope.seeing([first.workspace.id, second.workspace.id], as: first.principal.id)
        #expect(Set(try await storage.value { try read($0, both) }) == [first.workspace.id, second.workspace.id])
        let none = Scope.seeing([], as: first.principal.id)
        #expect(try await storage.value { try read($0, none) } == [])
    }

    @Test(arguments: StorageFactory.all)
    func aSummaryAndACountStayWithinTheScope(_ factory: StorageFactory) async throws {
        let storage = try await factory.storage()
        let first = try await furnished("Uno", DeskBuilder(), storage)
        let second = try await furnished("Dos", first.build, storage)
        let foreign = try await storage.value {
            try #require(try $0.conversations.queue(QueueFilter(), scope: second.scope, limit: 1, cursor: nil).items.first)
        }
        #expect(try await storage.value { try $0.conversations.summary(foreign.conversation.id, scope: first.scope) } == nil)
        #expect(try await storage.value { try $0.conversations.summary(foreign.conversation.id, scope: second.scope) } == foreign)
        #expect(try await storage.value { try $0.conversations.owedCount(scope: first.scope, maximum: 99) } == 1)
    }

    /// A desk with one of everything that can be listed.
    private func furnished(_ name: String, _ build: DeskBuilder, _ storage: any Storage) async throws -> SampleDesk {
        let desk = try await SampleDesk.open(in: storage, build: build, named: name)
        let met = try await desk.meet("Marta \(name)")
        let asked = try await desk.say("canario \(name)", in: met.conversation)
        let replied = try await desk.say("respuesta", .outbound, in: asked.conversation)
        let attempt = build.attempt(
            of: replied.message, to: met.contact, in: replied.conversation, state: .unknown(reason: "canario"))
        let raw = RawEvent(
            id: build.id(), workspace: desk.workspace.id, inbox: desk.inbox.id, receivedAt: build.now, body: [1],
            outcome: .quarantined(reason: "canario"))
        try await storage.write { session throws in
            try session.attempts.insert(attempt, at: build.now)
            try session.rawEvents.insert(raw)
        }
        return desk
    }
}
