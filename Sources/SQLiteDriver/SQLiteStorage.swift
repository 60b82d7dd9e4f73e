package import DeskServices
package import SQLStore

/// Opens the use cases' storage on SQLite.
package enum SQLiteStorage {
    /// Opens a database file, or makes it, and brings its schema up to date.
    /// - Parameters:
    ///   - path: the file; its folder must exist.
    ///   - checkpoints: false for a program that runs beside the server on the same file; see decision 0006.
    ///   - onCommit: gets the events of each commit right after it, in the order of commits. It should be quick: the next commit waits.
    /// - Throws: `storage_unavailable`; `schema_refused` for a newer program's database.
    package static func open(
        path: String, checkpoints: Bool = true, onCommit: @escaping @Sendable ([DeskEvent]) -> Void
    ) async throws -> SQLStorage {
        try await storage(SQLiteDatabase(path: path, checkpoints: checkpoints, onCommit: onCommit))
    }

    /// Makes a storage that lives in memory, for tests and trials.
    package static func inMemory(onCommit: @escaping @Sendable ([DeskEvent]) -> Void = { _ in }) async throws -> SQLStorage {
        try await storage(SQLiteDatabase(inMemory: onCommit))
    }

    private static func storage(_ database: SQLiteDatabase) async throws -> SQLStorage {
        try await Migrator().migrate(database)
        return SQLStorage(database)
    }
}
