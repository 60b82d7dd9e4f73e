import DeskCore
import DeskServices
import DeskTesting
import Testing

/// What could not be understood is kept, and can be tried again.
@Suite struct RetryTests {
    @Test func whatANewerProgramUnderstandsBecomesAMessage() async throws {
        let desk = try await Desk.open()
        try await desk.receive(.unreadable, body: "strange")
        let raw = try #require(try await desk.quarantined().first)
        desk.channels.script([.message("Hola", id: "w1", at: desk.now)], in: Array("strange".utf8))

        #expect(try await desk.retry(raw) == .projected)
        #expect(try await desk.messages().map(\.content.text) == ["Hola"])
        #expect(try await desk.isOwed())
        #expect(try await desk.quarantined().isEmpty)
        let fact = try #require(try await desk.ledger().last)
        #expect((fact.kind, fact.subject, fact.details["outcome"]) == (.eventRetried, raw.id.text, "projected"))
    }

    @Test func whatIsStillNotUnderstoodStays() async throws {
        let desk = try await Desk.open()
        try await desk.receive(.unreadable, body: "strange")
        let raw = try #require(try await desk.quarantined().first)
        #expect(try await desk.retry(raw).word == "quarantined")
        #expect(try await desk.quarantined().map(\.id) == [raw.id])
    }

    @Test func itIsTriedOnceAndNotAgain() async throws {
        let desk = try await Desk.open()
        try await desk.receive(.unreadable, body: "strange")
        let raw = try #require(try await desk.quarantined().first)
        desk.channels.script([.message("Hola", id: "w1", at: desk.now)], in: Array("strange".utf8))
        _ = try await desk.retry(raw)
        #expect(await code { _ = try await desk.retry(raw) } == .notFound)
        #expect(try await desk.messages().count == 1)
    }

    /// A change that named nobody we knew must not count as seen.
    @Test func aNoticeThatNamedNobodyCanBeTriedAgain() async throws {
        let desk = try await Desk.open()
        let named = SystemNotice(providerID: "n1", type: "user_changed_number", text: "Cambió de número", correspondent: .marta)
        var nameless = named
        nameless.correspondent = Correspondent(identities: [], name: nil)
        try await desk.receive(desk.notice(nameless), body: "notice")
        let raw = try #require(try await desk.quarantined().first)
        desk.channels.script([desk.notice(named)], in: Array("notice".utf8))
        #expect(try await desk.retry(raw) == .projected)
    }
}

extension Desk {
    fileprivate func notice(_ notice: SystemNotice) -> ChannelEvent {
        ChannelEvent(account: inbox.account, key: "n1", occurredAt: now, payload: .system(notice))
    }

    fileprivate func retry(_ raw: RawEvent) async throws -> RawEventOutcome {
        try await RetryEvent(context).retry(raw.id, in: workspace.id, by: principal.id)
    }
}

extension ChannelEvent {
    fileprivate static let unreadable = ChannelEvent(account: nil, key: nil, occurredAt: nil, payload: .malformed(reason: "no such kind"))
}
