package import DeskCore

/// The names of a result's columns, shared by its rows.
package final class SQLColumns: Sendable {
    let names: [String]

    package init(_ names: [String]) { self.names = names }

    func index(of name: String) -> Int? { names.firstIndex(of: name) }
}

/// One row of a result, read by column name.
///
/// Every reader throws `storage_fault` for a column that is missing or of another type, naming it.
package struct SQLRow: Sendable {
    private let columns: SQLColumns
    private let values: [SQLValue]
    /// What opens sealed values of the row.
    private(set) var ring: KeyRing?

    package init(columns: SQLColumns, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// The names of the keys that its sealed values need.
    var keyIDs: [KeyID] {
        values.compactMap { value in
            switch value {
            case .text(let text): Seal.keyID(of: text)
            case .blob(let bytes): Seal.keyID(of: bytes)
            case .null, .bool, .integer, .double, .confidential: nil
            }
        }
    }

    func opened(by ring: KeyRing) -> SQLRow {
        var row = self
        row.ring = ring
        return row
    }

    package func value(_ column: String) throws(DeskError) -> SQLValue {
        guard let index = columns.index(of: column), index < values.count else {
            throw .storageFault("a row has no column \(column)")
        }
        return values[index]
    }

    package func optionalText(_ column: String) throws(DeskError) -> String? {
        switch try value(column) {
        case .text(let text): text
        case .null: nil
        case .bool, .integer, .double, .blob, .confidential: throw mismatch(column, "text")
        }
    }

    package func optionalInteger(_ column: String) throws(DeskError) -> Int64? {
        switch try value(column) {
        case .integer(let integer): integer
        case .null: nil
        case .bool, .double, .text, .blob, .confidential: throw mismatch(column, "an integer")
        }
    }

    /// True and false; databases without a type for them say 1 and 0.
    package func bool(_ column: String) throws(DeskError) -> Bool {
        switch try value(column) {
        case .bool(let bool): bool
        case .integer(0): false
        case .integer(1): true
        case .null, .integer, .double, .text, .blob, .confidential: throw mismatch(column, "true or false")
        }
    }

    package func blob(_ column: String) throws(DeskError) -> [UInt8] {
        guard case .blob(let bytes) = try value(column) else { throw mismatch(column, "bytes") }
        return bytes
    }

    private func mismatch(_ column: String, _ expected: String) -> DeskError {
        .storageFault("the column \(column) does not hold \(expected)")
    }
}

extension SQLRow {
    package func text(_ column: String) throws(DeskError) -> String { try required(column, optionalText(column)) }

    package func integer(_ column: String) throws(DeskError) -> Int64 { try required(column, optionalInteger(column)) }

    package func int(_ column: String) throws(DeskError) -> Int { Int(try integer(column)) }

    package func instant(_ column: String) throws(DeskError) -> Instant { Instant(microseconds: try integer(column)) }

    package func optionalInstant(_ column: String) throws(DeskError) -> Instant? {
        try optionalInteger(column).map(Instant.init(microseconds:))
    }

    package func identifier<Subject>(_ column: String) throws(DeskError) -> Identifier<Subject> { Identifier(try text(column)) }

    package func optionalIdentifier<Subject>(_ column: String) throws(DeskError) -> Identifier<Subject>? {
        try optionalText(column).map(Identifier.init)
    }

    /// A word of a closed vocabulary.
    package func word<Word: RawRepresentable<String>>(_ column: String, as type: Word.Type = Word.self) throws(DeskError) -> Word {
        guard let word = Word(rawValue: try text(column)) else { throw mismatch(column, "a known word") }
        return word
    }

    package func optionalWord<Word: RawRepresentable<String>>(_ column: String, as type: Word.Type = Word.self) throws(DeskError) -> Word? {
        try optionalText(column) == nil ? nil : try word(column)
    }

    private func required<Value>(_ column: String, _ value: Value?) throws(DeskError) -> Value {
        guard let value else { throw mismatch(column, "anything") }
        return value
    }
}
