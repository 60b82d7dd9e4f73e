import DeskCore
import DeskServices
import DeskTesting
import Testing

@Suite struct CommitmentContract {
    @Test(arguments: StorageFactory.all)
    func everyStateIsReadBack(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (message, conversation) = try await desk.say("Mañana", .outbound, in: desk.meet().conversation)
        let word = try Commitment.Settlement(member: desk.principal.id, reason: "vino", at: desk.build.now)
        let states: [Commitment.State] = [.unspoken, .owed, .kept(by: desk.build.id()), .settled(word)]
        for state in states {
            let commitment = desk.commitment(in: message, state: state)
            try await desk.storage.write { try $0.commitments.insert(commitment, at: desk.build.now) }
            #expect(try await desk.storage.value { try $0.commitments.commitment(commitment.id) } == commitment)
        }
        let owed = try await desk.storage.value { try $0.commitments.owed(in: conversation.id) }
        #expect(owed.map(\.state) == [.owed])
        #expect(try await desk.storage.value { try $0.commitments.concerning(message.id) }.count == states.count)
    }

    @Test(arguments: StorageFactory.all)
    func theQueueShowsTheSoonerOfAnswerAndPromise(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (_, conversation) = try await desk.say("Hola", in: desk.meet().conversation)
        let (message, _) = try await desk.say("En un rato", .outbound, in: conversation)
        for (minutes, due) in [(90, 60), (30, 30)] {
            let commitment = desk.commitment(in: message, state: .owed, due: .minutes(minutes))
            try await desk.storage.write { try $0.commitments.insert(commitment, at: desk.build.now) }
            let card = try #require(try await desk.card(conversation.id))
            #expect(card.dueAt == desk.build.now + .minutes(due))
            #expect(card.obligation?.dueAt == desk.build.now + .minutes(60))
        }
        try await desk.storage.write { session throws in
            var obligation = try #require(try session.obligations.open(in: conversation.id))
            _ = obligation.handle(.replyAccepted(message.id, seenThrough: 1), answerTarget: .minutes(60))
            try session.obligations.update(obligation, at: desk.build.now)
        }
        let card = try #require(try await desk.card(conversation.id))
        #expect(card.obligation == nil)
        #expect(card.promiseDueAt == desk.build.now + .minutes(30))
        let queue = try await desk.storage.value { session in
            try [QueueFilter.State.owed, .promised, .answered].map {
                try session.conversations.queue(QueueFilter(state: $0), scope: desk.scope, limit: 5, cursor: nil).items.count
            }
        }
        #expect(queue == [1, 1, 0])
    }

    @Test(arguments: StorageFactory.all)
    func promisesComeByTheirTimePageByPage(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        for minutes in [30, 10, 20] {
            let (message, _) = try await desk.say("Luego", .outbound, in: desk.meet().conversation)
            let commitment = desk.commitment(in: message, state: .owed, due: .minutes(minutes))
            try await desk.storage.write { try $0.commitments.insert(commitment, at: desk.build.now) }
        }
        var found: [Instant?] = []
        var cursor: String?
        repeat {
            let place = cursor
            let page = try await desk.storage.read {
                try $0.conversations.queue(QueueFilter(state: .promised), scope: desk.scope, limit: 1, cursor: place)
            }
            found += page.items.map(\.promiseDueAt)
            cursor = page.nextCursor
        } while cursor != nil
        #expect(found == [10, 20, 30].map { desk.build.now + .minutes($0) })
    }

    @Test(arguments: StorageFactory.all)
    func aStepIsTakenOnceAndOnlyWhileItIsOwed(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (message, conversation) = try await desk.say("Luego", .outbound, in: desk.meet().conversation)
        let commitment = desk.commitment(in: message, state: .owed)
        try await desk.storage.write { try $0.commitments.insert(commitment, at: desk.build.now) }
        let later = desk.build.now + .hours(30)
        #expect(try await desk.storage.value { try $0.commitments.escalating(at: desk.build.now, limit: 5) }.isEmpty)
        #expect(try await desk.storage.value { try $0.commitments.escalating(at: later, limit: 5) } == [commitment])
        var moved = commitment
        _ = moved.escalate(at: later, by: .minutes(60))
        let step = moved
        let made = try await desk.storage.write { session in
            try (0..<2).map { _ in try session.commitments.escalate(step, from: .member, at: later) }
        }
        #expect(made == [true, false])
        #expect(try await desk.storage.value { try $0.commitments.nextEscalationAt() } == nil)
        #expect(try await desk.card(conversation.id)?.escalation == .principal)
    }
}

