package import DeskCore
package import DeskServices
package import SQLStore

/// Opens the use cases' storage on SQLite.
package enum SQLiteStorage {
    /// A database up to this size is looked over before it is used; a larger one is served first, so that nobody waits for it.
    package static let quickSize: Int64 = 256 * 1_048_576

    /// Opens a database file, or makes it, and brings its schema up to date. Before that, a copy of an existing one is kept beside it.
    /// - Parameters:
    ///   - path: the file; its folder must exist.
    ///   - vault: holds the master key.
    ///   - checkpoints: false for a program that runs beside the server on the same file; see decision 0006.
    ///   - looksForDamage: whether the file is looked over first, unless it is large.
    ///   - onCommit: gets the events of each commit right after it, in the order of commits. It should be quick: the next commit waits.
    ///   - onFailure: called once when the disk could not confirm a commit; nothing is written after that.
    /// - Throws: `storage_unavailable`; `storage_damaged`; `schema_refused` for a newer program's database; `master_key_wrong`.
    package static func open(
        path: String, vault: Vault, checkpoints: Bool = true, looksForDamage: Bool = false,
        onCommit: @escaping @Sendable ([DeskEvent]) -> Void,
        onFailure: @escaping @Sendable (DeskError) -> Void = { _ in }
    ) async throws -> SQLStorage {
        let database = try SQLiteDatabase(path: path, checkpoints: checkpoints, onCommit: onCommit, onFailure: onFailure)
        if looksForDamage, UpgradeCopies.size(of: path) <= quickSize, let damage = try await database.damage(isThorough: false) {
            throw DeskError.storageDamaged(damage)
        }
        return try await storage(database, vault, copies: UpgradeCopies(of: path))
    }

    /// Makes a storage that lives in memory, for tests and trials.
    package static func inMemory(
        vault: Vault, onCommit: @escaping @Sendable ([DeskEvent]) -> Void = { _ in }
    ) async throws -> SQLStorage {
        try await storage(SQLiteDatabase(inMemory: onCommit), vault)
    }

    private static func storage(_ database: SQLiteDatabase, _ vault: Vault, copies: UpgradeCopies? = nil) async throws -> SQLStorage {
        try await Migrator().migrate(database, vault) { upgrade in try await copies?.keep(database, before: upgrade) }
        return SQLStorage(database, vault)
    }
}
