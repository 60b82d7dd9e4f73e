import DeskCore
import DeskServices
import DeskTesting
import Testing

@Suite struct WordIndexContract {
    /// The index and the program must agree on where words end, or a query would be refused as syntax.
    @Test(arguments: StorageFactory.all, 0..<4)
    func noScalarMakesAQueryFail(_ factory: StorageFactory, _ part: Int) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let scalars = stride(from: part * 13, to: 0x1_FFFF, by: 4 * 13).compactMap { Unicode.Scalar(UInt32($0)) }
        try await desk.storage.read { session in
            for scalar in scalars {
                _ = try session.search.search("a\(scalar)b \(scalar)", scope: desk.scope, limit: 1, cursor: nil)
            }
        }
    }

    /// Common and rare long words take different ways through the index, and must find the same.
    @Test(arguments: StorageFactory.all)
    func longWordsAreFoundWhetherTheyAreCommonOrRare(_ factory: StorageFactory) async throws {
        let desk = try await SampleDesk.open(in: factory.storage())
        let met = try await desk.meet().conversation
        let rare = try await desk.say("una transferible", in: met)
        var conversation = rare.conversation
        for number in 0..<300 {
            conversation = try await desk.say("la transferencia número \(number)", in: conversation).conversation
        }
        #expect(try await found("transferible", desk) == [rare.message.position])
        #expect(try await found("transferencia", desk) == Array((297...301).reversed()))
        #expect(try await found("transferencia 17", desk) == [181, 180, 179, 178, 177])
        #expect(try await found("transferido", desk) == [])
    }

    private func found(_ query: String, _ desk: SampleDesk) async throws -> [Int] {
        try await desk.storage.read { session in
            try session.search.search(query, scope: desk.scope, limit: 5, cursor: nil).items.compactMap { hit in
                try hit.message.flatMap { try session.messages.message($0)?.position }
            }
        }
    }
}
