import DeskCore
import SQLStore
import Testing

@Suite struct SQLStatementTests {
    @Test func interpolationIsBinding() {
        let name = "Robert'); DROP TABLE students; --"
        let statement: SQLStatement = "SELECT \(1), \(name), \(true), \(2.5), \([UInt8(7)]), \(Instant(microseconds: 9))"
        #expect(statement.text == "SELECT ?, ?, ?, ?, ?, ?")
        #expect(
            statement.values == [.integer(1), .text(name), .bool(true), .double(2.5), .blob([7]), .integer(9)])
    }

    @Test func whatIsMissingIsNull() {
        let nothing: String? = nil
        let something: Workspace.ID? = Workspace.ID("w")
        let statement: SQLStatement = "VALUES (\(nothing), \(something))"
        #expect(statement.text == "VALUES (?, ?)")
        #expect(statement.values == [.null, .text("w")])
    }

    @Test func fragmentsComposeInOrder() {
        let condition: SQLStatement = "b = \("two") AND c = \(3)"
        let statement: SQLStatement = "SELECT x FROM t WHERE a = \(1) AND \(condition) LIMIT \(4)"
        #expect(statement.text == "SELECT x FROM t WHERE a = ? AND b = ? AND c = ? LIMIT ?")
        #expect(statement.values == [.integer(1), .text("two"), .integer(3), .integer(4)])
    }

    @Test func aListBindsEachOfItsValues() {
        let statement: SQLStatement = "a IN (\(list: ["x", "y", "z"])) OR b IN (\(list: [Int]()))"
        #expect(statement.text == "a IN (?, ?, ?) OR b IN ()")
        #expect(statement.values == [.text("x"), .text("y"), .text("z")])
    }

    @Test func aStatementWithoutValuesIsItsText() {
        let statement: SQLStatement = "SELECT 1"
        #expect(statement.text == "SELECT 1")
        #expect(statement.values.isEmpty)
        #expect(statement.text { "$\($0)" } == "SELECT 1")
    }

    @Test func placeholdersCanBeNumbered() {
        let statement: SQLStatement = "UPDATE t SET a = \("?"), b = \(2) WHERE c = \(3)"
        #expect(statement.text { "$\($0)" } == "UPDATE t SET a = $1, b = $2 WHERE c = $3")
    }
}
