import DeskCore
import Testing

/// The tree of RFC 9162 section 2.1: the same roots and proofs as everybody else's, and nothing false passes (promise P9).
struct MerkleTests {
    /// The leaves with which Certificate Transparency's implementations test themselves.
    private static let knownLeaves = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ].compactMap { [UInt8](hexadecimal: $0) }.map { MerkleHash.leaf($0) }

    /// Roots of the trees with the first 0, 1 … 8 of these leaves.
    private static let knownRoots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test(arguments: 0...8)
    func theRootsAreTheKnownOnes(size: Int) throws {
        var frontier = MerkleFrontier()
        for leaf in Self.knownLeaves.prefix(size) { frontier.append(leaf) }
        #expect(frontier.root.hexadecimal == Self.knownRoots[size])
        #expect(try MerkleProofs(leaves: Self.knownLeaves).root(ofSize: Int64(size)) == frontier.root)
    }

    @Test func theProofsAreTheKnownOnes() throws {
        let proofs = MerkleProofs(leaves: Self.knownLeaves)
        #expect(
            try proofs.inclusion(of: 5, inSize: 8).map(\.hexadecimal) == [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ])
        #expect(
            try proofs.consistency(from: 6, to: 8).map(\.hexadecimal) == [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ])
        #expect(
            try proofs.consistency(from: 2, to: 5).map(\.hexadecimal) == [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ])
    }

    @Test(arguments: 0...64)
    func theFrontierIsTheTree(size: Int) throws {
        let tree = Tree(size)
        #expect(tree.frontiers[size].root == Tree.plainRoot(tree.leaves[...]))
        #expect(tree.frontiers[size].peaks.count == size.nonzeroBitCount)
        #expect(MerkleFrontier(size: Int64(size), peaks: tree.frontiers[size].peaks) == tree.frontiers[size])
    }

    @Test(arguments: 1...64)
    func everyLeafIsShownToBeInTheTreeAndNothingElseIs(size: Int) throws {
        let tree = Tree(size)
        for index in 0..<size {
            let proof = try tree.proofs.inclusion(of: Int64(index), inSize: Int64(size))
            #expect(tree.accepts(tree.leaves[index], at: index, proof))
            #expect(!tree.accepts(.leaf([0xFF]), at: index, proof))
            for other in 0...size where other != index { #expect(!tree.accepts(tree.leaves[index], at: other, proof)) }
            #expect(!tree.accepts(tree.leaves[index], at: index, proof + [.ofNothing]))
            #expect(!tree.accepts(tree.leaves[index], at: index, Array(proof.dropLast())) || proof.isEmpty)
        }
    }

    @Test(arguments: 1...64)
    func everyTreeIsShownToBeTheBeginningOfTheNextAndNothingElseIs(size: Int) throws {
        let tree = Tree(size)
        for first in 1...size {
            let proof = try tree.proofs.consistency(from: Int64(first), to: Int64(size))
            #expect(tree.isContinued(first, proof))
            #expect(!tree.isContinued(first, proof + [.ofNothing]))
            #expect(!tree.isContinued(first, Array(proof.dropLast())) || proof.isEmpty)
            #expect(!tree.isContinued(first, proof, root: .leaf([0xFF])))
            for other in 1...size where other != first { #expect(!tree.isContinued(other, proof, root: tree.frontiers[first].root)) }
        }
        #expect(!tree.isContinued(0, []))
    }

    /// Every byte of every proof of every tree up to 33 leaves.
    @Test(arguments: 1...33)
    func aFlippedByteIsFound(size: Int) throws {
        let tree = Tree(size)
        for index in 0..<size {
            for flipped in flips(of: try tree.proofs.inclusion(of: Int64(index), inSize: Int64(size))) {
                #expect(!tree.accepts(tree.leaves[index], at: index, flipped))
            }
            for flipped in flips(of: try tree.proofs.consistency(from: Int64(index + 1), to: Int64(size))) {
                #expect(!tree.isContinued(index + 1, flipped))
            }
        }
    }

    @Test func leavesAndNodesAreNeverTakenForEachOther() {
        let (left, right) = (MerkleHash.leaf([1]), MerkleHash.leaf([2]))
        #expect(MerkleHash.leaf(left.bytes + right.bytes) != .node(left, right))
    }

    private func flips(of proof: [MerkleHash]) -> [[MerkleHash]] {
        proof.indices.flatMap { place in
            (0..<MerkleHash.byteCount).compactMap { byte in
                var bytes = proof[place].bytes
                bytes[byte] ^= 1 << UInt8(byte % 8)
                var flipped = proof
                guard let hash = MerkleHash(bytes) else { return nil }
                flipped[place] = hash
                return flipped
            }
        }
    }
}

/// A tree with all its leaves, and every frontier on the way.
private struct Tree {
    let leaves: [MerkleHash]
    let frontiers: [MerkleFrontier]

    init(_ size: Int) {
        leaves = (0..<size).map { MerkleHash.leaf([UInt8($0), 7]) }
        frontiers = leaves.reduce(into: [MerkleFrontier()]) { frontiers, leaf in
            var next = frontiers[frontiers.count - 1]
            next.append(leaf)
            frontiers.append(next)
        }
    }

    var proofs: MerkleProofs { MerkleProofs(leaves: leaves) }

    func accepts(_ leaf: MerkleHash, at index: Int, _ proof: [MerkleHash]) -> Bool {
        MerkleVerification.isIncluded(
            leaf, at: Int64(index), inSize: Int64(leaves.count), root: frontiers[leaves.count].root, proof: proof)
    }

    func isContinued(_ first: Int, _ proof: [MerkleHash], root: MerkleHash? = nil) -> Bool {
        MerkleVerification.isConsistent(
            from: Int64(first), root: root ?? frontiers[first].root, to: Int64(leaves.count), root: frontiers[leaves.count].root,
            proof: proof)
    }

    /// The definition, word for word: MTH(D[n]) = SHA-256(0x01 ‖ MTH(D[0:k]) ‖ MTH(D[k:n])).
    static func plainRoot(_ leaves: ArraySlice<MerkleHash>) -> MerkleHash {
        guard leaves.count > 1 else { return leaves.first ?? .ofNothing }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        return .node(plainRoot(leaves.prefix(split)), plainRoot(leaves.dropFirst(split)))
    }
}
