import DeskCore
import GRDB
import SQLStore

/// A write in which tables are built anew: references between tables are let go for its time, and all of them looked at before it is
/// committed. References can't be let go within a transaction.
/// Source: https://www.sqlite.org/lang_altertable.html, section 7.
enum SQLiteRebuild {
    /// - Parameter enforce: has references enforced on the writing connection, or not.
    static func run<Value: Sendable>(
        through commits: GroupCommit, enforce: (Bool) async throws -> Void,
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await enforce(false)
        let result: Result<Value, any Error>
        do {
            result = .success(try await commits.write { try checked(body, on: $0) })
        } catch {
            result = .failure(error)
        }
        try await enforce(true)
        return try result.get()
    }

    private static func checked<Value>(_ body: (any SQLConnection) throws -> Value, on connection: any SQLConnection) throws -> Value {
        let value = try body(connection)
        guard try connection.query("PRAGMA foreign_key_check").isEmpty else {
            throw DeskError.storageConflict("a table that was built anew lost what another one refers to")
        }
        return value
    }

    /// - Throws: what the database says.
    static func enforceReferences(_ isOn: Bool, on database: Database) throws {
        do {
            try database.execute(sql: "PRAGMA foreign_keys = \(isOn ? "ON" : "OFF")")
        } catch {
            throw SQLiteFailure.error(error)
        }
    }
}
