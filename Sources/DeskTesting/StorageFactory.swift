package import DeskServices
import PostgresDriver
package import SQLStore
import SQLiteDriver

/// A way to make an empty store. The contract suite runs over each of them, so that all keep the same promises.
package struct StorageFactory: Sendable, CustomStringConvertible {
    package let description: String
    private let make: @Sendable (@escaping @Sendable ([DeskEvent]) -> Void) async throws -> any Storage

    package init(
        _ description: String, make: @escaping @Sendable (@escaping @Sendable ([DeskEvent]) -> Void) async throws -> any Storage
    ) {
        self.description = description
        self.make = make
    }

    /// - Parameter onCommit: gets the events of each commit, in order.
    package func storage(onCommit: @escaping @Sendable ([DeskEvent]) -> Void = { _ in }) async throws -> any Storage {
        try await make(onCommit)
    }

    /// Every store that this program can run on.
    package static let all = [sqliteInMemory, sqliteFile, postgres]

    package static let sqliteInMemory = StorageFactory("SQLite in memory") {
        try await SQLiteStorage.inMemory(vault: .sample(), onCommit: $0)
    }

    package static let sqliteFile = StorageFactory("SQLite file") { onCommit in
        let folder = try TemporaryFolder()
        return KeepingStorage(
            place: folder, storage: try await SQLiteStorage.open(path: folder.path("desk.sqlite"), vault: .sample(), onCommit: onCommit))
    }

    package static let postgres = StorageFactory("PostgreSQL") { onCommit in
        let database = try await PostgresCluster.shared().database()
        return KeepingStorage(
            place: database, storage: try await PostgresStorage.open(database.address, vault: .sample(), readers: 2, onCommit: onCommit))
    }
}

/// A way to make an empty database, without any table.
package struct DatabaseFactory: Sendable, CustomStringConvertible {
    package let description: String
    private let make: @Sendable () async throws -> any SQLDatabase

    /// Every database that there is a driver for.
    package static let all = [
        DatabaseFactory(description: "SQLite") { try SQLiteDatabase(inMemory: { _ in }) },
        DatabaseFactory(description: "PostgreSQL") {
            let place = try PostgresCluster.shared().emptyDatabase()
            return try PostgresDatabase(place, readers: 1) { _ in }
        },
    ]

    package func database() async throws -> any SQLDatabase { try await make() }
}

/// Keeps the place where a store is as long as the store.
private struct KeepingStorage: Storage {
    let place: any Sendable
    let storage: any Storage

    func read<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try await storage.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any StorageSession) throws -> Value) async throws -> Value {
        try await storage.write(body)
    }

    func checkReadiness() async throws { try await storage.checkReadiness() }
}
