import DeskCore
package import DeskServices
import GRDB
package import SQLStore

/// An SQLite database in memory that has no thread of its own, for simulations: reads happen at once where they are asked for, and
/// commits when the simulation says so. Statements, savepoints and shared commits are those of `SQLiteDatabase`.
package final class InlineSQLiteDatabase: SQLDatabase {
    private let queue: DatabaseQueue
    private let commits: GroupCommit

    /// - Parameters:
    ///   - schedule: is given the next group commit, and runs it now or later; one at a time, and in order.
    ///   - onCommit: gets the events of each commit right after it, in order.
    /// - Throws: `storage_unavailable`.
    package init(
        schedule: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void, onCommit: @escaping @Sendable ([DeskEvent]) -> Void
    ) throws {
        do {
            let queue = try DatabaseQueue(configuration: SQLiteDatabase.configuration)
            self.queue = queue
            commits = GroupCommit(onCommit: onCommit) { work in
                schedule { queue.writeWithoutTransaction { work(SQLiteConnection($0, mustBeInTransaction: true)) } }
            }
        } catch {
            throw SQLiteFailure.error(error)
        }
    }

    package var schemaWords: SchemaWords { .sqlite }

    package func describe() async throws -> String { "SQLite in memory, driven by a simulation" }

    /// Nothing is to be done: the memory goes with the last who knows it.
    package func close() async {}

    package func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        try readNow(body)
    }

    @discardableResult
    package func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        try await commits.write(body)
    }

    package func rebuild<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
        try await SQLiteRebuild.run(through: commits, enforce: { try self.enforceReferencesNow($0) }, body)
    }

    /// On the caller's thread: the simulation has no other.
    private func enforceReferencesNow(_ isOn: Bool) throws {
        try queue.writeWithoutTransaction { try SQLiteRebuild.enforceReferences(isOn, on: $0) }
    }

    /// Reads without waiting: what is committed at this moment. Nothing else can happen meanwhile, so that no transaction is needed; and
    /// to forbid writing by `PRAGMA query_only`, as GRDB would, costs the statements that are prepared.
    package func readNow<Value>(_ body: (any SQLConnection) throws -> Value) throws -> Value {
        do {
            return try queue.unsafeRead { try body(SQLiteConnection($0, mustBeInTransaction: false)) }
        } catch {
            throw SQLiteFailure.error(error)
        }
    }
}
