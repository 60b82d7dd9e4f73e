import DeskCore
import DeskTesting
import Testing

/// Whatever happens in whatever order, the desk agrees with a model that is too simple to be wrong (promises P1 to P4 and P9).
struct DeskModelTests {
    @Test(arguments: 1...24 as ClosedRange<UInt64>)
    func theDeskAgreesWithItsModelAfterEveryStep(seed: UInt64) async throws {
        var world = try await World(seed: seed)
        for _ in 1...80 {
            try await world.step()
            try await world.check(seed)
        }
        #expect(try await world.desk.ledgerFault() == nil)
    }
}
