/// What is wrong with a ledger, at the first place where something is.
package enum LedgerFault: Error, Hashable, Sendable {
    case missing(expected: Int64, found: Int64)
    case notChained(sequence: Int64)
    case altered(sequence: Int64)
    /// What stands in the place of an entry can't be read as one.
    case unreadable(sequence: Int64)
    /// What stands in the place of a signed head can't be read as one.
    case headUnreadable(after: Int64)
    /// A head that belongs to another ledger, or out of its order.
    case headMisplaced(size: Int64)
    /// A head without a valid signature by a key of this ledger.
    case headNotSigned(size: Int64)
    /// A head that says something else than the entries up to it.
    case headContradicted(size: Int64)
    /// The ledger ends before a head that was kept elsewhere, or is not there at all.
    case cutOff(kept: Int64, found: Int64)
}

/// A head that somebody kept outside: the signed note, or only a number and a hash.
package enum KeptHead: Hashable, Sendable {
    case signed(SignedHead)
    case unsigned(LedgerHead)

    package var workspace: Workspace.ID {
        switch self {
        case .signed(let head): head.checkpoint.workspace
        case .unsigned(let head): head.workspace
        }
    }

    package var size: Int64 {
        switch self {
        case .signed(let head): head.checkpoint.size
        case .unsigned(let head): head.sequence
        }
    }
}

/// Goes through one ledger, entry by entry and head by head, and stops at the first that is not right. Needs as much memory for a
/// million entries as for one.
package struct LedgerVerifier: Sendable {
    private var tree: LedgerTree
    private var lastHead: Int64 = 0
    private let keys: [LedgerKey]
    /// Those that are still to be met, the next one last.
    private var kept: [KeptHead]

    /// How many heads were right.
    package private(set) var headCount = 0
    package var head: LedgerHead { tree.head }
    package var root: MerkleHash { tree.root }

    /// - Parameters:
    ///   - keys: whose signatures count.
    ///   - kept: heads that were kept elsewhere; those of other ledgers are passed over.
    package init(of workspace: Workspace.ID, keys: [LedgerKey], kept: [KeptHead] = []) {
        tree = LedgerTree(of: workspace)
        self.keys = keys
        self.kept = kept.filter { $0.workspace == workspace }.sorted { $0.size > $1.size }
    }

    package mutating func follow(_ entry: LedgerEntry) throws(LedgerFault) {
        _ = try tree.follow(entry)
        while let next = kept.last, next.size == tree.head.sequence {
            try compare(next)
            kept.removeLast()
        }
    }

    /// A head of the ledger's own, right after the last entry that it is about.
    package mutating func follow(_ head: SignedHead) throws(LedgerFault) {
        let size = head.checkpoint.size
        guard head.checkpoint.workspace == tree.head.workspace, size == tree.head.sequence, size > lastHead else {
            throw .headMisplaced(size: size)
        }
        try compare(.signed(head))
        lastHead = size
        headCount += 1
    }

    /// - Throws: when a head that was kept elsewhere was not reached.
    package func finish() throws(LedgerFault) {
        if let unmet = kept.first { throw .cutOff(kept: unmet.size, found: tree.head.sequence) }
    }

    private func compare(_ head: KeptHead) throws(LedgerFault) {
        switch head {
        case .signed(let signed):
            guard keys.contains(where: signed.isSigned) else { throw .headNotSigned(size: head.size) }
            let checkpoint = signed.checkpoint
            guard checkpoint.root == tree.root, checkpoint.chainHash == tree.head.hash else {
                throw .headContradicted(size: head.size)
            }
        case .unsigned(let unsigned):
            guard unsigned.hash == tree.head.hash else { throw .headContradicted(size: head.size) }
        }
    }
}
