/// SQL is written once, in `SQLStore`; only drivers know which database they speak to.
enum SQLPlacement {
    static let roomsWithSQL: Set<String> = ["SQLStore", "SQLiteDriver", "PostgresDriver"]
    static let drivers: Set<String> = ["SQLiteDriver", "PostgresDriver"]
    static let statements = ["SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE ", "ALTER TABLE ", "PRAGMA "]

    static func violations(in file: SwiftFile) -> [Violation] {
        guard let room = file.room else { return [] }
        var found: [Violation] = []
        if !roomsWithSQL.contains(room) {
            found += file.masked.strings.numbered.filter { line in statements.contains { line.text.containsWord($0) } }.map { line in
                file.violation(
                    line: line.number, "SQL in \(room)", remedy: "Put the statement into a repository of SQLStore, and call that")
            }
        }
        if !drivers.contains(room) {
            found += file.masked.code.numbered.filter { $0.text.lowercased().contains("dialect") }.map { line in
                file.violation(
                    line: line.number, "\(room) asks which database it speaks to",
                    remedy: "Write SQL that every database understands, or add a named seam to the drivers")
            }
        }
        return found
    }
}
