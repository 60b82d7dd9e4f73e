import DeskCore
import Foundation
import GRDB
import GRDBSQLite
import SQLStore

/// Copies of the whole database, and whether it is sound.
extension SQLiteDatabase {
    /// Pages copied between two words about the progress.
    private static let pagesPerStep: CInt = 2_000

    /// Copied by SQLite's online backup within one read, so that writers neither wait nor are seen. The read must have begun before: a
    /// backup that begins its own lets go of it at every step, and starts over when somebody has written meanwhile.
    /// Source: https://sqlite.org/backup.html
    package func snapshot(to path: String, progress: @escaping @Sendable (Double) -> Void) async throws {
        do {
            let target = try DatabaseQueue(path: path)
            try await reader.read { source in
                _ = try Int.fetchOne(source, sql: "SELECT count(*) FROM sqlite_schema")
                try target.writeWithoutTransaction { copy in
                    try source.backup(to: copy, pagesPerStep: Self.pagesPerStep) { step in
                        progress(Double(step.completedPageCount) / Double(max(step.totalPageCount, 1)))
                    }
                }
            }
            try target.close()
            try Self.synchronize(path)
        } catch {
            throw SQLiteFailure.error(error)
        }
    }

    /// Source: https://sqlite.org/pragma.html#pragma_quick_check
    package func damage(isThorough: Bool) async throws -> String? {
        do {
            let words = try await reader.read { database in
                try String.fetchAll(database, sql: isThorough ? "PRAGMA integrity_check(3)" : "PRAGMA quick_check(3)")
            }
            return words == ["ok"] ? nil : words.joined(separator: "; ")
        } catch let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
            return error.message ?? "it can't be read"
        } catch {
            throw SQLiteFailure.error(error)
        }
    }

    private static func synchronize(_ path: String) throws {
        let file = try FileHandle(forUpdating: URL(filePath: path))
        try file.synchronize()
        try file.close()
    }
}
