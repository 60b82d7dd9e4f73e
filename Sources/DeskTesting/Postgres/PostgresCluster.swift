import Foundation
package import PostgresDriver
import SQLStore
import Synchronization

/// A PostgreSQL server of this test run alone, in a temporary folder and reached by a socket in it. It ends with whoever made it, or
/// with the process, however that ends.
package final class PostgresCluster: Sendable {
    /// The one that tests share; it starts with the first test that needs it.
    package static func shared() throws -> PostgresCluster { try running.get() }

    private static let running = Result { try PostgresCluster() }

    private static let settings = ["listen_addresses = ''", "max_connections = 300", "shared_buffers = 64MB", "autovacuum = off"]

    /// Databases at once; further tests wait. Each holds a few connections.
    private let places = Places(24)
    private let template = Places(1)
    private let count = Mutex(0)
    private let isMigrated = Mutex(false)
    private let server: SupervisedServer

    /// Makes a server for tests that do harm to it; most want `shared`.
    /// - Parameter settings: lines of `postgresql.conf`.
    package init(settings: [String] = []) throws {
        server = try SupervisedServer(settings: Self.settings + settings)
    }

    /// The address of one of its databases.
    package func address(of database: String = "postgres") throws -> PostgresAddress {
        try PostgresAddress("host=\(server.folder) user=contesta dbname=\(database)")
    }

    /// Runs a command that makes or changes databases.
    package func run(_ command: String) throws {
        try AdministratorSession(host: server.folder).run(command)
    }

    /// Makes a database with the schema in it, gone when nobody holds it any more.
    package func database() async throws -> TestDatabase {
        await places.take()
        do {
            try await migrateTemplate()
            let name = "test_\(nextNumber())"
            try run("CREATE DATABASE \(name) TEMPLATE template_of_tests")
            return TestDatabase(name: name, address: try address(of: name), in: self)
        } catch {
            places.giveBack()
            throw error
        }
    }

    /// Makes a database without any table, which stays as long as the server.
    package func emptyDatabase() throws -> PostgresAddress {
        let name = "empty_\(nextNumber())"
        try run("CREATE DATABASE \(name)")
        return try address(of: name)
    }

    fileprivate func remove(_ database: String) {
        // What can't be dropped goes with the server.
        try? run("DROP DATABASE \(database) WITH (FORCE)")
        places.giveBack()
    }

    /// Kills the server's processes as a crash would, and starts it again.
    package func crashAndRestart() async throws { try await control("restart --mode immediate") }

    /// Stops the server in the middle of everything.
    package func crash() async throws { try await control("stop --mode immediate") }

    /// Starts it again after `crash`.
    package func start() async throws { try await control("start") }

    /// On a thread of its own: whoever uses the server must be able to go on meanwhile.
    private func control(_ order: String) async throws {
        try await withCheckedThrowingContinuation { continuation in
            Thread { [server] in continuation.resume(with: Result { try server.control(order) }) }.start()
        }
    }

    private func nextNumber() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }

    private func migrateTemplate() async throws {
        await template.take()
        defer { template.giveBack() }
        guard !isMigrated.withLock({ $0 }) else { return }
        try run("DROP DATABASE IF EXISTS template_of_tests")
        try run("CREATE DATABASE template_of_tests")
        try await PostgresStorage.open(address(of: "template_of_tests"), vault: .sample(), readers: 1) { _ in }.close()
        isMigrated.withLock { $0 = true }
    }
}

/// One test's own database.
package final class TestDatabase: Sendable {
    package let address: PostgresAddress
    private let name: String
    private let cluster: PostgresCluster

    fileprivate init(name: String, address: PostgresAddress, in cluster: PostgresCluster) {
        self.name = name
        self.address = address
        self.cluster = cluster
    }

    deinit { cluster.remove(name) }
}
