/// A ledger as it grows: its chain, and the Merkle tree over its entries, whose leaves are the bytes of the chain hashes.
package struct LedgerTree: Sendable {
    private var chain: LedgerChain
    package private(set) var frontier = MerkleFrontier()

    /// A ledger without entries.
    package init(of workspace: Workspace.ID) { chain = LedgerChain(of: workspace) }

    /// Goes on after a head.
    /// - Returns: nil when the frontier is not that of the head's tree.
    package init?(after checkpoint: LedgerCheckpoint, frontier: MerkleFrontier) {
        guard frontier.size == checkpoint.size, frontier.root == checkpoint.root else { return nil }
        chain = LedgerChain(
            after: LedgerHead(workspace: checkpoint.workspace, sequence: checkpoint.size, hash: checkpoint.chainHash))
        self.frontier = frontier
    }

    package var head: LedgerHead { chain.head }
    package var root: MerkleHash { frontier.root }

    /// - Returns: the roots of the full subtrees that the entry completes and that are worth keeping.
    /// - Throws: `LedgerFault` when the entry doesn't follow.
    package mutating func follow(_ entry: LedgerEntry) throws(LedgerFault) -> [LedgerNode] {
        try chain.follow(entry)
        guard let leaf = entry.merkleLeaf else { throw .altered(sequence: entry.sequence) }
        var nodes: [LedgerNode] = []
        frontier.append(leaf) { subtree, hash in
            if subtree.isKept { nodes.append(LedgerNode(subtree: subtree, hash: hash)) }
        }
        return nodes
    }

    /// What a head of all this says.
    package func checkpoint(at instant: Instant) -> LedgerCheckpoint {
        LedgerCheckpoint(workspace: head.workspace, size: head.sequence, root: root, chainHash: head.hash, at: instant)
    }
}

/// The root of a full subtree.
package struct LedgerNode: Hashable, Sendable {
    package let subtree: MerkleSubtree
    package let hash: MerkleHash

    package init(subtree: MerkleSubtree, hash: MerkleHash) {
        self.subtree = subtree
        self.hash = hash
    }
}

extension MerkleSubtree {
    /// Every eighth level is kept, so that a proof reads at most 256 hashes of each, and one node is stored for 256 entries.
    private static let levelsApart = 8

    var isKept: Bool { level > 0 && level.isMultiple(of: Self.levelsApart) }

    /// The kept subtrees (or the leaves) that this one consists of.
    package var keptParts: (level: Int, places: Range<Int64>) {
        let kept = level / Self.levelsApart * Self.levelsApart
        return (kept, leaves.lowerBound >> Int64(kept)..<leaves.upperBound >> Int64(kept))
    }
}

extension LedgerEntry {
    /// The entry's leaf in the Merkle tree: the bytes of its chain hash, which stands for all that it says and all before it. Nil when
    /// the hash is not one.
    package var merkleLeaf: MerkleHash? { MerkleHash(chainHash: hash) }
}

extension MerkleHash {
    /// The leaf of the entry with this hash; nil when the hash is not one.
    package init?(chainHash: String) {
        guard let bytes = [UInt8](hexadecimal: chainHash), bytes.count == Self.byteCount else { return nil }
        self = .leaf(bytes)
    }
}
