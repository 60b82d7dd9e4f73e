import DeskCore
import DeskServices
import Foundation
import GRDB
import GRDBSQLite
import SQLStore

/// One SQLite connection, for the time of one read or of one group of writes.
///
/// It steps SQLite's statements itself, because GRDB ends a text at its first NUL, and nothing received may be lost.
final class SQLiteConnection: TransactionConnection {
    private let database: Database
    /// Inside a transaction that SQLite gave up, nothing more may run, or it would be committed by itself.
    private let mustBeInTransaction: Bool
    private let bindings = BindingBuffer()
    private(set) var events: [DeskEvent] = []
    private var hasUnindexedDocuments = false

    init(_ database: Database, mustBeInTransaction: Bool) {
        self.database = database
        self.mustBeInTransaction = mustBeInTransaction
    }

    var isInTransaction: Bool { database.isInsideTransaction }

    @discardableResult
    func run(_ statement: SQLStatement) throws(DeskError) -> Int {
        try requireTransaction()
        return try runAnywhere(statement)
    }

    private func runAnywhere(_ statement: SQLStatement) throws(DeskError) -> Int {
        let prepared = try prepare(statement)
        defer { prepared.finish() }
        while try prepared.step() {}
        return Int(sqlite3_changes(database.sqliteConnection))
    }

    func query(_ statement: SQLStatement) throws(DeskError) -> [SQLRow] {
        try requireTransaction()
        let prepared = try prepare(statement)
        defer { prepared.finish() }
        var rows: [SQLRow] = []
        let columns = prepared.columns
        while try prepared.step() { rows.append(SQLRow(columns: columns, values: prepared.values)) }
        return rows
    }

    private func requireTransaction() throws(DeskError) {
        if mustBeInTransaction, !isInTransaction { throw .transactionGivenUp }
    }

    private func prepare(_ statement: SQLStatement) throws(DeskError) -> PreparedStatement {
        do {
            let cached = try database.cachedStatement(sql: statement.text)
            let prepared = PreparedStatement(cached, on: database, bindings: bindings)
            try prepared.bind(statement.values)
            return prepared
        } catch let error as DatabaseError {
            throw SQLiteFailure.error(code: error.extendedResultCode.rawValue, message: error.message ?? "no reason given")
        } catch let error as DeskError {
            throw error
        } catch {
            throw .storageFault("a statement can't be prepared")
        }
    }

    func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        let eventCount = events.count
        try run("SAVEPOINT part")
        do {
            let value = try body()
            try run("RELEASE part")
            return value
        } catch {
            events.removeSubrange(eventCount...)
            if isInTransaction {
                try run("ROLLBACK TO part")
                try run("RELEASE part")
            }
            throw error
        }
    }

    /// There is one writer, and so nobody else who could take the same rows up.
    func claim(_ statement: SQLStatement) throws(DeskError) -> [SQLRow] {
        try query(statement)
    }

    func notify(_ event: DeskEvent) {
        events.append(event)
    }

    func explain(_ statement: SQLStatement) throws(DeskError) -> [String] {
        try query("EXPLAIN QUERY PLAN \(statement)").map { row throws(DeskError) in try row.text("detail") }
    }

    func runMigration(_ script: MigrationScript) throws(DeskError) {
        let code = sqlite3_exec(database.sqliteConnection, script.text, nil, nil, nil)
        guard code == SQLITE_OK else { throw SQLiteFailure.error(code: code, message: lastMessage) }
    }

    private var lastMessage: String { String(cString: sqlite3_errmsg(database.sqliteConnection)) }
}

/// Transactions.
extension SQLiteConnection {
    func begin() throws(DeskError) {
        rollBack()
        events = []
        hasUnindexedDocuments = false
        _ = try runAnywhere("BEGIN IMMEDIATE")
    }

    func commit() throws(DeskError) -> [DeskEvent] {
        try catchUpIndex()
        try run("COMMIT")
        try requireConfirmation()
        return events
    }

    /// Once the kernel has made a file system read-only because of an error, ext4 answers `fsync` with success and writes nothing; what was
    /// committed meanwhile is not durable, whatever SQLite was told.
    /// Source: Linux, fs/ext4/fsync.c, `ext4_sync_file`.
    private func requireConfirmation() throws(DeskError) {
        guard let path = sqlite3_db_filename(database.sqliteConnection, "main"), path.pointee != 0 else { return }
        var disk = statvfs()
        guard statvfs(path, &disk) == 0, UInt(disk.f_flag) & UInt(ST_RDONLY) != 0 else { return }
        throw .storageFailed("the disk became read-only, so that it confirmed nothing")
    }

    func rollBack() {
        guard isInTransaction else { return }
        do {
            try run("ROLLBACK")
        } catch {
            // A failing ROLLBACK means that SQLite has rolled back by itself, which is what was wanted.
            return
        }
    }
}

/// Word search.
extension SQLiteConnection {
    func index(_ document: SearchDocument) throws(DeskError) {
        hasUnindexedDocuments = true
    }

    func reindex(_ document: SearchDocument, replacing old: String) throws(DeskError) {
        guard document.number <= (try indexedThrough()) else { return }
        try run(SQLiteWordIndex.remove(document, old))
        try run(SQLiteWordIndex.insert(document))
    }

    func unindex(_ document: SearchDocument) throws(DeskError) {
        guard document.number <= (try indexedThrough()) else { return }
        try run(SQLiteWordIndex.remove(document, document.tokens))
    }

    /// Long words are looked for among what has their indexed beginnings, which costs little where they are common; where they turn
    /// out to be rare, gathering all of them costs little.
    func search(_ request: SearchRequest) throws(DeskError) -> [Int64] {
        if !request.places.allSatisfy({ $0.words.allSatisfy(SQLiteWordIndex.isIndexed) }) {
            let candidates = try query(SQLiteWordIndex.candidates(request)).map { row throws(DeskError) in
                (number: try row.integer("number"), scope: try row.text("scope"), tokens: try row.text("tokens"))
            }
            let hits = candidates.filter { found in
                request.places.contains { $0.scope == found.scope && $0.isFound(in: found.tokens) }
            }.map(\.number)
            let isAll = candidates.count < SQLiteWordIndex.candidateCount
            if isAll || hits.count >= request.limit { return Array(hits.prefix(request.limit)) }
        }
        return try query(SQLiteWordIndex.find(request)).map { row throws(DeskError) in try row.integer("rowid") }
    }

    /// Takes in all documents since the last time. Done once before a commit: the index writes what it gathered at every savepoint,
    /// which would cost a transaction of many small bodies dearly.
    private func catchUpIndex() throws(DeskError) {
        guard hasUnindexedDocuments else { return }
        try run(SQLiteWordIndex.insertNew)
        try run(SQLiteWordIndex.advance)
        hasUnindexedDocuments = false
    }

    private func indexedThrough() throws(DeskError) -> Int64 {
        try first(SQLiteWordIndex.through)?.integer("through") ?? 0
    }
}
