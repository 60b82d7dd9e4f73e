import DeskCore
import DeskServices
import DeskTesting
import SQLStore
import SQLiteDriver
import Testing

/// No statement of everyday work may read a table that grows from one end to the other, nor sort what an index could give in order.
@Suite struct PlanTests {
    private static let scope = Scope.seeing([Workspace.ID("w1"), Workspace.ID("w2")], as: User.ID("u"))
    private static let instant = Instant(unixSeconds: 1_795_176_000)
    private static let identity = ProviderIdentity(.phone, "1")

    /// These hold only what waits for somebody, and are read from the front, up to a limit.
    private static let waitingLists = [
        "attempts_waiting", "attempts_sending", "media_jobs_due", "raw_events_quarantined", "raw_events_pending",
        "obligations_escalating", "commitments_escalating",
        "attempts_in_flight", "attempts_undecided",
    ]

    /// A workspace's part of these is read in order, up to a limit; of anything else it may be all there is.
    private static let orderedIndexes = [
        "conversations_owed", "conversations_promised", "conversations_escalated", "conversations_answered", "conversations_active",
        "attempts_undecided", "raw_events_quarantined",
        "sqlite_autoindex_inboxes_1", "sqlite_autoindex_inboxes_2", "sqlite_autoindex_ledger_heads_1", "sqlite_autoindex_delivery_holds_1",
        "incidents_uncleared",
    ]

    /// There are few inboxes; and “owed” is the counted part of an index, up to a limit.
    private static let harmlessScans = ["CONSTANT ROW", "i", "owed"]

    /// Lists that are read by pages, and must come from their index in order.
    static let queues = ["owed", "answered", "all", "mine", "nobody's", "mine, all", "inbox", "inbox, all", "promised"]

    static let reads: [(String, @Sendable (any StorageSession) throws -> Void)] = [
        ("owed", { try queue(.init(state: .owed), $0) }), ("answered", { try queue(.init(state: .answered), $0) }),
        ("all", { try queue(.init(state: .all), $0) }),
        ("mine", { try queue(.init(state: .owed, assignee: .user(User.ID("u"))), $0) }),
        ("nobody's", { try queue(.init(state: .owed, assignee: .nobody), $0) }),
        ("mine, all", { try queue(.init(state: .all, assignee: .user(User.ID("u"))), $0) }),
        ("inbox", { try queue(.init(state: .owed, inbox: Inbox.ID("i")), $0) }),
        ("inbox, all", { try queue(.init(state: .all, inbox: Inbox.ID("i")), $0) }),
        ("count", { _ = try $0.conversations.owedCount(scope: scope, maximum: 100) }),
        ("summary", { _ = try $0.conversations.summary(.init("c"), scope: scope) }),
        ("search", { _ = try $0.search.search("hola", scope: scope, limit: 20, cursor: nil) }),
        ("contact", { _ = try $0.contacts.contact(in: .init("i"), anyOf: [identity]) }),
        ("conversation", { _ = try $0.conversations.conversation(in: .init("i"), with: .init("p")) }),
        ("message", { _ = try $0.messages.message(.init("m")) }),
        ("provider's message", { _ = try $0.messages.message(providerID: "w", in: .init("i")) }),
        ("messages", { _ = try $0.messages.messages(of: .init("c"), before: 9, limit: 20) }),
        ("last inbound", { _ = try $0.messages.lastInbound(of: .init("c")) }),
        ("reply", { _ = try $0.messages.reply(by: .init("u"), key: "k") }),
        ("open obligation", { _ = try $0.obligations.open(in: .init("c")) }),
        ("promised", { try queue(.init(state: .promised), $0) }),
        ("escalated", { _ = try $0.conversations.escalated([.init("w1"): .supervisor], scope: scope, limit: 20) }),
        ("dismissed", { _ = try $0.obligations.lastDismissed(in: .init("c")) }),
        ("owed obligations", { _ = try $0.obligations.owed(in: .init("w1")) }),
        ("escalating obligations", { _ = try $0.obligations.escalating(at: instant, limit: 20) }),
        ("next escalation", { _ = try $0.obligations.nextEscalationAt() }),
        ("commitment", { _ = try $0.commitments.commitment(.init("k")) }),
        ("owed commitments", { _ = try $0.commitments.owed(in: Conversation.ID("c")) }),
        ("all owed commitments", { _ = try $0.commitments.owed(in: Workspace.ID("w1")) }),
        ("commitments of a reply", { _ = try $0.commitments.concerning(.init("m")) }),
        ("escalating commitments", { _ = try $0.commitments.escalating(at: instant, limit: 20) }),
        ("next commitment", { _ = try $0.commitments.nextEscalationAt() }),
        ("ended obligation", { _ = try $0.obligations.ended(by: .init("m")) }),
        ("pending", { _ = try $0.rawEvents.pending(limit: 20) }), ("has pending", { _ = try $0.rawEvents.hasPending() }),
        ("due", { _ = try $0.attempts.due(at: instant, limit: 20) }), ("next due", { _ = try $0.attempts.nextDueAt() }),
        ("sending", { _ = try $0.attempts.sending() }), ("undecided", { _ = try $0.attempts.undecided(scope: scope, limit: 20) }),
        ("attempt", { _ = try $0.attempts.attempt(of: .init("m")) }),
        ("provider's attempt", { _ = try $0.attempts.attempt(providerID: "w", in: .init("i")) }),
        ("quarantined", { _ = try $0.rawEvents.quarantined(scope: scope, limit: 20) }),
        ("quarantined count", { _ = try $0.rawEvents.quarantinedCount() }),
        ("signs of life", { _ = try $0.inboxes.lastSignsOfLife() }),
        ("files", { _ = try $0.media.due(at: instant, limit: 20) }), ("next file", { _ = try $0.media.nextDueAt() }),
        ("in flight", { _ = try $0.attempts.inFlight() }), ("attempts by state", { _ = try $0.attempts.counts() }),
        ("a raw event", { _ = try $0.rawEvents.event(.init("e"), in: .init("w1")) }),
        ("incidents", { _ = try $0.incidents.uncleared(scope: scope, limit: 20) }),
        ("ongoing incidents", { _ = try $0.incidents.ongoing(in: .init("i")) }),
        ("ledger", { _ = try $0.ledger.entries(of: .init("w1"), after: 9, limit: 20) }),
        ("ledger of a subject", { _ = try $0.ledger.entries(about: "m", in: .init("w1")) }),
        ("events", { _ = try $0.events.events(after: 9, limit: 20) }), ("bounds", { _ = try $0.events.bounds() }),
        ("session", { _ = try $0.credentials.session(tokenDigest: "d") }), ("user", { _ = try $0.people.user(email: "a@b") }),
        ("memberships", { _ = try $0.people.memberships(of: .init("u")) }),
    ]

