import DeskCore
import DeskServices
import DeskTesting
import Testing

/// What people do with a conversation besides answering. None of it ends what is owed (promise P2).
struct TendingTests {
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func nothingButAnAnswerOrAPersonsWordEndsWhatIsOwed(seed: UInt64) async throws {
        var chance = SeededGenerator(seed: seed)
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let owed = try #require(try await desk.obligation())

        for step in 1...30 {
            try await desk.tend(chance: &chance)
            #expect(try await desk.obligation() == owed, "seed \(seed), step \(step)")
        }
        #expect(try await desk.ledgerFault() == nil)
    }

    @Test func theRecordedWordOfAPersonEndsItWithReasonAndName() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.saysNoAnswerNeeded("Solo agradece")

        #expect(try await !desk.isOwed())
        let entry = try #require(try await desk.ledger().last)
        #expect(entry.kind == .obligationEnded)
        #expect(entry.details["no_answer_needed_by"] == desk.assistant.id.text)
    }

    @Test(arguments: ["", "  ", "👍"])
    func noAnswerNeededWantsAReason(reason: String) async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        #expect(await code { try await desk.saysNoAnswerNeeded(reason) } == .invalidRequest)
        #expect(try await desk.isOwed())
    }

    @Test func noAnswerNeededOfWhatOneHasNotSeenIsRefused() async throws {
        let desk = try await Desk.open()
        try await desk.writes("gracias", id: "wamid.1")
        let seen = try await desk.conversation()
        try await desk.writes("¿y cuánto cuesta?", id: "wamid.2")

        let refusal = await code {
            try await TendConversation(desk.context).noAnswerNeeded(
                seen.id, reason: "Solo agradece", seenVersion: seen.version, by: desk.assistant.id)
        }
        #expect(refusal == .staleConversation)
        #expect(try await desk.isOwed())
    }

    @Test func whereNothingIsOwedThereIsNothingToDismiss() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.saysNoAnswerNeeded()
        #expect(await code { try await desk.saysNoAnswerNeeded() } == .invalidRequest)
    }

    @Test func whatTheContactWritesAfterwardsIsOwedAnew() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.saysNoAnswerNeeded()
        desk.time.advance(by: .minutes(3))
        try await desk.writes("perdón, una cosa", id: "wamid.2")
        #expect(try await desk.obligation()?.owedSince == desk.now)
    }

    @Test func aSnoozedConversationWakesWhenTheContactWrites() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let id = try await desk.conversation().id
        try await TendConversation(desk.context).snooze(id, until: desk.now + .hours(2), by: desk.assistant.id)
        #expect(try await desk.conversation().snoozedUntil == desk.now + .hours(2))

        try await desk.writes(id: "wamid.2")
        #expect(try await desk.conversation().snoozedUntil == nil)
        #expect(
            await code { try await TendConversation(desk.context).snooze(id, until: desk.now, by: desk.assistant.id) } == .invalidRequest)
    }

    @Test func aConversationIsGivenOnlyToWhoMayAnswerIt() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let id = try await desk.conversation().id
        let stranger = desk.sample.build.user("Nadie")
        let now = desk.now
        try await desk.write { try $0.people.insert(stranger, at: now) }

        try await TendConversation(desk.context).assign(id, to: desk.assistant.id, by: desk.principal.id)
        #expect(try await desk.conversation().assignee == desk.assistant.id)
        for other in [stranger.id, User.ID("nobody")] {
            #expect(
                await code { try await TendConversation(desk.context).assign(id, to: other, by: desk.principal.id) } == .invalidRequest)
        }
        try await TendConversation(desk.context).assign(id, to: nil, by: desk.assistant.id)
        #expect(try await desk.conversation().assignee == nil)
    }

    @Test(arguments: [("", false), ("  \n", false), ("ojo", true), (String(repeating: "a", count: 20_001), false)])
    func aNoteHasWordsAndAnEnd(text: String, isKept: Bool) async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let id = try await desk.conversation().id
        let refusal = await code { _ = try await TendConversation(desk.context).addNote(text, to: id, by: desk.assistant.id) }
        #expect(refusal == (isKept ? nil : .invalidRequest))
        #expect(try await desk.messages().count == (isKept ? 2 : 1))
    }

    @Test func whoIsNotAMemberIsNotToldThatTheConversationExists() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.revoke(desk.assistant)
        #expect(await code { try await desk.saysNoAnswerNeeded() } == .notFound)
        #expect(await code { _ = try await desk.reply() } == .notFound)
    }
}

extension Desk {
    /// Any act but an answer and the recorded “no answer needed”.
    fileprivate func tend(chance: inout SeededGenerator) async throws {
        let tending = TendConversation(context)
        let conversation = try await conversation()
        let user = Bool.random(using: &chance) ? assistant.id : principal.id
        switch Int.random(in: 0..<8, using: &chance) {
        case 0: try await tending.assign(conversation.id, to: assistant.id, by: user)
        case 1: try await tending.assign(conversation.id, to: nil, by: user)
        case 2: try await tending.snooze(conversation.id, until: now + .hours(1), by: user)
        case 3: try await tending.snooze(conversation.id, until: nil, by: user)
        case 4: _ = try await tending.addNote("nota", to: conversation.id, by: user)
        case 5: try await tending.keepDraft("borrador", in: conversation.id, by: user)
        case 6:
            let reply = try await reply(by: user == assistant.id ? assistant : principal)
            _ = try await DecideReply(context).undo(reply.id, by: user)
        default:
            let revision = Revision(originalProviderID: "wamid.1", correspondent: .marta, content: nil)
            try await receive(ChannelEvent(occurredAt: now, payload: .deletion(revision)))
        }
        time.advance(by: .minutes(7))
    }
}
