import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static let entries: SQLStatement = """
        SELECT workspace, sequence, at, kind, subject, details, previous_hash, hash FROM ledger_entries
        """

    fileprivate static func insert(_ entry: LedgerEntry, _ details: String?) -> SQLStatement {
        """
        INSERT INTO ledger_entries (workspace, sequence, at, kind, subject, details, previous_hash, hash)
        VALUES (\(entry.workspace), \(entry.sequence), \(entry.at), \(entry.kind.rawValue), \(entry.subject), \(details),
                \(entry.previousHash), \(entry.hash))
        """
    }

    fileprivate static func moveHead(to entry: LedgerEntry) -> SQLStatement {
        """
        INSERT INTO ledger_heads (workspace, sequence, hash) VALUES (\(entry.workspace), \(entry.sequence), \(entry.hash))
        ON CONFLICT (workspace) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash
        """
    }

    fileprivate static func entries(of workspace: Workspace.ID, after sequence: Int64, limit: Int) -> SQLStatement {
        "\(entries) WHERE workspace = \(workspace) AND sequence > \(sequence) ORDER BY sequence LIMIT \(limit)"
    }

    /// Found by their numbers: asked for entries in order, SQLite would rather walk the whole ledger than use the subjects' index.
    fileprivate static func entries(about subject: String, in workspace: Workspace.ID) -> SQLStatement {
        """
        \(entries)
        WHERE workspace = \(workspace)
          AND sequence IN (SELECT sequence FROM ledger_entries WHERE workspace = \(workspace) AND subject = \(subject))
        ORDER BY sequence
        """
    }
}

struct SQLLedgerRepository: LedgerRepository {
    let connection: any SQLConnection

    @discardableResult
    func append(_ fact: LedgerFact, in workspace: Workspace.ID, at instant: Instant) throws -> LedgerEntry {
        let entry = try head(of: workspace).recording(fact, at: instant)
        try connection.perform(.insert(entry, entry.details.isEmpty ? nil : try JSONText.encode(entry.details)))
        try connection.perform(.moveHead(to: entry))
        return entry
    }

    func head(of workspace: Workspace.ID) throws -> LedgerHead {
        guard let row = try connection.first("SELECT sequence, hash FROM ledger_heads WHERE workspace = \(workspace)") else {
            return LedgerHead(emptyLedgerOf: workspace)
        }
        return LedgerHead(workspace: workspace, sequence: try row.integer("sequence"), hash: try row.text("hash"))
    }

    func entries(of workspace: Workspace.ID, after sequence: Int64, limit: Int) throws -> [LedgerEntry] {
        try connection.query(.entries(of: workspace, after: sequence, limit: limit)).map(Self.entry)
    }

    func entries(about subject: String, in workspace: Workspace.ID) throws -> [LedgerEntry] {
        try connection.query(.entries(about: subject, in: workspace)).map(Self.entry)
    }

    private static func entry(_ row: SQLRow) throws -> LedgerEntry {
        LedgerEntry(
            workspace: try row.identifier("workspace"), sequence: try row.integer("sequence"), at: try row.instant("at"),
            kind: try row.word("kind"), subject: try row.text("subject"), details: try row.optionalJSON("details") ?? [:],
            previousHash: try row.text("previous_hash"), hash: try row.text("hash"))
    }
}
