import DeskCore
import Testing

@testable import SQLStore

@Suite struct CursorTests {
    @Test(arguments: [Int64.min, -1, 0, 1_795_176_000_000_000, .max])
    func aCursorIsReadBack(_ number: Int64) throws {
        let cursor = Cursor(list: .owed, number: number, id: "01930000-aaaa-7000-8000-00000000ññ ?")
        #expect(try Cursor(cursor.text, of: .owed) == cursor)
        #expect(cursor.text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
    }

    @Test func aCursorOfAnotherListIsRefused() {
        let cursor = Cursor(list: .owed, number: 1, id: "x")
        #expect(throws: DeskError.self) { try Cursor(cursor.text, of: .active) }
    }
}
