/// Makes proofs over a tree of which only the roots of full subtrees are known (RFC 9162 sections 2.1.3.1 and 2.1.4.1).
package struct MerkleProofs {
    private let root: (MerkleSubtree) throws -> MerkleHash

    /// - Parameter root: gives the root of a full subtree; a leaf's hash for level 0.
    package init(root: @escaping (MerkleSubtree) throws -> MerkleHash) {
        self.root = root
    }

    /// Over leaves that are all at hand.
    package init(leaves: [MerkleHash]) {
        self.init { subtree in
            var frontier = MerkleFrontier()
            for leaf in leaves[Int(subtree.leaves.lowerBound)..<Int(subtree.leaves.upperBound)] { frontier.append(leaf) }
            return frontier.root
        }
    }

    /// The tree's hash over its first `size` leaves.
    package func root(ofSize size: Int64) throws -> MerkleHash {
        size == 0 ? .ofNothing : try hash(of: 0..<size)
    }

    /// PATH(m, D[n]): the hashes that lead from a leaf to the root, from the bottom up.
    /// - Parameters:
    ///   - index: of the leaf, counted from 0.
    ///   - size: of the tree; greater than `index`.
    package func inclusion(of index: Int64, inSize size: Int64) throws -> [MerkleHash] {
        try path(to: index, in: 0..<size)
    }

    /// PROOF(m, D[n]): the hashes that show the tree of one size to be the beginning of the tree of another.
    /// - Parameters:
    ///   - first: the smaller size, at least 1.
    ///   - second: the greater size.
    package func consistency(from first: Int64, to second: Int64) throws -> [MerkleHash] {
        first == second ? [] : try part(through: first, in: 0..<second, isComplete: true)
    }

    private func path(to index: Int64, in range: Range<Int64>) throws -> [MerkleHash] {
        guard range.count > 1 else { return [] }
        let middle = range.lowerBound + Self.split(Int64(range.count))
        if index < middle {
            return try path(to: index, in: range.lowerBound..<middle) + [hash(of: middle..<range.upperBound)]
        }
        return try path(to: index, in: middle..<range.upperBound) + [hash(of: range.lowerBound..<middle)]
    }

    /// SUBPROOF(m, D[n], b), with m counted from the first leaf of all.
    private func part(through end: Int64, in range: Range<Int64>, isComplete: Bool) throws -> [MerkleHash] {
        guard end < range.upperBound else { return isComplete ? [] : [try hash(of: range)] }
        let middle = range.lowerBound + Self.split(Int64(range.count))
        if end <= middle {
            return try part(through: end, in: range.lowerBound..<middle, isComplete: isComplete) + [hash(of: middle..<range.upperBound)]
        }
        return try part(through: end, in: middle..<range.upperBound, isComplete: false) + [hash(of: range.lowerBound..<middle)]
    }

    private func hash(of range: Range<Int64>) throws -> MerkleHash {
        let count = Int64(range.count)
        if count.nonzeroBitCount == 1 {
            let level = count.trailingZeroBitCount
            return try root(MerkleSubtree(level: level, place: range.lowerBound >> Int64(level)))
        }
        let middle = range.lowerBound + Self.split(count)
        return .node(try hash(of: range.lowerBound..<middle), try hash(of: middle..<range.upperBound))
    }

    /// The largest power of two smaller than a count of at least 2.
    private static func split(_ count: Int64) -> Int64 {
        1 << Int64(Int64.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}

/// Checks proofs, step by step as RFC 9162 writes them.
package enum MerkleVerification {
    /// Section 2.1.3.2: whether a leaf is at a place of the tree with this size and root.
    package static func isIncluded(
        _ leaf: MerkleHash, at index: Int64, inSize size: Int64, root: MerkleHash, proof: [MerkleHash]
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        var place = index
        var last = size - 1
        var hash = leaf
        for sibling in proof {
            guard last != 0 else { return false }
            if place & 1 == 1 || place == last {
                hash = .node(sibling, hash)
                skipMissingSiblings(&place, &last)
            } else {
                hash = .node(hash, sibling)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// Section 2.1.4.2: whether the tree with the first size and root is the beginning of the second.
    package static func isConsistent(
        from first: Int64, root firstRoot: MerkleHash, to second: Int64, root secondRoot: MerkleHash, proof: [MerkleHash]
    ) -> Bool {
        guard first > 0, first <= second else { return false }
        if first == second { return proof.isEmpty && firstRoot == secondRoot }
        let path = first.nonzeroBitCount == 1 ? [firstRoot] + proof : proof
        guard let start = path.first else { return false }
        var place = first - 1
        var last = second - 1
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        var hashes = (first: start, second: start)
        for sibling in path.dropFirst() {
            guard last != 0 else { return false }
            if place & 1 == 1 || place == last {
                hashes = (.node(sibling, hashes.first), .node(sibling, hashes.second))
                skipMissingSiblings(&place, &last)
            } else {
                hashes.second = .node(hashes.second, sibling)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && hashes.first == firstRoot && hashes.second == secondRoot
    }

    /// The last node of a level may have no sibling; it then stands for itself on the levels above.
    private static func skipMissingSiblings(_ place: inout Int64, _ last: inout Int64) {
        while place & 1 == 0, place != 0 {
            place >>= 1
            last >>= 1
        }
    }
}
