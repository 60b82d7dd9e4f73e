package import DeskCore
package import DeskServices
import GRDB
package import SQLStore

/// An SQLite database: one writer whose commits are grouped, and a few readers that never wait for it.
package final class SQLiteDatabase: SQLDatabase {
    private let writer: any DatabaseWriter
    /// For what concerns the whole file.
    var reader: any DatabaseReader { writer }
    private let commits: GroupCommit
    private let checkpoints: Bool

    /// Opens a database file, or makes it.
    /// - Parameters:
    ///   - path: the file; its folder must exist.
    ///   - checkpoints: whether this connection moves the log into the file; only one program on a file should.
    ///   - onCommit: gets the events of each commit right after it, in order.
    ///   - onFailure: called once when the disk could not confirm a commit; nothing is written after that.
    /// - Throws: `storage_unavailable`.
    package convenience init(
        path: String, checkpoints: Bool = true, onCommit: @escaping @Sendable ([DeskEvent]) -> Void,
        onFailure: @escaping @Sendable (DeskError) -> Void = { _ in }
    ) throws {
        do {
            let pool = try DatabasePool(path: path, configuration: Self.configuration)
            try pool.writeWithoutTransaction { try Self.makeDurable($0, checkpoints: checkpoints) }
            self.init(pool, checkpoints: checkpoints, onCommit: onCommit, onFailure: onFailure)
        } catch {
            throw SQLiteFailure.opening(error)
        }
    }

    /// Makes a database that lives in memory, for tests.
    /// - Parameter onCommit: gets the events of each commit right after it, in order.
    package convenience init(inMemory onCommit: @escaping @Sendable ([DeskEvent]) -> Void) throws {
        do {
            self.init(try DatabaseQueue(configuration: Self.configuration), checkpoints: false, onCommit: onCommit, onFailure: { _ in })
        } catch {
            throw SQLiteFailure.error(error)
        }
    }

    private init(
        _ writer: any DatabaseWriter, checkpoints: Bool, onCommit: @escaping @Sendable ([DeskEvent]) -> Void,
        onFailure: @escaping @Sendable (DeskError) -> Void
    ) {
        self.writer = writer
        self.checkpoints = checkpoints
        commits = GroupCommit(onCommit: onCommit, onFailure: onFailure) { work in
            writer.asyncWriteWithoutTransaction { work(SQLiteConnection($0, mustBeInTransaction: true)) }
        }
    }

    package var schemaWords: SchemaWords { .sqlite }

    package func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        do {
            return try await writer.read { try body(SQLiteConnection($0, mustBeInTransaction: false)) }
        } catch {
            throw SQLiteFailure.error(error)
        }
    }

    package func describe() async throws -> String {
        let (version, synchronous) = try await write { connection in
            (
                try connection.first("SELECT sqlite_version() AS version")?.text("version") ?? "?",
                try connection.first("PRAGMA synchronous")?.int("synchronous") ?? 0
            )
        }
        return "SQLite \(version), synchronous = \(synchronous)"
    }

    /// One that checkpoints moves the whole log into the file first: then the file is all there is.
    package func close() async {
        do {
            if checkpoints { try await writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") } }
            try writer.close()
        } catch {
            // Somebody still reads: then the connections close with the last of them.
            return
        }
    }

    @discardableResult
    package func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        try await commits.write(body)
    }

    package func rebuild<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        let writer = writer
        return try await SQLiteRebuild.run(
            through: commits,
            enforce: { isOn in try await writer.writeWithoutTransaction { try SQLiteRebuild.enforceReferences(isOn, on: $0) } },
            body)
    }

    /// For every connection. Memory-mapped files are off, and GRDB does not watch over transactions: a failing disk should be an
    /// error, not a crash.
    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "contesta"
        configuration.allowsUnsafeTransactions = true
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            // What is erased is written over, however SQLite was built.
            try database.execute(
                sql: "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA secure_delete = ON")
        }
        return configuration
    }

    #if SABOTAGE_SYNCHRONOUS_NORMAL
    /// Only in a build that asks for it by name, to see that tests miss what it takes away; see docs/simulation.md.
    private static let durability = "PRAGMA synchronous = NORMAL"
    #else
    private static let durability = "PRAGMA synchronous = FULL"
    #endif

    /// For the writer, after GRDB has set the journal up: GRDB lowers `synchronous` then, and a commit would no longer wait for the
    /// disk. Readers never checkpoint, because they never write.
    private static func makeDurable(_ database: Database, checkpoints: Bool) throws {
        try database.execute(sql: durability)
        try database.execute(sql: checkpoints ? "PRAGMA wal_autocheckpoint = 4000" : "PRAGMA wal_autocheckpoint = 0")
    }
}

extension SchemaWords {
    static let sqlite = SchemaWords(
        text: "TEXT", bool: "INTEGER", int64: "INTEGER", json: "TEXT", blob: "BLOB", identity: "INTEGER PRIMARY KEY AUTOINCREMENT",
        strict: "STRICT", clustered: "STRICT, WITHOUT ROWID", wordIndex: SQLiteWordIndex.definition,
        canAlterConstraints: false)
}
