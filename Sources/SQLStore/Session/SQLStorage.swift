package import DeskServices

/// The use cases' storage over any database that a driver opens.
package struct SQLStorage: Storage {
    private let database: any SQLDatabase
    private let vault: Vault

    /// - Parameters:
    ///   - database: migrated already.
    ///   - vault: holds the master key of what is sealed in it.
    package init(_ database: any SQLDatabase, _ vault: Vault) {
        self.database = database
        self.vault = vault
    }

    package func read<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try await database.read { [vault] connection in
            let session = SQLSession(connection, vault)
            defer { vault.remember(session.ring) }
            return try body(session)
        }
    }

    /// Keys that the body has made are remembered once they are committed, and not before.
    package func write<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try await writeSealed { try body($0) }
    }

    func writeSealed<Value: Sendable>(_ body: @escaping @Sendable (SQLSession) throws -> Value) async throws -> Value {
        let (value, ring) = try await database.write { [vault] connection in
            let session = SQLSession(connection, vault)
            return (try body(session), session.ring)
        }
        vault.remember(ring)
        return value
    }

    /// Which database this is, and how it is set up. Holds no secret.
    package func describe() async throws -> String { try await database.describe() }

    /// Lets what waits be done, and closes the database.
    package func close() async { await database.close() }

    package func checkReadiness() async throws {
        try await database.write { connection in
            try connection.run("UPDATE heartbeats SET beats = beats + 1 WHERE name = 'store'")
            try Migrator().requireCurrent(connection)
        }
    }
}
