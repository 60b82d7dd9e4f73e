import DeskCore
import DeskServices
import DeskTesting
import Testing

/// That a ledger only grew since a head, proved from what is stored.
struct GrowthTests {
    private let keys = MemoryHeadKeys()

    @Test(arguments: [(1, 1), (3, 300), (300, 2_000)])
    func growthSinceAHeadThatWasKeptIsProved(before: Int, after: Int) async throws {
        let desk = try await Desk.open()
        try await desk.fill(entries: before)
        let kept = try #require(try await make(desk))
        try await desk.fill(entries: after)
        try await make(desk)
        let key = try #require(try await keys.key(of: desk.workspace.id))
        let proof = try await growth(desk).consistency(from: kept.checkpoint.size, in: desk.workspace.id)
        #expect(try proof.verify(from: kept, by: [key]).size > kept.checkpoint.size)
    }

    @Test func aHeadIsMadeWhenNoneReachesThatFar() async throws {
        let desk = try await Desk.open()
        try await desk.fill(entries: 7)
        let size = try await desk.storage.read { try $0.ledger.head(of: desk.workspace.id).sequence }
        let proof = try await growth(desk).consistency(from: size, in: desk.workspace.id)
        #expect(SignedHead(note: proof.signedHead)?.checkpoint.size == size)
    }

    @Test(arguments: [Int64.min, -1, 0, 1_000, .max])
    func aSizeThatTheLedgerNeverHadIsRefused(size: Int64) async throws {
        let desk = try await Desk.open()
        try await desk.fill(entries: 7)
        #expect(await code { _ = try await growth(desk).consistency(from: size, in: desk.workspace.id) } == .invalidRequest)
    }

    @discardableResult
    private func make(_ desk: Desk) async throws -> SignedHead? {
        try await MakeHeads(desk.storage, time: desk.time, signing: keys).make(of: desk.workspace.id)
    }

    private func growth(_ desk: Desk) -> ProveGrowth { ProveGrowth(desk.context, signing: keys) }
}
