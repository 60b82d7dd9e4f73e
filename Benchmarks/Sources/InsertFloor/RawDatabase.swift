import GRDBSQLite

/// SQLite with nothing between.
final class RawDatabase {
    struct Failure: Error {
        let code: Int32
    }

    private var handle: OpaquePointer?

    init(path: String) throws(Failure) {
        try Self.check(sqlite3_open(path, &handle))
    }

    deinit { sqlite3_close(handle) }

    func run(_ text: String) throws(Failure) {
        try Self.check(sqlite3_exec(handle, text, nil, nil, nil))
    }

    func prepare(_ text: String) throws(Failure) -> RawStatement {
        var statement: OpaquePointer?
        try Self.check(sqlite3_prepare_v2(handle, text, -1, &statement, nil))
        return RawStatement(handle: statement)
    }

    static func check(_ code: Int32, expecting expected: Int32 = SQLITE_OK) throws(Failure) {
        guard code == expected else { throw Failure(code: code) }
    }
}

/// A prepared insert of a text, a number and bytes.
final class RawStatement {
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private let handle: OpaquePointer?

    init(handle: OpaquePointer?) { self.handle = handle }

    deinit { sqlite3_finalize(handle) }

    func insert(id: String, number: Int64, body: [UInt8]) throws(RawDatabase.Failure) {
        sqlite3_reset(handle)
        try RawDatabase.check(sqlite3_bind_text(handle, 1, id, -1, Self.copied))
        try RawDatabase.check(sqlite3_bind_int64(handle, 2, number))
        try RawDatabase.check(sqlite3_bind_blob(handle, 3, body, Int32(body.count), Self.copied))
        try RawDatabase.check(sqlite3_step(handle), expecting: SQLITE_DONE)
    }
}