    private static func queue(_ filter: QueueFilter, _ session: any StorageSession) throws {
        let first = try session.conversations.queue(filter, scope: scope, limit: 1, cursor: nil)
        _ = try session.conversations.queue(filter, scope: scope, limit: 20, cursor: first.nextCursor)
    }

    @Test(arguments: reads.map(\.0))
    func nothingBigIsReadFromEndToEnd(_ name: String) async throws {
        let read = try #require(Self.reads.first { $0.0 == name }).1
        let plans = try await plans { try read($0) }
        #expect(!plans.isEmpty)
        for plan in plans {
            for step in plan.steps { #expect(Self.isBounded(step), "\(step) in \(plan.statement)") }
        }
    }

    @Test(arguments: queues)
    func aQueueIsNeverSorted(_ name: String) async throws {
        let read = try #require(Self.reads.first { $0.0 == name }).1
        for plan in try await plans({ try read($0) }) {
            #expect(!plan.steps.contains { $0.contains("TEMP B-TREE") }, "\(plan.steps) in \(plan.statement)")
        }
    }

    @Test func receivingReadsNothingBigFromEndToEnd() async throws {
        let build = DeskBuilder()
        let workspace = build.workspace()
        let inbox = build.inbox(in: workspace)
        let contact = build.contact(in: workspace)
        let plans = try await plans(writing: true) { session in
            try session.workspaces.insert(workspace)
            try session.inboxes.insert(inbox, settings: [:], secrets: [:], at: build.now)
            try session.contacts.insert(contact, in: inbox.id, at: build.now)
            var conversation = build.conversation(with: contact, in: inbox)
            try session.conversations.insert(conversation)
            var message = build.message(in: &conversation, providerID: "w")
            _ = try session.messages.insert(message, workspace: workspace.id, inbox: inbox.id, replyKey: nil)
            message.content.text = "Adiós"
            try session.messages.update(message)
            try session.conversations.update(conversation)
            try session.obligations.insert(build.obligation(for: try #require(InboundMessage(message)), in: workspace.id), at: build.now)
            _ = try session.rawEvents.takeParked(providerID: "w", inbox: inbox.id)
            try session.ledger.append(LedgerFact(.messageReceived, "m"), in: workspace.id, at: build.now)
        }
        #expect(plans.count >= 20)
        for plan in plans {
            for step in plan.steps { #expect(Self.isBounded(step), "\(step) in \(plan.statement)") }
        }
    }

    private static func isBounded(_ step: String) -> Bool {
        if step.hasSuffix("(workspace=?)") { return orderedIndexes.contains { step.contains(" \($0) ") } }
        guard step.hasPrefix("SCAN ") else { return true }
        return harmlessScans.contains { step.hasPrefix("SCAN \($0)") } || waitingLists.contains { step.hasSuffix($0) }
    }

    /// One message to be found. SQLite plans without statistics, so how much there is makes no difference to a plan.
    private static func furnish(_ session: any StorageSession) throws {
        let build = DeskBuilder()
        let workspace = Workspace(
            id: .init("w1"), name: "w1", locale: "es", timeZone: "UTC", answerTarget: .minutes(60), createdAt: build.now)
        let inbox = Inbox(id: .init("i"), workspace: workspace.id, channel: .whatsApp, name: "i", account: "1", isSimulated: true)
        let contact = Contact(id: .init("p"), workspace: workspace.id, name: "Marta", identities: [identity])
        var conversation = Conversation(
            id: .init("c"), workspace: workspace.id, inbox: inbox.id, contact: contact.id, lastActivityAt: build.now)
        try session.workspaces.insert(workspace)
        try session.inboxes.insert(inbox, settings: [:], secrets: [:], at: build.now)
        try session.contacts.insert(contact, in: inbox.id, at: build.now)
        try session.conversations.insert(conversation)
        let message = build.message(in: &conversation)
        _ = try session.messages.insert(message, workspace: workspace.id, inbox: inbox.id, replyKey: nil)
    }

    private func plans(
        writing: Bool = false, _ body: @escaping @Sendable (any StorageSession) throws -> Void
    ) async throws -> [ExplainingConnection.Plan] {
        let database = try SQLiteDatabase(inMemory: { _ in })
        try await Migrator().migrate(database, .sample())
        try await database.write { try Self.furnish(SQLSession($0, .sample())) }
        let explain: @Sendable (any SQLConnection) throws -> [ExplainingConnection.Plan] = { connection in
            let explaining = ExplainingConnection(connection)
            try body(SQLSession(explaining, .sample()))
            return explaining.plans
        }
        return writing ? try await database.write(explain) : try await database.read(explain)
    }
}
