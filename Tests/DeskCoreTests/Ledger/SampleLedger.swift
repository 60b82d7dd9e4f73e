import DeskCore

/// A ledger of one message after the other, with a signed head.
struct SampleLedger {
    let entries: [LedgerEntry]
    let head: SignedHead
    let key: LedgerKey

    /// - Parameter word: what the entries are about; another one makes another ledger.
    init(size: Int, signer: HeadSigner, word: String = "message") throws {
        var tree = LedgerTree(of: Sample.workspace)
        entries = try (1...size).map { number in
            let entry = tree.head.recording(LedgerFact(.messageReceived, "\(word)-\(number)"), at: Sample.noon)
            _ = try tree.follow(entry)
            return entry
        }
        head = try signer.sign(tree.checkpoint(at: Sample.noon))
        key = signer.key
    }

    var proofs: MerkleProofs { MerkleProofs(leaves: entries.compactMap(\.merkleLeaf)) }

    func receipt(for number: Int) throws -> LedgerReceipt {
        receipt(for: number, proof: try proofs.inclusion(of: Int64(number - 1), inSize: Int64(entries.count)))
    }

    func receipt(for number: Int, proof: [MerkleHash]) -> LedgerReceipt { receipt(of: entries[number - 1], proof: proof) }

    func receipt(of entry: LedgerEntry, proof: [MerkleHash]) -> LedgerReceipt {
        LedgerReceipt(
            message: Message.ID(entry.subject), workspace: Sample.workspace, entries: [WrittenEntry(entry, inclusionProof: proof)],
            signedHead: head, key: key)
    }
}
