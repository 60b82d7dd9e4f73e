import DeskCore
import DeskServices
import DeskTesting
import Testing

@Suite struct QueueContract {
    @Test(arguments: StorageFactory.all)
    func theMostUrgentComesFirstWhateverTheWorkspace(_ factory: StorageFactory) async throws {
        let storage = try await factory.storage()
        let first = try await SampleDesk.open(in: storage, named: "Uno")
        let second = try await SampleDesk.open(in: storage, build: first.build, named: "Dos")
        var owed: [(Instant, Conversation.ID)] = []
        for number in 0..<12 {
            let desk = number.isMultiple(of: 3) ? second : first
            let met = try await desk.meet("Contacto \(number)").conversation
            let sentAt = desk.build.now - .minutes((number * 7) % 12)
            owed.append((sentAt, try await desk.say("Hola", in: met, sentAt: sentAt).conversation.id))
        }
        let scope = Scope.seeing([first.workspace.id, second.workspace.id], as: first.principal.id)
        let pages = try await storage.pages { try $0.conversations.queue(QueueFilter(), scope: scope, limit: 5, cursor: $1) }
        #expect(pages.map(\.count) == [5, 5, 2])
        #expect(pages.flatMap { $0 }.map(\.conversation.id) == owed.sorted { $0 < $1 }.map(\.1))
        #expect(try await storage.value { try $0.conversations.owedCount(scope: scope, maximum: 100) } == 12)
        #expect(try await storage.value { try $0.conversations.owedCount(scope: scope, maximum: 5) } == 5)
    }

    /// Whatever comes and goes between two pages: what stays is on exactly one of them.
    @Test(arguments: StorageFactory.all, [QueueFilter.State.owed, .all])
    func pagesTogetherAreTheWholeQueueWhileItChanges(_ factory: StorageFactory, _ state: QueueFilter.State) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        var staying: Set<Conversation.ID> = []
        for number in 0..<30 { staying.insert(try await arrive(number, at: desk)) }
        var seen: [Conversation.ID] = []
        var cursor: String?
        var newcomer = 100
        repeat {
            let place = cursor
            let page = try await desk.storage.value {
                try $0.conversations.queue(QueueFilter(state: state), scope: desk.scope, limit: 4, cursor: place)
            }
            seen += page.items.map(\.conversation.id)
            cursor = page.nextCursor
            newcomer += 1
            _ = try await arrive(newcomer, at: desk)
        } while cursor != nil && newcomer < 200
        #expect(seen.count == Set(seen).count)
        #expect(staying.isSubset(of: seen))
    }

    private func arrive(_ number: Int, at desk: SampleDesk) async throws -> Conversation.ID {
        let met = try await desk.meet("Contacto \(number)").conversation
        let sentAt = desk.build.now - .seconds((number * 37) % 101)
        return try await desk.say("Hola", in: met, sentAt: sentAt).conversation.id
    }

    @Test(arguments: StorageFactory.all)
    func answeredLeavesTheOwedQueueAndJoinsTheOther(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let owed = try await desk.say("¿Sí?", in: desk.meet("Marta").conversation).conversation
        let answered = try await desk.say("¿No?", in: desk.meet("Luis").conversation).conversation
        try await desk.storage.write { session throws in
            var obligation = try #require(try session.obligations.open(in: answered.id))
            let word = try NoAnswerNeeded(member: desk.principal.id, reason: "gracias", at: desk.build.now)
            _ = obligation.handle(.noAnswerNeeded(word, seenThrough: 1), answerTarget: .minutes(60))
            try session.obligations.update(obligation, at: desk.build.now)
        }
        #expect(try await ids(QueueFilter(state: .owed), desk) == [owed.id])
        #expect(try await ids(QueueFilter(state: .answered), desk) == [answered.id])
        #expect(Set(try await ids(QueueFilter(state: .all), desk)) == [owed.id, answered.id])
    }

    @Test(arguments: StorageFactory.all)
    func theQueueIsNarrowedByAssigneeAndInbox(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let nobodys = try await desk.say("a", in: desk.meet("Marta").conversation).conversation
        var mine = try await desk.say("b", in: desk.meet("Luis").conversation).conversation
        mine.assignee = desk.principal.id
        let assigned = mine
        try await desk.storage.write { try $0.conversations.update(assigned) }
        let elsewhere: Inbox.ID = desk.build.id()
        for state in [QueueFilter.State.owed, .all] {
            #expect(try await ids(QueueFilter(state: state, assignee: .user(desk.principal.id)), desk) == [assigned.id])
            #expect(try await ids(QueueFilter(state: state, assignee: .nobody), desk) == [nobodys.id])
            #expect(try await ids(QueueFilter(state: state, inbox: desk.inbox.id), desk).count == 2)
            #expect(try await ids(QueueFilter(state: state, inbox: elsewhere), desk).isEmpty)
        }
    }

    private func ids(_ filter: QueueFilter, _ desk: SampleDesk) async throws -> [Conversation.ID] {
        try await desk.storage.value { session in
            try session.conversations.queue(filter, scope: desk.scope, limit: 50, cursor: nil).items.map(\.conversation.id)
        }
    }

    @Test(arguments: StorageFactory.all, ["", "x", "b3dlZCA", "b3dlZCBhYmMgeA", "' OR 1=1 --", "b3dlZCAxIDI=\u{0}"])
    func aCursorThatIsNoneIsRefused(_ factory: StorageFactory, _ cursor: String) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let filter = QueueFilter()
        await #expect {
            _ = try await desk.storage.value { try $0.conversations.queue(filter, scope: desk.scope, limit: 5, cursor: cursor) }
        } throws: {
            ($0 as? DeskError)?.code == .invalidRequest
        }
    }

    @Test(arguments: StorageFactory.all)
    func draftsBelongToAPersonAndAConversation(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let conversation = try await desk.meet().conversation.id
        let user = desk.principal.id
        try await desk.storage.write { session throws in
            try session.conversations.setDraft("Buen", of: conversation, by: user, at: desk.build.now)
            try session.conversations.setDraft("Buenas", of: conversation, by: user, at: desk.build.now)
        }
        #expect(try await desk.storage.value { try $0.conversations.draft(of: conversation, by: user) } == "Buenas")
        #expect(try await desk.storage.value { try $0.conversations.draft(of: conversation, by: desk.build.id()) } == nil)
        try await desk.storage.write { try $0.conversations.setDraft("", of: conversation, by: user, at: desk.build.now) }
        #expect(try await desk.storage.value { try $0.conversations.draft(of: conversation, by: user) } == nil)
    }

    @Test(arguments: StorageFactory.all)
    func aContactHasOneConversationInAnInbox(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (contact, conversation) = try await desk.meet()
        let second = desk.build.conversation(with: contact, in: desk.inbox)
        await #expect(throws: DeskError.self) { try await desk.storage.write { try $0.conversations.insert(second) } }
        #expect(try await desk.storage.value { try $0.conversations.conversation(in: desk.inbox.id, with: contact.id) } == conversation)
    }
}
