import DeskCore
import DeskServices
import DeskTesting
import Testing

@Suite struct AttemptContract {
    @Test(arguments: StorageFactory.all)
    func repliesOfAConversationGoInTheOrderInWhichTheyWereWritten(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let now = desk.build.now
        let marta = try await desk.meet("Marta")
        let first = try await reply(to: marta.contact, marta.conversation, dueAt: now + .seconds(5), desk)
        let second = try await reply(to: marta.contact, first.conversation, dueAt: now, desk)
        let luis = try await desk.meet("Luis")
        let other = try await reply(to: luis.contact, luis.conversation, dueAt: now + .seconds(1), desk)

        #expect(try await due(now, desk).isEmpty)
        #expect(try await desk.storage.value { try $0.attempts.nextDueAt() } == now + .seconds(1))
        #expect(try await due(now + .seconds(5), desk) == [other.attempt.id, first.attempt.id])
        #expect(try await due(now + .seconds(5), desk, limit: 1) == [other.attempt.id])

        let claimed = try await move(first.attempt, .claimed, desk)
        #expect(try await due(now + .seconds(9), desk) == [other.attempt.id])
        #expect(try await desk.storage.value { try $0.attempts.sending() } == [claimed])
        _ = try await move(claimed, .called(.accepted(providerID: "wamid.9")), desk)
        #expect(try await due(now + .seconds(9), desk) == [second.attempt.id, other.attempt.id])
    }

    @Test(arguments: StorageFactory.all)
    func anAttemptIsFoundByMessageAndProviderId(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let marta = try await desk.meet("Marta")
        let made = try await reply(to: marta.contact, marta.conversation, dueAt: desk.build.now, desk)
        let sent = try await move(move(made.attempt, .claimed, desk), .called(.accepted(providerID: "wamid.9")), desk)
        try await desk.storage.read { session throws in
            #expect(try session.attempts.attempt(sent.id) == sent)
            #expect(try session.attempts.attempt(of: sent.message) == sent)
            #expect(try session.attempts.attempt(providerID: "wamid.9", in: desk.inbox.id) == sent)
            #expect(try session.attempts.attempt(providerID: "wamid.9", in: desk.build.id()) == nil)
            #expect(sent.recipient.isIntact)
        }
    }

    @Test(arguments: StorageFactory.all)
    func whatAPersonMustDecideIsListedOldestFirst(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let failure = DeliveryFailure(.content, code: "131009", text: "no")
        var decided: [Attempt] = []
        let events: [Attempt.Event] = [
            .called(.unknown(reason: "?")), .called(.unknown(reason: "!")), .called(.rejected(failure)),
            .called(.accepted(providerID: "w")),
        ]
        for event in events {
            let met = try await desk.meet()
            let made = try await reply(to: met.contact, met.conversation, dueAt: desk.build.now, desk)
            decided.append(try await move(move(made.attempt, .claimed, desk), event, desk))
        }
        #expect(try await desk.storage.value { try $0.attempts.undecided(scope: desk.scope, limit: 9) } == Array(decided.prefix(2)))
        #expect(try await desk.storage.value { try $0.attempts.undecided(scope: desk.scope, limit: 1) } == Array(decided.prefix(1)))
        #expect(try await desk.storage.value { try $0.attempts.nextDueAt() } == nil)
    }

    @Test(arguments: StorageFactory.all)
    func whatBeganToWaitInTheFutureOfAClockSetBackWaitsAsLongFromNow(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let (begun, setBack) = (desk.build.now, desk.build.now - .seconds(3_600))
        let marta = try await desk.meet("Marta")
        _ = try await reply(to: marta.contact, marta.conversation, dueAt: begun + .seconds(5), desk)

        try await desk.storage.write { try $0.attempts.restartWaits(at: begun) }
        #expect(try await desk.storage.value { try $0.attempts.nextDueAt() } == begun + .seconds(5))
        for _ in 0..<2 {
            try await desk.storage.write { try $0.attempts.restartWaits(at: setBack) }
            #expect(try await desk.storage.value { try $0.attempts.nextDueAt() } == setBack + .seconds(5))
        }
    }

    private func reply(
        to contact: Contact, _ conversation: Conversation, dueAt: Instant, _ desk: SampleDesk
    ) async throws -> (attempt: Attempt, conversation: Conversation) {
        let (message, after) = try await desk.say("Sí", .outbound, in: conversation)
        let attempt = desk.build.attempt(of: message, to: contact, in: after, dueAt: dueAt)
        try await desk.storage.write { try $0.attempts.insert(attempt, at: desk.build.now) }
        return (attempt, after)
    }

    private func move(_ attempt: Attempt, _ event: Attempt.Event, _ desk: SampleDesk) async throws -> Attempt {
        var moved = attempt
        _ = try moved.handle(event, at: desk.build.now)
        let after = moved
        try await desk.storage.write { try $0.attempts.update(after, at: desk.build.now) }
        return after
    }

    private func due(_ instant: Instant, _ desk: SampleDesk, limit: Int = 10) async throws -> [Attempt.ID] {
        try await desk.storage.value { try $0.attempts.due(at: instant, limit: limit).map(\.id) }
    }
}
