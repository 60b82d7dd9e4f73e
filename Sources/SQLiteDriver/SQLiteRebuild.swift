import DeskCore
import GRDB
import SQLStore

/// A write in which tables are built anew: references between tables are let go for its time, and all of them looked at before it is
/// committed. References can't be let go within a transaction.
/// Source: https://www.sqlite.org/lang_altertable.html, section 7.
enum SQLiteRebuild {
    static func run<Value: Sendable>(
        on writer: any DatabaseWriter, through commits: GroupCommit, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await enforceReferences(false, on: writer)
        let result: Result<Value, any Error>
        do {
            result = .success(try await commits.write { try checked(body, on: $0) })
        } catch {
            result = .failure(error)
        }
        try await enforceReferences(true, on: writer)
        return try result.get()
    }

    private static func checked<Value>(_ body: (any SQLConnection) throws -> Value, on connection: any SQLConnection) throws -> Value {
        let value = try body(connection)
        guard try connection.query("PRAGMA foreign_key_check").isEmpty else {
            throw DeskError.storageConflict("a table that was built anew lost what another one refers to")
        }
        return value
    }

    private static func enforceReferences(_ isOn: Bool, on writer: any DatabaseWriter) async throws {
        do {
            try await writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA foreign_keys = \(isOn ? "ON" : "OFF")") }
        } catch {
            throw SQLiteFailure.error(error)
        }
    }
}
