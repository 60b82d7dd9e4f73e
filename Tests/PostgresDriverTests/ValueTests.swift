import DeskCore
import DeskServices
import DeskTesting
import SQLStore
import Testing

@testable import PostgresDriver

/// Whatever goes in comes out, to the last bit.
@Suite struct ValueTests {
    static let texts = [
        "", "\u{0}", "a\u{0}b", "\u{1}", "\u{1}\u{1}", "\u{0}\u{1}\u{2}", "🏴‍☠️", "e\u{301}", "\\x00", "\\", "'", "{\"a\":\"\\u0000\"}",
        String(repeating: "ñ\u{0}", count: 100_000),
    ]

    @Test func textsAndBytesAreKeptToTheLast() async throws {
        let place = try await PostgresCluster.shared().database()
        let database = try PostgresDatabase(place.address) { _ in }
        try await database.write { try $0.run("CREATE TABLE kept (text TEXT, bytes BYTEA)") }
        for text in Self.texts {
            let kept = try await database.write { connection in
                try connection.run("DELETE FROM kept")
                try connection.run("INSERT INTO kept VALUES (\(text), \(Array(text.utf8)))")
                let row = try #require(try connection.first("SELECT text, bytes FROM kept WHERE text = \(text)"))
                return (try row.text("text"), try row.blob("bytes"))
            }
            #expect(Array(kept.0.utf8) == Array(text.utf8))
            #expect(kept.1 == Array(text.utf8))
        }
        await database.close()
    }

    @Test func numbersTruthsAndNothingAreKept() async throws {
        let place = try await PostgresCluster.shared().database()
        let database = try PostgresDatabase(place.address) { _ in }
        let values: [(SQLValue, SQLValue, SQLValue)] = [
            (.integer(.min), .bool(true), .double(0.1)), (.integer(.max), .bool(false), .double(-.greatestFiniteMagnitude)),
            (.integer(0), .null, .double(.leastNonzeroMagnitude)), (.null, .bool(true), .null),
        ]
        try await database.write { try $0.run("CREATE TABLE kept (number BIGINT, truth BOOLEAN, fraction DOUBLE PRECISION)") }
        for (number, truth, fraction) in values {
            let kept = try await database.write { connection in
                try connection.run("DELETE FROM kept")
                try connection.run("INSERT INTO kept VALUES (\(number), \(truth), \(fraction))")
                let row = try #require(try connection.first("SELECT number, truth, fraction FROM kept"))
                return [try row.value("number"), try row.value("truth"), try row.value("fraction")]
            }
            #expect(kept == [number, truth, fraction])
        }
        await database.close()
    }

    /// Zero bytes are written otherwise than they are; neither sameness nor order may suffer from it.
    @Test func textsKeepTheirOrderInTheDatabase() throws {
        var chance = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            let pair = (0..<2).map { _ in (0..<Int.random(in: 0..<5, using: &chance)).map { _ in UInt8.random(in: 0...3, using: &chance) } }
            let coded = pair.map { text in
                var bytes: [UInt8] = []
                PostgresText.encode(text, into: &bytes)
                return bytes
            }
            #expect(!coded[0].contains(0))
            #expect(coded[0].lexicographicallyPrecedes(coded[1]) == pair[0].lexicographicallyPrecedes(pair[1]))
            #expect(coded[0].withUnsafeBytes { Array(PostgresText.decode($0).utf8) } == pair[0])
        }
    }

    @Test func textsAreSortedByTheirBytesWhateverTheServersLanguage() async throws {
        let place = try await PostgresCluster.shared().database()
        let storage = try await PostgresStorage.open(place.address, vault: .sample(), readers: 1) { _ in }
        let build = DeskBuilder()
        let names = ["a", "B", "Á", "ñ", "n", "z", "_", "É\u{0}", "É"]
        try await storage.write { session in for name in names { try session.workspaces.insert(build.workspace(name)) } }
        let found = try await storage.read { try $0.workspaces.all().map(\.name) }
        #expect(found == names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
        await storage.close()
    }
}
