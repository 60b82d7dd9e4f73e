package import DeskCore

/// Brings a database to this program's schema, one transaction a step, and refuses one that it does not understand.
package struct Migrator: Sendable {
    private let migrations: [Migration]

    package init(_ migrations: [Migration] = Migration.all) {
        self.migrations = migrations
    }

    /// A database that is about to get further steps.
    package struct Upgrade: Sendable, Hashable {
        /// The last step that it has.
        package let from: Int
        package let to: Int
    }

    /// Applies the steps that are missing.
    /// - Parameters:
    ///   - vault: seals what an older program stored as it was.
    ///   - prepare: called before the first of them, where the database has some already: the time to keep a copy. What it throws
    ///     stops everything.
    /// - Returns: the numbers of the steps that were applied now.
    /// - Throws: `schema_refused` when a newer program made the database, or a step is not what it was when it was applied.
    @discardableResult
    package func migrate(
        _ database: some SQLDatabase, _ vault: Vault, prepare: (Upgrade) async throws -> Void = { _ in }
    ) async throws -> [Int] {
        let words = database.schemaWords
        try await database.write { try $0.runMigration(MigrationScript(text: words.rendering(Self.bookkeeping))) }
        let applied = try await database.read { try check($0) }
        if let last = applied.max(), let target = migrations.map(\.number).max(),
            migrations.contains(where: { !applied.contains($0.number) })
        {
            try await prepare(Upgrade(from: last, to: target))
        }
        var done: [Int] = []
        for migration in migrations where !applied.contains(migration.number) {
            if try await step(migration, on: database, vault) { done.append(migration.number) }
        }
        return done
    }

    /// - Returns: false when another server, which has started at the same time, was quicker.
    private func step(_ migration: Migration, on database: some SQLDatabase, _ vault: Vault) async throws -> Bool {
        let words = database.schemaWords
        guard migration.constraints != nil else { return try await database.write { try apply(migration, words, vault, on: $0) } }
        return try await database.rebuild { try apply(migration, words, vault, on: $0) }
    }

    private func apply(
        _ migration: Migration, _ words: SchemaWords, _ vault: Vault, on connection: any SQLConnection
    ) throws(DeskError) -> Bool {
        guard !(try check(connection).contains(migration.number)) else { return false }
        try connection.runMigration(migration.script(words))
        if migration.seals { try SealEverything(SealingConnection(connection, vault)).run() }
        try record(migration, on: connection)
        return true
    }

    /// - Throws: `schema_refused` unless all steps of this program are applied, and none that it can't work with.
    package func requireCurrent(_ connection: any SQLConnection) throws(DeskError) {
        let applied = try check(connection)
        guard let missing = migrations.first(where: { !applied.contains($0.number) }) else { return }
        throw DeskError(
            .schemaRefused, message: "The database lacks the schema step \(missing.number) (\(missing.name)). Start the program anew.")
    }

    /// - Returns: the numbers of the steps that were applied.
    private func check(_ connection: any SQLConnection) throws(DeskError) -> Set<Int> {
        try requireCompatible(connection)
        let rows = try connection.query("SELECT number, name, checksum FROM schema_migrations ORDER BY number")
        var numbers: Set<Int> = []
        for row in rows {
            let number = try row.int("number")
            try requireUnchanged(number, try row.text("name"), try row.text("checksum"))
            numbers.insert(number)
        }
        return numbers
    }

    private func requireCompatible(_ connection: any SQLConnection) throws(DeskError) {
        let state = try connection.first("SELECT schema_version, compat_version FROM schema_state WHERE name = 'schema'")
        guard let state else { return }
        let known = migrations.last?.number ?? 0
        let needed = try state.int("compat_version")
        guard needed <= known else {
            throw DeskError(
                .schemaRefused,
                message: "The database has schema \(try state.int("schema_version")), made by a newer program; this one knows \(known). "
                    + "Nothing was touched. Start the newer program, or restore a backup made by this one.")
        }
    }

    /// Steps of a newer program that says it is compatible are unknown here, and let pass.
    private func requireUnchanged(_ number: Int, _ name: String, _ checksum: String) throws(DeskError) {
        guard let migration = migrations.first(where: { $0.number == number }) else { return }
        guard migration.name == name, migration.checksum == checksum else {
            throw DeskError(
                .schemaRefused,
                message: "The schema step \(number) was applied as “\(name)” with another content than this program has. "
                    + "Nothing was touched. Use a released program; a changed step must be a new one.")
        }
    }

    private func record(_ migration: Migration, on connection: any SQLConnection) throws(DeskError) {
        try connection.run(
            """
            INSERT INTO schema_migrations (number, name, checksum) VALUES (\(migration.number), \(migration.name), \(migration.checksum))
            """)
        try connection.run(
            """
            INSERT INTO schema_state (name, schema_version, compat_version)
            VALUES ('schema', \(migration.number), \(migration.compatibleWith))
            ON CONFLICT (name) DO UPDATE
            SET schema_version = excluded.schema_version, compat_version = excluded.compat_version
            """)
    }

    private static let bookkeeping = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            number {int64} NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            checksum TEXT NOT NULL
        ) {strict};
        CREATE TABLE IF NOT EXISTS schema_state (
            name TEXT NOT NULL PRIMARY KEY,
            schema_version {int64} NOT NULL,
            compat_version {int64} NOT NULL
        ) {strict};
        """
}
