import DeskCore
import Testing

/// A receipt proves one message to somebody who has nothing else but the key.
struct LedgerReceiptTests {
    private let signer = HeadSigner(of: Sample.workspace)

    @Test(arguments: 1...20)
    func everyEntryOfALedgerIsProved(size: Int) throws {
        let ledger = try SampleLedger(size: size, signer: signer)
        for number in 1...size {
            let receipt = try ledger.receipt(for: number)
            #expect(try receipt.verify(by: [signer.key]) == ledger.head.checkpoint)
        }
    }

    @Test func nothingIsProvedByAnotherKey() throws {
        let receipt = try SampleLedger(size: 9, signer: signer).receipt(for: 4)
        #expect(throws: LedgerReceipt.Fault.headNotSigned) { try receipt.verify(by: [HeadSigner(of: Sample.workspace).key]) }
        #expect(throws: LedgerReceipt.Fault.headNotSigned) { try receipt.verify(by: []) }
    }

    @Test func anEntryIsNotProvedByAnotherOnesProof() throws {
        let ledger = try SampleLedger(size: 9, signer: signer)
        let proof = try ledger.proofs.inclusion(of: 3, inSize: 9)
        let receipt = ledger.receipt(for: 5, proof: proof)
        #expect(throws: LedgerReceipt.Fault.entryNotIncluded(sequence: 5)) { try receipt.verify(by: [signer.key]) }
    }

    @Test func anAlteredEntryIsNotProved() throws {
        let ledger = try SampleLedger(size: 9, signer: signer)
        let entry = ledger.entries[4]
        let altered = LedgerEntry(
            workspace: entry.workspace, sequence: entry.sequence, at: entry.at - .seconds(3_600), kind: entry.kind, subject: entry.subject,
            details: entry.details, previousHash: entry.previousHash, hash: entry.hash)
        let receipt = ledger.receipt(of: altered, proof: try ledger.proofs.inclusion(of: 4, inSize: 9))
        #expect(throws: LedgerReceipt.Fault.entryAltered(sequence: 5)) { try receipt.verify(by: [signer.key]) }
    }

    @Test func aReceiptIsAboutItsMessage() throws {
        let ledger = try SampleLedger(size: 9, signer: signer)
        let proof = try ledger.proofs.inclusion(of: 4, inSize: 9)
        let receipt = LedgerReceipt(
            message: Message.ID("message-6"), workspace: Sample.workspace,
            entries: [WrittenEntry(ledger.entries[4], inclusionProof: proof)], signedHead: ledger.head, key: signer.key)
        #expect(throws: LedgerReceipt.Fault.notAboutTheMessage) { try receipt.verify(by: [signer.key]) }
    }

    @Test func aReceiptInTheNameOfAnotherLedgerProvesNothing() throws {
        let ledger = try SampleLedger(size: 9, signer: signer)
        let right = try ledger.receipt(for: 5)
        let renamed = LedgerReceipt(
            message: right.message, workspace: Workspace.ID("other"), entries: right.entries, signedHead: ledger.head, key: signer.key)
        #expect(throws: LedgerReceipt.Fault.headOfAnotherLedger) { try renamed.verify(by: [signer.key]) }
    }

    @Test func aReceiptWithoutEntriesProvesNothing() throws {
        let ledger = try SampleLedger(size: 2, signer: signer)
        let receipt = LedgerReceipt(
            message: Message.ID("message-1"), workspace: Sample.workspace, entries: [], signedHead: ledger.head, key: signer.key)
        #expect(throws: LedgerReceipt.Fault.empty) { try receipt.verify(by: [signer.key]) }
    }
}
