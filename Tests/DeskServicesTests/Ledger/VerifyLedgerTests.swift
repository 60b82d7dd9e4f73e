import DeskCore
import DeskServices
import DeskTesting
import Testing

/// The proof log as the store keeps it (promise P9).
struct VerifyLedgerTests {
    @Test func aLongLedgerIsWalkedToItsHead() async throws {
        let desk = try await Desk.open()
        let now = desk.now
        let workspace = desk.workspace.id
        try await desk.write { session in
            for number in 1...4_321 {
                try session.ledger.append(LedgerFact(.messageReceived, "message-\(number)"), in: workspace, at: now)
            }
        }
        var steps: [Int64] = []
        let finding = try await VerifyLedger(desk.storage).verify(desk.workspace) { steps.append($0) }
        #expect(finding.fault == nil)
        #expect(finding.head.sequence == 4_321)
        #expect(steps.last == 4_321)
        #expect(steps == steps.sorted())
    }

    @Test func anEmptyLedgerIsIntact() async throws {
        let desk = try await Desk.open()
        let finding = try await VerifyLedger(desk.storage).verify(desk.workspace)
        #expect(finding.fault == nil)
        #expect(finding.head == LedgerHead(emptyLedgerOf: desk.workspace.id))
    }

    @Test func aLedgerWhoseLastEntriesWereCutOffIsFoundOutByItsHead() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        try await desk.writes(id: "wamid.2")
        let finding = try await VerifyLedger(CutLedger(storage: desk.storage, lastSequence: 2)).verify(desk.workspace)
        #expect(finding.fault == .missing(expected: 3, found: 2))
    }

    @Test func whatWasRolledBackLeavesNoEntry() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let before = try await desk.ledger()
        desk.storage.refuse(writes: 1)
        _ = await code { try await desk.writes(id: "wamid.2") }
        _ = await code { _ = try await desk.reply(String(repeating: "a", count: 5_000)) }
        #expect(try await desk.ledger() == before)
        #expect(try await desk.ledgerFault() == nil)
    }

    @Test func everyWorkspaceHasItsOwn() async throws {
        let desk = try await PeopleDesk.open()
        try await desk.desk.writes(id: "wamid.1")
        #expect(try await desk.ledgerKinds() == [.workspaceCreated])
        #expect(try await VerifyLedger(desk.desk.storage).verify(desk.workspace).fault == nil)
        #expect(try await desk.desk.ledgerFault() == nil)
    }
}
