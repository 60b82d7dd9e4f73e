import DeskCore
import DeskServices
import DeskTesting
import Testing

/// A projection is nothing but what the raw events say (invariant I18).
@Suite struct ReplayTests {
    @Test func whatWasProjectedIsWhatTheRawEventsSay() async throws {
        let desk = try await Desk.open()
        let account = desk.inbox.account
        try await desk.receive(.message("Hola", id: "w1", from: .marta, at: desk.now, account: account), body: "1")
        desk.time.advance(by: .minutes(1))
        try await desk.receive(.message("¿Hay pan?", id: "w2", from: .bruno, at: desk.now, account: account), body: "2")
        _ = try await desk.reply("Sí")
        await desk.deliver()
        try await desk.receive(.echo("Contesto yo", id: "e1", to: .bruno, at: desk.now), body: "3")
        let read = StatusUpdate(providerID: "sent-1", stage: .read)
        try await desk.receive(ChannelEvent(account: account, key: "s1", occurredAt: desk.now, payload: .status(read)), body: "4")
        let finding = try await desk.replay()
        #expect(finding.difference == nil)
        #expect((finding.events, finding.messages) == (4, 3))
    }

    @Test func anAlteredMessageIsFound() async throws {
        let desk = try await Desk.open()
        try await desk.writes("Hola", id: "w1")
        var message = try #require(try await desk.messages().first)
        message.content.text = "Adiós"
        let altered = message
        try await desk.write { try $0.messages.update(altered) }
        let difference = try #require(try await desk.replay().difference)
        #expect((difference.kind, difference.providerID, difference.parts) == (.changed, "w1", ["content"]))
    }

    @Test func aMessageThatNoEventTellsOfIsFound() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "w1")
        var conversation = try await desk.conversation()
        let invented = desk.sample.build.message(in: &conversation, providerID: "made up")
        let (workspace, inbox) = (desk.workspace.id, desk.inbox.id)
        try await desk.write { _ = try $0.messages.insert(invented, workspace: workspace, inbox: inbox, replyKey: nil) }
        #expect(try await desk.replay().difference?.kind == .unfounded)
    }

    @Test func aMessageThatWasNeverProjectedIsFound() async throws {
        let desk = try await Desk.open()
        let body = Array("lost".utf8)
        desk.channels.script([.message(id: "w9", at: desk.now)], in: body)
        let raw = RawEvent(
            id: desk.sample.build.id(), workspace: desk.workspace.id, inbox: desk.inbox.id, receivedAt: desk.now, body: body,
            outcome: .projected)
        try await desk.write { try $0.rawEvents.insert(raw) }
        let difference = try #require(try await desk.replay().difference)
        #expect((difference.kind, difference.providerID) == (.missing, "w9"))
    }

    /// Batches of messages and echoes, some of them twice, in any order: the conversations hold the same.
    @Test(arguments: 0..<24)
    func theOrderOfBatchesMakesNoDifferenceToWhatIsSaid(seed: UInt64) async throws {
        var random = SplitMix(seed: seed)
        let start = ManualTime().now()
        let events = (0..<12).map { number in
            let who: Correspondent = random.next() % 2 == 0 ? .marta : .bruno
            let at = start - .minutes(Int(random.next() % 300))
            return random.next() % 4 == 0
                ? ChannelEvent.echo("Eco \(number)", id: "e\(number)", to: who, at: at)
                : ChannelEvent.message("Mensaje \(number)", id: "w\(number)", from: who, at: at)
        }
        let batches = events.batched(&random) + [Array(events.shuffled(using: &random).prefix(4))]
        let first = try await Self.contents(after: batches)
        let second = try await Self.contents(after: batches.shuffled(using: &random))
        #expect(first == second)
        #expect(first.count == events.count)
    }

    private static func contents(after batches: [[ChannelEvent]]) async throws -> [String] {
        let desk = try await Desk.open()
        for (number, batch) in batches.enumerated() {
            let own = batch.map { ChannelEvent(account: desk.inbox.account, key: $0.key, occurredAt: $0.occurredAt, payload: $0.payload) }
            let body = Array("\(number)".utf8)
            desk.channels.script(own, in: body)
            _ = try await Receive(desk.context, projecting: ProjectionBell()).receive(body: body, inbox: desk.inbox)
            desk.time.advance(by: .seconds(1))
        }
        #expect(try await desk.replay().difference == nil)
        let messages = try await desk.read { try $0.operations.messages(after: nil, limit: 1_000) }
        return messages.map { message in
            "\(message.sentAt.microseconds) \(message.providerID ?? "") \(message.direction.rawValue) \(message.content.text)"
        }.sorted()
    }
}

extension Desk {
    fileprivate func replay() async throws -> ReplayCheck.Finding {
        try await ReplayCheck(context, scratch: try await StorageFactory.sqliteInMemory.storage()).check()
    }
}

extension ChannelEvent {
    fileprivate static func echo(_ text: String, id: String, to correspondent: Correspondent, at instant: Instant) -> ChannelEvent {
        let content = MessageContent(kind: .text, text: text)
        return ChannelEvent(
            account: nil, key: id, occurredAt: instant,
            payload: .echo(ReceivedMessage(providerID: id, correspondent: correspondent, content: content)))
    }
}

extension Array where Element == ChannelEvent {
    /// In pieces of one to three.
    fileprivate func batched(_ random: inout SplitMix) -> [[ChannelEvent]] {
        var (batches, rest) = ([[ChannelEvent]](), self[...])
        while !rest.isEmpty {
            let count = Int(random.next() % 3) + 1
            batches.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return batches
    }
}

/// Numbers that look like chance and are always the same for a seed (Steele, Lea, Flood: SplitMix, 2014).
private struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
