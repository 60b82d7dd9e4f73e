import Foundation
import GRDBSQLite

/// `insert-floor FILE SECONDS GROUP`: inserts rows as big as a webhook's body into one table with one index, GROUP to a commit that
/// waits for the disk, and prints how many went in per second. It shows what durable storage alone costs.
@main
enum InsertFloor {
    private static let bodyLength = 700

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let seconds = Double(arguments[2]), let group = Int(arguments[3]), group > 0 else {
            print("Usage: insert-floor FILE SECONDS GROUP")
            exit(64)
        }
        let database = try RawDatabase(path: arguments[1])
        try database.run("PRAGMA journal_mode = WAL")
        try database.run("PRAGMA synchronous = FULL")
        try database.run("CREATE TABLE bodies (id TEXT NOT NULL PRIMARY KEY, received_at INTEGER NOT NULL, body BLOB NOT NULL) STRICT")
        let rows = try insert(into: database, for: .seconds(seconds), group: group)
        print(Int(Double(rows) / seconds))
    }

    private static func insert(into database: RawDatabase, for duration: Duration, group: Int) throws -> Int {
        let statement = try database.prepare("INSERT INTO bodies (id, received_at, body) VALUES (?, ?, ?)")
        let body = [UInt8](repeating: 0x61, count: bodyLength)
        let end = ContinuousClock.now + duration
        var rows = 0
        while ContinuousClock.now < end {
            try database.run("BEGIN IMMEDIATE")
            for _ in 0..<group {
                rows += 1
                try statement.insert(id: UUID().uuidString, number: Int64(rows), body: body)
            }
            try database.run("COMMIT")
        }
        return rows
    }
}
