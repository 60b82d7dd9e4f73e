import DeskCore
import Testing

/// A head must say what its entries say, in each of its parts, whoever has signed it.
struct LedgerVerifierTests {
    private let signer = HeadSigner(of: Sample.workspace)

    @Test func aSignedHeadWithAnotherRootThanTheEntriesIsContradicted() throws {
        var (verifier, right) = try followed(5)
        try verifier.follow(signer.sign(right))
        (verifier, _) = try followed(5)
        let forged = LedgerCheckpoint(
            workspace: right.workspace, size: right.size, root: .leaf([1]), chainHash: right.chainHash, at: right.at)
        #expect(throws: LedgerFault.headContradicted(size: 5)) { try verifier.follow(signer.sign(forged)) }
    }

    @Test func aSignedHeadWithAnotherLastHashThanTheEntriesIsContradicted() throws {
        var (verifier, right) = try followed(5)
        let forged = LedgerCheckpoint(
            workspace: right.workspace, size: right.size, root: right.root, chainHash: String(repeating: "ab", count: 32), at: right.at)
        #expect(throws: LedgerFault.headContradicted(size: 5)) { try verifier.follow(signer.sign(forged)) }
    }

    @Test func aHashThatWasWrittenDownElsewhereMustBeThatOfTheEntry() throws {
        let (_, right) = try followed(3)
        let kept = LedgerHead(workspace: Sample.workspace, sequence: 3, hash: right.chainHash)
        let other = LedgerHead(workspace: Sample.workspace, sequence: 3, hash: String(repeating: "ab", count: 32))
        _ = try followed(5, kept: [.unsigned(kept)])
        #expect(throws: LedgerFault.headContradicted(size: 3)) { _ = try followed(5, kept: [.unsigned(other)]) }
    }

    /// A verifier that has followed so many entries, and what a head of them says.
    private func followed(_ count: Int, kept: [KeptHead] = []) throws -> (LedgerVerifier, LedgerCheckpoint) {
        var tree = LedgerTree(of: Sample.workspace)
        var verifier = LedgerVerifier(of: Sample.workspace, keys: [signer.key], kept: kept)
        for number in 1...count {
            let entry = tree.head.recording(LedgerFact(.messageReceived, "message-\(number)"), at: Sample.noon)
            _ = try tree.follow(entry)
            try verifier.follow(entry)
        }
        return (verifier, tree.checkpoint(at: Sample.noon))
    }
}
