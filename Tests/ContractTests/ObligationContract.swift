import DeskCore
import DeskServices
import DeskTesting
import Testing

@Suite struct ObligationContract {
    @Test(arguments: StorageFactory.all)
    func aConversationHasAtMostOneOpenObligation(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (message, conversation) = try await desk.say("Hola", in: desk.meet().conversation)
        let second = desk.build.obligation(for: try #require(InboundMessage(message)), in: desk.workspace.id)
        await #expect(throws: DeskError.self) {
            try await desk.storage.write { try $0.obligations.insert(second, at: desk.build.now) }
        }
        let open = try await desk.storage.value { try $0.obligations.open(in: conversation.id) }
        #expect(open != nil)
        #expect(open?.id != second.id)
    }

    @Test(arguments: StorageFactory.all)
    func anEndedObligationMakesRoomForAnotherAndIsFoundByItsReply(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (message, conversation) = try await desk.say("Hola", in: desk.meet().conversation)
        let inbound = try #require(InboundMessage(message))
        let reply: Message.ID = desk.build.id()
        let ended = try await desk.storage.write { session throws in
            var obligation = try #require(try session.obligations.open(in: conversation.id))
            _ = obligation.handle(.replyAccepted(reply, seenThrough: 1), answerTarget: .minutes(60))
            try session.obligations.update(obligation, at: desk.build.now)
            return obligation
        }
        let next = desk.build.obligation(for: inbound, in: desk.workspace.id)
        try await desk.storage.write { try $0.obligations.insert(next, at: desk.build.now) }
        try await desk.storage.read { session throws in
            #expect(try session.obligations.ended(by: reply) == ended)
            #expect(try session.obligations.obligation(ended.id) == ended)
            #expect(try session.obligations.open(in: conversation.id) == next)
            #expect(try session.conversations.summary(conversation.id, scope: desk.scope)?.obligation == next)
        }
    }

    @Test(arguments: StorageFactory.all)
    func allWaysOfEndingAreReadBack(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let word = try NoAnswerNeeded(member: desk.principal.id, reason: "solo dio las gracias", at: desk.build.now)
        for ending in [Ending.answered(desk.build.id()), .answeredElsewhere(desk.build.id()), .noAnswerNeeded(word)] {
            let conversation = try await desk.meet().conversation
            let obligation = Obligation(
                id: desk.build.id(), workspace: desk.workspace.id, conversation: conversation.id, owedSince: desk.build.now,
                dueAt: desk.build.now, firstPosition: 1, lastPosition: 1, state: .ended(ending),
                escalation: Escalation(level: .supervisor, nextAt: nil))
            try await desk.storage.write { try $0.obligations.insert(obligation, at: desk.build.now) }
            #expect(try await desk.storage.value { try $0.obligations.obligation(obligation.id) } == obligation)
            #expect(try await desk.storage.value { try $0.obligations.open(in: conversation.id) } == nil)
        }
    }
}
