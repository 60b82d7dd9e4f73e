package import DeskServices
package import SQLStore

/// Opens the use cases' storage on PostgreSQL.
package enum PostgresStorage {
    /// Opens a database that exists, and brings its schema up to date.
    /// - Parameters:
    ///   - vault: holds the master key.
    ///   - readers: how many reads go on at once.
    ///   - isServer: whether this is the one program that serves from the database; commands may work beside it.
    ///   - onCommit: gets the events of each commit right after it, in the order of commits, also those of other servers on the same
    ///     database. It should be quick: the next commit waits.
    /// - Throws: `storage_unavailable`; `data_in_use` for a second server; `storage_refused` for a server that could lose what it has acknowledged; `schema_refused` for a
    ///   newer program's database.
    package static func open(
        _ address: PostgresAddress, vault: Vault, readers: Int = 4, isServer: Bool = false,
        onCommit: @escaping @Sendable ([DeskEvent]) -> Void
    ) async throws -> SQLStorage {
        let database = try PostgresDatabase(address, readers: readers, isServer: isServer, onCommit: onCommit)
        do {
            try await Migrator().migrate(database, vault)
            try await database.listen()
        } catch {
            await database.close()
            throw error
        }
        return SQLStorage(database, vault)
    }
}
