package import DeskServices

/// The use cases' storage over any database that a driver opens.
package struct SQLStorage: Storage {
    private let database: any SQLDatabase

    /// - Parameter database: migrated already.
    package init(_ database: any SQLDatabase) {
        self.database = database
    }

    package func read<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try await database.read { try body(SQLSession($0)) }
    }

    package func write<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try await database.write { try body(SQLSession($0)) }
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
