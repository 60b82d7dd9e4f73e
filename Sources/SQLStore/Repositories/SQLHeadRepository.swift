import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static let heads: SQLStatement = """
        SELECT workspace, size, note, peaks, signed_at, delivered_at, delivered_to, delivery_failure FROM ledger_signed_heads
        """

    fileprivate static func insert(_ head: StoredHead) -> SQLStatement {
        """
        INSERT INTO ledger_signed_heads (workspace, size, note, peaks, signed_at)
        VALUES (\(head.workspace), \(head.size), \(head.note), \(head.peaks), \(head.signedAt))
        ON CONFLICT (workspace, size) DO NOTHING
        """
    }

    fileprivate static func insert(_ node: LedgerNode, of workspace: Workspace.ID) -> SQLStatement {
        """
        INSERT INTO ledger_nodes (workspace, level, place, hash)
        VALUES (\(workspace), \(node.subtree.level), \(node.subtree.place), \(node.hash.hexadecimal))
        ON CONFLICT (workspace, level, place) DO NOTHING
        """
    }

    fileprivate static func delivered(_ head: StoredHead, to place: String, at instant: Instant) -> SQLStatement {
        """
        UPDATE ledger_signed_heads SET delivered_at = \(instant), delivered_to = \(place), delivery_failure = NULL
        WHERE workspace = \(head.workspace) AND size = \(head.size)
        """
    }

    fileprivate static func failed(_ head: StoredHead, because reason: String) -> SQLStatement {
        """
        UPDATE ledger_signed_heads SET delivery_failure = \(reason) WHERE workspace = \(head.workspace) AND size = \(head.size)
        """
    }

    fileprivate static func leaves(of workspace: Workspace.ID, _ places: Range<Int64>) -> SQLStatement {
        """
        SELECT hash FROM ledger_entries
        WHERE workspace = \(workspace) AND sequence > \(places.lowerBound) AND sequence <= \(places.upperBound)
        ORDER BY sequence
        """
    }

    fileprivate static func nodes(of workspace: Workspace.ID, _ level: Int, _ places: Range<Int64>) -> SQLStatement {
        """
        SELECT hash FROM ledger_nodes
        WHERE workspace = \(workspace) AND level = \(level) AND place >= \(places.lowerBound) AND place < \(places.upperBound)
        ORDER BY place
        """
    }
}

struct SQLHeadRepository: HeadRepository {
    let connection: any SQLConnection

    func newest(of workspace: Workspace.ID) throws -> StoredHead? {
        try connection.first("\(.heads) WHERE workspace = \(workspace) ORDER BY size DESC LIMIT 1").map(Self.head)
    }

    func heads(of workspace: Workspace.ID, sizes: ClosedRange<Int64>) throws -> [StoredHead] {
        let statement: SQLStatement = """
            \(.heads) WHERE workspace = \(workspace) AND size >= \(sizes.lowerBound) AND size <= \(sizes.upperBound) ORDER BY size
            """
        return try connection.query(statement).map(Self.head)
    }

    func insert(_ head: StoredHead, nodes: [LedgerNode]) throws {
        try connection.perform(.insert(head))
        for node in nodes { try connection.perform(.insert(node, of: head.workspace)) }
    }

    func undelivered(of workspace: Workspace.ID, limit: Int) throws -> [StoredHead] {
        let statement: SQLStatement = """
            \(.heads) WHERE workspace = \(workspace) AND delivered_at IS NULL ORDER BY size DESC LIMIT \(limit)
            """
        return try connection.query(statement).map(Self.head)
    }

    func record(_ result: HeadDeliveryResult, of head: StoredHead, at instant: Instant) throws {
        switch result {
        case .delivered(let place): try connection.perform(.delivered(head, to: place, at: instant))
        case .failed(let reason): try connection.perform(.failed(head, because: reason))
        }
    }

    func nodes(of workspace: Workspace.ID, level: Int, places: Range<Int64>) throws -> [MerkleHash] {
        let statement: SQLStatement = level == 0 ? .leaves(of: workspace, places) : .nodes(of: workspace, level, places)
        return try connection.query(statement).map { row in
            let text = try row.text("hash")
            guard let hash = level == 0 ? MerkleHash(chainHash: text) : MerkleHash(hexadecimal: text) else {
                throw DeskError.storageFault("a hash of a ledger is none")
            }
            return hash
        }
    }

    private static func head(_ row: SQLRow) throws -> StoredHead {
        StoredHead(
            workspace: try row.identifier("workspace"), size: try row.integer("size"), note: try row.text("note"),
            peaks: try row.text("peaks"), signedAt: try row.instant("signed_at"), deliveredAt: try row.optionalInstant("delivered_at"),
            deliveredTo: try row.optionalText("delivered_to"), deliveryFailure: try row.optionalText("delivery_failure"))
    }
}
