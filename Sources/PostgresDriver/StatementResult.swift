import CLibpq
import DeskCore
import SQLStore

/// One result of libpq, until it is let go.
final class StatementResult {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { PQclear(handle) }

    var status: ExecStatusType { PQresultStatus(handle) }

    /// What the server says it did: `COMMIT`, `INSERT 0 1`.
    var tag: String { String(cString: PQcmdStatus(handle)) }

    /// Rows that a statement changed; 0 for one that changes none.
    var changedRows: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

    var error: DeskError {
        PostgresFailure.error(state: field(CLIBPQ_STATE), message: field(CLIBPQ_MESSAGE))
    }

    /// Whether it is a report of the server. What libpq reports of itself has no SQLSTATE: the connection is gone.
    var isFromServer: Bool { !field(CLIBPQ_STATE).isEmpty }

    private func field(_ code: Int32) -> String {
        PQresultErrorField(handle, code).map { String(cString: $0) } ?? ""
    }

    var columns: SQLColumns {
        SQLColumns((0..<PQnfields(handle)).map { String(cString: PQfname(handle, $0)) })
    }

    func rows(_ columns: SQLColumns) -> [SQLRow] {
        let types = (0..<PQnfields(handle)).map { ColumnType(PQftype(handle, $0)) }
        return (0..<PQntuples(handle)).map { row in
            SQLRow(columns: columns, values: types.enumerated().map { value(row, Int32($0.offset), $0.element) })
        }
    }

    private func value(_ row: Int32, _ column: Int32, _ type: ColumnType) -> SQLValue {
        guard PQgetisnull(handle, row, column) == 0, let start = PQgetvalue(handle, row, column) else { return .null }
        return type.value(UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(handle, row, column))))
    }
}

/// How the texts of a column's values are read, by the numbers that PostgreSQL gives its types (`pg_type.dat`).
private enum ColumnType {
    case bool, integer, double, blob, text

    init(_ number: Oid) {
        self =
            switch number {
            case 16: .bool
            case 20, 21, 23: .integer
            case 700, 701: .double
            case 17: .blob
            default: .text
            }
    }

    func value(_ bytes: UnsafeRawBufferPointer) -> SQLValue {
        switch self {
        case .bool: .bool(bytes.first == UInt8(ascii: "t"))
        case .integer: Int64(String(decoding: bytes, as: UTF8.self)).map(SQLValue.integer) ?? .null
        case .double: Double(String(decoding: bytes, as: UTF8.self)).map(SQLValue.double) ?? .null
        case .blob: .blob(Self.unhex(bytes.dropFirst(2)))
        case .text: .text(PostgresText.decode(bytes))
        }
    }

    /// Bytes come as two hexadecimal digits each, after `\x`.
    private static func unhex(_ digits: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
        stride(from: digits.startIndex, to: digits.endIndex - 1, by: 2).map { place in
            nibble(digits[place]) << 4 | nibble(digits[place + 1])
        }
    }

    private static func nibble(_ digit: UInt8) -> UInt8 {
        digit <= UInt8(ascii: "9") ? digit - UInt8(ascii: "0") : (digit | 0x20) - UInt8(ascii: "a") + 10
    }
}
