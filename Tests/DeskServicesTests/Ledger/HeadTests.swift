import DeskCore
import DeskServices
import DeskTesting
import Synchronization
import Testing

/// Heads are signed, kept, and brought outside (promise P9).
struct HeadTests {
    private let keys = MemoryHeadKeys()

    @Test func aHeadSaysWhatTheLedgerIs() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let head = try #require(try await heads(desk).make(of: desk.workspace.id))
        let newest = try await desk.ledger().last
        #expect(head.checkpoint.size == newest?.sequence)
        #expect(head.checkpoint.chainHash == newest?.hash)
        #expect(try await verified(desk).headCount == 1)
    }

    @Test func nothingIsSignedTwice() async throws {
        let desk = try await Desk.open()
        try await desk.writes(id: "wamid.1")
        let first = try await heads(desk).make(of: desk.workspace.id)
        desk.time.advance(by: .minutes(1))
        #expect(try await heads(desk).make(of: desk.workspace.id) == first)
        #expect(try await verified(desk).headCount == 1)
    }

    @Test func anEmptyLedgerHasNone() async throws {
        let desk = try await Desk.open()
        #expect(try await heads(desk).make(of: desk.workspace.id) == nil)
    }

    @Test(arguments: [1, 255, 256, 257, 700])
    func headsMadeOnTheWayAreThoseOfTheWholeLedger(step: Int) async throws {
        let desk = try await Desk.open()
        for _ in 0..<(step == 1 ? 20 : 3) {
            try await desk.fill(entries: step)
            try await heads(desk).make(of: desk.workspace.id)
        }
        let finding = try await verified(desk)
        #expect(finding.fault == nil)
        #expect(finding.headCount == (step == 1 ? 20 : 3))
    }

    @Test func twoWhoSignAtOnceAgree() async throws {
        let desk = try await Desk.open()
        try await desk.fill(entries: 600)
        let workspace = desk.workspace.id
        let maker = heads(desk)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { try await maker.make(of: workspace) } }
            try await group.waitForAll()
        }
        try await desk.fill(entries: 300)
        try await heads(desk).make(of: workspace)
        #expect(try await verified(desk).fault == nil)
        #expect(try await verified(desk).headCount == 2)
    }

    @Test func aHeadIsDueAfterAWhileOrAfterManyEntries() async throws {
        let desk = try await Desk.open()
        let worker = KeepHeads(
            desk.context, signing: keys, delivery: nil, schedule: HeadSchedule(interval: .minutes(10), entries: 50))
        try await desk.fill(entries: 1)
        await worker.round()
        #expect(try await verified(desk).headCount == 1)
        try await desk.fill(entries: 49)
        await worker.round()
        #expect(try await verified(desk).headCount == 1)
        try await desk.fill(entries: 1)
        await worker.round()
        #expect(try await verified(desk).headCount == 2)
        try await desk.fill(entries: 1)
        desk.time.advance(by: .minutes(10))
        await worker.round()
        await worker.round()
        #expect(try await verified(desk).headCount == 3)
    }

    @Test func aHeadIsBroughtOutUntilItIsThere() async throws {
        let desk = try await Desk.open()
        let place = Place()
        let worker = KeepHeads(desk.context, signing: keys, delivery: place, schedule: HeadSchedule())
        try await desk.fill(entries: 3)
        place.isOpen.withLock { $0 = false }
        await worker.round()
        #expect(try await desk.newestHead()?.deliveryFailure == "The folder is full.")
        #expect(try await desk.newestHead()?.deliveredAt == nil)
        place.isOpen.withLock { $0 = true }
        await worker.round()
        let newest = try #require(try await desk.newestHead())
        #expect(newest.deliveredAt == desk.now)
        #expect(newest.deliveredTo == "elsewhere")
        #expect(newest.deliveryFailure == nil)
        await worker.round()
        #expect(place.delivered.withLock { $0 } == [newest.note])
    }

    @Test func whatDoesNotFollowIsNotSigned() async throws {
        let desk = try await Desk.open()
        try await desk.fill(entries: 3)
        try await heads(desk).make(of: desk.workspace.id)
        let forged = StoredHead(
            workspace: desk.workspace.id, size: 2, note: try #require(try await desk.newestHead()).note, peaks: "", signedAt: desk.now)
        try await desk.write { try $0.heads.insert(forged, nodes: []) }
        try await desk.fill(entries: 1)
        #expect(try await heads(desk).make(of: desk.workspace.id)?.checkpoint.size == 4)
        let alien = StoredHead(workspace: desk.workspace.id, size: 5, note: forged.note, peaks: "", signedAt: desk.now)
        try await desk.write { try $0.heads.insert(alien, nodes: []) }
        try await desk.fill(entries: 2)
        #expect(await code { try await heads(desk).make(of: desk.workspace.id) } == .ledgerBroken)
    }

    private func heads(_ desk: Desk) -> MakeHeads { MakeHeads(desk.storage, time: desk.time, signing: keys) }

    private func verified(_ desk: Desk) async throws -> VerifyLedger.Finding {
        let key = try await keys.key(of: desk.workspace.id)
        return try await VerifyLedger(desk.storage, keys: [key].compactMap(\.self)).verify(desk.workspace)
    }
}

/// A place outside that may refuse.
private final class Place: HeadDelivery {
    let isOpen = Mutex(true)
    let delivered = Mutex<[String]>([])

    func deliver(_ head: SignedHead, key: LedgerKey) async throws -> String {
        guard isOpen.withLock({ $0 }) else { throw DeskError(.storageUnavailable, message: "The folder is full.") }
        delivered.withLock { $0.append(head.note) }
        return "elsewhere"
    }
}

extension Desk {
    /// Facts without a story.
    func fill(entries: Int) async throws {
        let (workspace, now) = (workspace.id, now)
        try await write { session in
            for number in 0..<entries {
                try session.ledger.append(LedgerFact(.messageReceived, "message-\(number)"), in: workspace, at: now)
            }
        }
    }

    func newestHead() async throws -> StoredHead? {
        let workspace = workspace.id
        return try await read { try $0.heads.newest(of: workspace) }
    }
}
