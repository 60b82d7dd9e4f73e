import DeskCore
import Testing

/// Whoever kept a head learns that the ledger only grew since, without having to see the ledger.
struct ConsistencyProofTests {
    private let signer = HeadSigner(of: Sample.workspace)

    @Test(arguments: 1...20)
    func growthFromEverySizeIsProved(size: Int) throws {
        let now = try SampleLedger(size: 20, signer: signer)
        let kept = try SampleLedger(size: size, signer: signer).head
        #expect(try proof(from: size, to: now).verify(from: kept, by: [signer.key]) == now.head.checkpoint)
    }

    @Test(arguments: 1...19)
    func aLedgerThatWasWrittenAnewIsFound(size: Int) throws {
        let now = try SampleLedger(size: 20, signer: signer, word: "another")
        let kept = try SampleLedger(size: size, signer: signer).head
        #expect(throws: ConsistencyProof.Fault.rewritten(size: Int64(size))) {
            try proof(from: size, to: now).verify(from: kept, by: [signer.key])
        }
    }

    @Test func nothingIsProvedByAnotherKey() throws {
        let now = try SampleLedger(size: 9, signer: signer)
        let stranger = HeadSigner(of: Sample.workspace)
        let (kept, foreign) = (try SampleLedger(size: 4, signer: signer).head, try SampleLedger(size: 4, signer: stranger).head)
        let proof = try proof(from: 4, to: now)
        #expect(throws: ConsistencyProof.Fault.headNotSigned) { try proof.verify(from: kept, by: [stranger.key]) }
        #expect(throws: ConsistencyProof.Fault.keptHeadNotSigned) { try proof.verify(from: foreign, by: [signer.key]) }
    }

    @Test func aProofFromAnotherSizeIsNoneForTheKeptHead() throws {
        let now = try SampleLedger(size: 9, signer: signer)
        let kept = try SampleLedger(size: 5, signer: signer).head
        #expect(throws: ConsistencyProof.Fault.notFromTheKeptHead(size: 5)) {
            try proof(from: 4, to: now).verify(from: kept, by: [signer.key])
        }
    }

    @Test func theHeadsAreOfTheLedgerThatIsProved() throws {
        let now = try SampleLedger(size: 9, signer: signer)
        let kept = try SampleLedger(size: 4, signer: signer).head
        let renamed = ConsistencyProof(
            workspace: Workspace.ID("other"), fromSize: 4, hashes: try now.proofs.consistency(from: 4, to: 9), signedHead: now.head,
            key: signer.key)
        #expect(throws: ConsistencyProof.Fault.headOfAnotherLedger) { try renamed.verify(from: kept, by: [signer.key]) }
    }

    private func proof(from size: Int, to ledger: SampleLedger) throws -> ConsistencyProof {
        ConsistencyProof(
            workspace: Sample.workspace, fromSize: Int64(size),
            hashes: try ledger.proofs.consistency(from: Int64(size), to: Int64(ledger.entries.count)), signedHead: ledger.head,
            key: signer.key)
    }
}
