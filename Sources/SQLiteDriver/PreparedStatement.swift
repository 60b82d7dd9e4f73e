import DeskCore
import GRDB
import GRDBSQLite
import SQLStore

/// A statement from the connection's cache, bound and stepped to its end.
struct PreparedStatement {
    private let statement: Statement
    private let handle: OpaquePointer
    private let database: Database
    private let bindings: BindingBuffer

    init(_ statement: Statement, on database: Database, bindings: BindingBuffer) {
        self.statement = statement
        handle = statement.sqliteStatement
        self.database = database
        self.bindings = bindings
    }

    var columns: SQLColumns { SQLColumns(statement.columnNames) }

    /// - Throws: `storage_fault` when there are more or fewer values than question marks.
    func bind(_ values: [SQLValue]) throws(DeskError) {
        guard values.count == Int(sqlite3_bind_parameter_count(handle)) else {
            throw .storageFault("a statement has \(values.count) values for other places")
        }
        bindings.prepare(for: values)
        for (index, value) in values.enumerated() {
            try check(bind(value, at: Int32(index + 1)))
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
        switch value {
        case .null: sqlite3_bind_null(handle, index)
        case .bool(let bool): sqlite3_bind_int64(handle, index, bool ? 1 : 0)
        case .integer(let integer): sqlite3_bind_int64(handle, index, integer)
        case .double(let double): sqlite3_bind_double(handle, index, double)
        case .text(let text):
            sqlite3_bind_text(handle, index, bindings.keep(text).assumingMemoryBound(to: CChar.self), Int32(text.utf8.count), nil)
        case .blob(let bytes): sqlite3_bind_blob(handle, index, bindings.keep(bytes), Int32(bytes.count), nil)
        case .confidential: SQLITE_MISUSE
        }
    }

    /// - Returns: whether there is a row.
    func step() throws(DeskError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            throw SQLiteFailure.error(code: code, message: String(cString: sqlite3_errmsg(database.sqliteConnection)))
        }
    }

    /// The values of the row that was stepped to.
    var values: [SQLValue] {
        let count = sqlite3_column_count(handle)
        return (0..<count).map(value)
    }

    private func value(_ index: Int32) -> SQLValue {
        switch sqlite3_column_type(handle, index) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(handle, index))
        case SQLITE_FLOAT: .double(sqlite3_column_double(handle, index))
        case SQLITE_TEXT: .text(text(index))
        case SQLITE_BLOB: .blob(blob(index))
        default: .null
        }
    }

    private func text(_ index: Int32) -> String {
        guard let start = sqlite3_column_text(handle, index) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, index))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    private func blob(_ index: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, index) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index))))
    }

    /// Lets go of rows and values, so that the statement can be used again.
    func finish() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    private func check(_ code: Int32) throws(DeskError) {
        guard code == SQLITE_OK else {
            throw SQLiteFailure.error(code: code, message: String(cString: sqlite3_errmsg(database.sqliteConnection)))
        }
    }
}
