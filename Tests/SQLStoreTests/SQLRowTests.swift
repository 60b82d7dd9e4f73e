import DeskCore
import SQLStore
import Testing

@Suite struct SQLRowTests {
    private let row = SQLRow(
        columns: SQLColumns(["text", "number", "yes", "flag", "bytes", "nothing", "role"]),
        values: [.text("a"), .integer(7), .bool(true), .integer(0), .blob([1]), .null, .text("sales")])

    @Test func columnsAreReadByNameAndType() throws {
        #expect(try row.text("text") == "a")
        #expect(try row.int("number") == 7)
        #expect(try row.bool("yes"))
        #expect(try !row.bool("flag"))
        #expect(try row.blob("bytes") == [1])
        #expect(try row.instant("number") == Instant(microseconds: 7))
        #expect(try row.identifier("text") == Workspace.ID("a"))
        #expect(try row.word("role", as: Role.self) == .sales)
        #expect(try row.optionalText("nothing") == nil)
        #expect(try row.optionalInstant("nothing") == nil)
        #expect(try row.optionalWord("nothing", as: Role.self) == nil)
    }

    @Test(arguments: ["missing", "nothing", "number", "bytes"])
    func whatIsNoTextIsAFaultThatNamesTheColumn(_ column: String) {
        #expect { try row.text(column) } throws: { error in
            guard let error = error as? DeskError else { return false }
            return error.code == .storageFault && error.message.contains(column) && !error.isTransient
        }
    }

    @Test func otherMismatchesAreFaultsToo() {
        #expect(throws: DeskError.self) { try row.int("text") }
        #expect(throws: DeskError.self) { try row.bool("number") }
        #expect(throws: DeskError.self) { try row.blob("text") }
        #expect(throws: DeskError.self) { try row.word("text", as: Role.self) }
    }
}
