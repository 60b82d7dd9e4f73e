import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// Late obligations reach the supervisor and the principal, once each, whatever happens to program and clock.
struct EscalationStoryTests {
    @Test func eachStepIsRecordedAndShownOnce() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        desk.time.advance(by: .minutes(59))
        #expect(try await desk.escalate() == 0)
        desk.time.advance(by: .minutes(1))
        #expect(try await desk.escalate() == 1)
        #expect(try await desk.escalate() == 0)
        #expect(try await desk.escalations() == ["supervisor"])
        desk.time.advance(by: .minutes(60))
        #expect(try await desk.escalate() == 1)
        #expect(try await desk.escalations() == ["supervisor", "principal"])
        #expect(try await desk.ledgerFault() == nil)
    }

    @Test func whatBecameDueWhileTheProgramWasDownIsDoneAtOnceAtItsStart() async throws {
        let desk = try await Desk.open()
        for (index, correspondent) in [Correspondent.marta, .bruno].enumerated() {
            try await desk.writes(id: "wamid.\(index)", from: correspondent)
        }
        desk.time.advance(by: .hours(30))
        #expect(try await desk.escalate() == 4)
        #expect(try await desk.escalate() == 0)
        #expect(try await desk.escalations().sorted() == ["principal", "principal", "supervisor", "supervisor"])
    }

    @Test func aClockThatJumpsForwardAndBackRepeatsNothing() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let start = desk.now
        for hours in [24, -24, 1, 0, 48, 2] {
            desk.time.set(start + .hours(hours))
            try await desk.escalate()
        }
        #expect(try await desk.escalations() == ["supervisor", "principal"])
    }

    @Test func ofTwoWorkersOnOneStoreOneMakesTheStep() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        desk.time.advance(by: .minutes(60))
        async let first = desk.escalate()
        async let second = desk.escalate()
        let made = try await (first, second)
        #expect(made.0 + made.1 == 1)
        #expect(try await desk.escalations() == ["supervisor"])
    }

    @Test func aStepThatCouldNotBeStoredIsMadeLater() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        desk.time.advance(by: .minutes(60))
        desk.storage.refuse(writes: 1)
        let again = await EscalateObligations(desk.context).round()
        #expect(again == desk.now + .seconds(1))
        #expect(try await desk.escalations().isEmpty)
        #expect(try await desk.escalate() == 1)
    }

    @Test func moreThanFitOneTransactionAreAllEscalated() async throws {
        let desk = try await Desk.open()
        for number in 0..<230 {
            let writer = Correspondent(identities: [ProviderIdentity(.phone, "34600\(100_000 + number)")], name: nil)
            try await desk.writes(id: "wamid.\(number)", from: writer)
        }
        desk.time.advance(by: .minutes(60))
        #expect(try await desk.escalate() == 230)
    }

    @Test func anAnswerBeforeTheDeadlineEscalatesNothing() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        _ = try await desk.reply()
        await desk.deliver()
        desk.time.advance(by: .hours(5))
        #expect(try await desk.escalate() == 0)
    }

    @Test func whatIsLateIsListedForWhomItConcerns() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        desk.time.advance(by: .minutes(60))
        try await desk.escalate()
        #expect(try await desk.listed(from: .supervisor).count == 1)
        #expect(try await desk.listed(from: .principal).isEmpty)
        desk.time.advance(by: .minutes(60))
        try await desk.escalate()
        #expect(try await desk.listed(from: .principal).first?.escalation == .principal)
        try await desk.saysNoAnswerNeeded()
        #expect(try await desk.listed(from: .supervisor).isEmpty)
    }
}

extension Desk {
    @discardableResult
    func escalate() async throws -> Int {
        try await EscalateObligations(context).escalateDue()
    }

    /// The levels that the ledger tells of, in order.
    func escalations() async throws -> [String] {
        try await ledger().filter { [.obligationEscalated, .commitmentEscalated].contains($0.kind) }.compactMap { $0.details["level"] }
    }

    func listed(from level: EscalationLevel) async throws -> [ConversationSummary] {
        let (workspace, scope) = (workspace.id, sample.scope)
        return try await read { try $0.conversations.escalated([workspace: level], scope: scope, limit: 10) }
    }
}
