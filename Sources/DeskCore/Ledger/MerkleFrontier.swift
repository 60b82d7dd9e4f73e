/// A Merkle tree that only grows, reduced to what growing needs: the roots of its full subtrees, from the largest to the smallest.
/// Their sizes are the bits of the tree's size. A leaf costs two hashes on average, whatever the size.
package struct MerkleFrontier: Hashable, Sendable {
    /// How many leaves there are.
    package private(set) var size: Int64
    package private(set) var peaks: [MerkleHash]

    /// The frontier of a tree without leaves.
    package init() {
        size = 0
        peaks = []
    }

    /// Takes one up again as it was stored.
    /// - Returns: nil unless there is one peak for each bit of the size.
    package init?(size: Int64, peaks: [MerkleHash]) {
        guard size >= 0, peaks.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.peaks = peaks
    }

    /// - Parameter completed: gets the root of each full subtree that the leaf completes, the leaf itself first.
    package mutating func append(_ leaf: MerkleHash, completed: (MerkleSubtree, MerkleHash) -> Void = { _, _ in }) {
        var hash = leaf
        var subtree = MerkleSubtree(level: 0, place: size)
        completed(subtree, hash)
        while size >> Int64(subtree.level) & 1 == 1 {
            hash = .node(peaks.removeLast(), hash)
            subtree = subtree.parent
            completed(subtree, hash)
        }
        peaks.append(hash)
        size += 1
    }

    /// The tree's hash, MTH of RFC 9162 section 2.1.1.
    package var root: MerkleHash {
        guard let last = peaks.last else { return .ofNothing }
        return peaks.dropLast().reversed().reduce(last) { right, left in .node(left, right) }
    }
}

/// A full subtree: 2^level leaves, of which the first is leaf number place · 2^level, counted from 0.
package struct MerkleSubtree: Hashable, Sendable {
    package let level: Int
    package let place: Int64

    package init(level: Int, place: Int64) {
        self.level = level
        self.place = place
    }

    /// The leaves that it spans.
    package var leaves: Range<Int64> { place << Int64(level)..<(place + 1) << Int64(level) }

    var parent: MerkleSubtree { MerkleSubtree(level: level + 1, place: place >> 1) }
}
