import DeskCore
import DeskTesting
import SQLStore
import Testing

@testable import PostgresDriver

/// A server that could lose what it has acknowledged gets nothing to keep.
@Suite struct RequirementTests {
    @Test(arguments: [
        (["fsync = off"], "fsync"), (["full_page_writes = off"], "full_page_writes"),
        (["synchronous_commit = off"], "synchronous_commit"),
        (["synchronous_commit = remote_write", "synchronous_standby_names = 'other'"], "synchronous_commit"),
        (["synchronous_commit = local", "synchronous_standby_names = 'other'"], "synchronous_commit"),
    ])
    func aServerThatCouldForgetIsRefusedWithTheRemedy(_ settings: [String], _ culprit: String) async throws {
        let cluster = try PostgresCluster(settings: settings)
        let error = await refusal { _ = try await PostgresStorage.open(cluster.address(), vault: .sample()) { _ in } }
        #expect(error?.code == .storageRefused)
        #expect(error?.isTransient == false)
        #expect(error?.message.contains("Set \(culprit) = on") == true)
    }

    @Test func withoutStandbysWritingLocallyIsAllThereIs() async throws {
        let database = try await PostgresCluster.shared().database()
        let address = try PostgresAddress("\(database.address.text.exposed()) options='-c synchronous_commit=local'")
        let storage = try await PostgresStorage.open(address, vault: .sample()) { _ in }
        try await storage.checkReadiness()
        await storage.close()
    }

    @Test func anEncodingThatCanNotHoldEveryTextIsRefused() async throws {
        let cluster = try PostgresCluster.shared()
        try cluster.run("CREATE DATABASE narrow ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0")
        let error = await refusal { _ = try await PostgresStorage.open(cluster.address(of: "narrow"), vault: .sample()) { _ in } }
        #expect(error?.code == .storageRefused)
        #expect(error?.message.contains("LATIN1") == true)
    }

    @Test(arguments: [(130_014, false), (140_000, true), (150_018, true)])
    func versionsFromFourteenOnWillDo(_ version: Int, _ isFine: Bool) {
        #expect((ServerRequirements.fault(version: Int32(version), encoding: "UTF8") == nil) == isFine)
    }

    @Test func everySessionIsSetUp() async throws {
        let place = try await PostgresCluster.shared().database()
        let address = try PostgresAddress("\(place.address.text.exposed()) options='-c synchronous_commit=local -c timezone=Asia/Tokyo'")
        let database = try PostgresDatabase(address) { _ in }
        let names = ["application_name", "client_encoding", "synchronous_commit", "TimeZone", "statement_timeout", "lock_timeout"]
        let ask: @Sendable (any SQLConnection) throws -> [String?] = { connection in
            try names.map { try connection.first("SELECT current_setting(\($0)) AS value")?.text("value") }
        }
        #expect(try await database.write(ask) == ["contesta", "UTF8", "on", "UTC", "30s", "10s"])
        #expect(try await database.read(ask) == ["contesta", "UTF8", "on", "UTC", "30s", "10s"])
        await database.close()
    }
}
