import DeskCore
import Testing

@testable import ProviderSimulators

@Suite struct FaultTests {
    @Test func strikesAsOftenAsAskedThenNoMore() throws {
        var (world, _, _) = try Samples.world()
        _ = world.add(Fault(.refusal(GraphError(code: 131_016)), times: 2))
        let answers = (0..<3).map { _ in world.send(Samples.text(), from: "1000", at: Samples.noon) }
        #expect(answers.map(\.status) == [500, 500, 200])
        #expect(world.pendingFaults.isEmpty)
    }

    @Test func strikesOnlyTheContactThatItIsFor() throws {
        var (world, _, bea) = try Samples.world()
        _ = world.add(Fault(.htmlError, contactID: bea.id))
        #expect(world.send(Samples.text(), from: "1000", at: Samples.noon).status == 200)
        #expect(world.pendingFaults.count == 1)
    }

    @Test func acceptsWhatIsCutAfterAcceptance() throws {
        var (world, _, _) = try Samples.world()
        _ = world.add(Fault(.cutAfterAcceptance))
        #expect(world.send(Samples.text(), from: "1000", at: Samples.noon).fate == .cut)
        let receipt = try #require(world.receipts.last)
        #expect(receipt.outcome == .accepted)
        #expect(receipt.isAnswerLost)
        #expect(world.told().map { $0["status"]?.string } == ["sent", "delivered", "read"])
    }

    @Test func acceptsNothingWhenCutBefore() throws {
        var (world, _, _) = try Samples.world()
        _ = world.add(Fault(.cutBeforeAcceptance))
        #expect(world.send(Samples.text(), from: "1000", at: Samples.noon).fate == .cut)
        #expect(world.receipts.map(\.outcome) == [.refused])
        #expect(world.told().isEmpty)
    }

    @Test func answersHTMLWhenDown() throws {
        var (world, _, _) = try Samples.world()
        _ = world.add(Fault(.htmlError))
        let answer = world.send(Samples.text(), from: "1000", at: Samples.noon)
        #expect(answer.status == 500)
        #expect(answer.json == .null)
    }

    @Test func failsAfterAcceptance() throws {
        var (world, _, _) = try Samples.world()
        _ = world.add(Fault(.asyncFailure(GraphError(code: 131_049))))
        #expect(world.send(Samples.text(), from: "1000", at: Samples.noon).status == 200)
        let notices = world.takeNotices().flatMap(\.notices)
        guard case .status(let status, contact: let contact)? = notices.first else {
            Issue.record("There is no status.")
            return
        }
        #expect(status["errors"]?.array?.first?["code"] == 131_049)
        #expect(contact == nil)
    }
}