@Suite struct EscalationContract {
    @Test(arguments: StorageFactory.all)
    func aStepIsTakenOnceAndOnlyWhileItIsOwed(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (_, conversation) = try await desk.say("Hola", in: desk.meet().conversation)
        let due = desk.build.now + .minutes(60)
        #expect(try await desk.storage.value { try $0.obligations.nextEscalationAt() } == due)
        let obligation = try #require(try await desk.storage.value { try $0.obligations.escalating(at: due, limit: 5) }.first)
        var moved = obligation
        _ = moved.escalate(at: due, by: .minutes(60))
        let step = moved
        let made = try await desk.storage.write { session in
            try (0..<2).map { _ in try session.obligations.escalate(step, from: .member, at: due) }
        }
        #expect(made == [true, false])
        #expect(try await desk.storage.value { try $0.obligations.obligation(obligation.id) } == moved)
        #expect(try await desk.card(conversation.id)?.obligation == moved)
        #expect(try await desk.card(conversation.id)?.escalation == .supervisor)
        for (level, count) in [(EscalationLevel.supervisor, 1), (.principal, 0)] {
            let listed = try await desk.storage.value {
                try $0.conversations.escalated([desk.workspace.id: level], scope: desk.scope, limit: 5)
            }
            #expect(listed.count == count)
        }
    }

    @Test(arguments: StorageFactory.all)
    func onlyTheScopesWorkspacesAreListed(_ factory: StorageFactory) async throws {
        let storage = try await factory.storage()
        let desk = try await SampleDesk.open(in: storage)
        let other = try await SampleDesk.open(in: storage, build: desk.build, named: "Otra")
        let (_, conversation) = try await other.say("Hola", in: other.meet().conversation)
        try await storage.write { session throws in
            var moved = try #require(try session.obligations.open(in: conversation.id))
            _ = moved.escalate(at: desk.build.now + .hours(9), by: .minutes(60))
            try session.obligations.update(moved, at: desk.build.now)
        }
        let levels = [desk.workspace.id: EscalationLevel.supervisor, other.workspace.id: .supervisor]
        #expect(try await storage.value { try $0.conversations.escalated(levels, scope: desk.scope, limit: 5) }.isEmpty)
        #expect(try await storage.value { try $0.conversations.escalated(levels, scope: other.scope, limit: 5) }.count == 1)
        #expect(try await storage.value { try $0.obligations.owed(in: desk.workspace.id) }.isEmpty)
        #expect(try await storage.value { try $0.obligations.owed(in: other.workspace.id) }.first?.inbox == other.inbox.id)
    }

    @Test(arguments: StorageFactory.all)
    func whatWasTakenOverAndWhatWasDismissedAreReadBack(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (_, conversation) = try await desk.say("Hola", in: desk.meet().conversation)
        let word = try NoAnswerNeeded(member: desk.principal.id, reason: "gracias", at: desk.build.now)
        let dismissed = try await desk.storage.write { session throws in
            var obligation = try #require(try session.obligations.open(in: conversation.id))
            _ = obligation.handle(.noAnswerNeeded(word, seenThrough: 1), answerTarget: .minutes(60))
            try session.obligations.update(obligation, at: desk.build.now)
            return obligation
        }
        #expect(try await desk.storage.value { try $0.obligations.lastDismissed(in: conversation.id) } == dismissed)
        let (_, again) = try await desk.say("¿Hola?", in: conversation)
        let merged = try await desk.storage.write { session throws in
            var (older, open) = (dismissed, try #require(try session.obligations.open(in: again.id)))
            open.takeOver(&older)
            try session.obligations.update(older, at: desk.build.now)
            try session.obligations.update(open, at: desk.build.now)
            return older
        }
        #expect(try await desk.storage.value { try $0.obligations.obligation(dismissed.id) } == merged)
        #expect(try await desk.storage.value { try $0.obligations.lastDismissed(in: conversation.id) } == nil)
    }

    @Test(arguments: StorageFactory.all)
    func aWorkspaceKeepsItsPolicy(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let workspace = desk.workspace.id
        let policy = try AnswerPolicy(
            target: .minutes(45), hours: AnswerPolicy.hours(week: ["mon": ["22:00-02:00"]], exceptions: ["2026-12-25": []]),
            channelTargets: [.whatsApp: .minutes(30)], inboxTargets: [desk.inbox.id: .minutes(5)],
            escalation: EscalationSteps(supervisorAfter: .minutes(10), principalAfter: .minutes(20)))
        #expect(try await desk.storage.value { try $0.workspaces.workspace(workspace) }?.answerPolicy == AnswerPolicy(target: .minutes(60)))
        try await desk.storage.write { try $0.workspaces.setAnswerPolicy(policy, of: workspace) }
        #expect(try await desk.storage.value { try $0.workspaces.workspace(workspace) }?.answerPolicy == policy)
    }
}

extension SampleDesk {
    fileprivate func commitment(in message: Message, state: Commitment.State, due: Duration = .hours(20)) -> Commitment {
        let keeper: Message.ID? = if case .kept(let reply) = state { reply } else { nil }
        return Commitment(
            id: build.id(), workspace: workspace.id, conversation: message.conversation, message: message.id,
            promise: Commitment.Promise(text: "La factura", dueAt: build.now + due), member: principal.id, madeAt: build.now, state: state,
            keeper: keeper, escalation: Escalation(level: .member, nextAt: build.now + due))
    }

    fileprivate func card(_ id: Conversation.ID) async throws -> ConversationSummary? {
        try await storage.value { try $0.conversations.summary(id, scope: scope) }
    }
}
