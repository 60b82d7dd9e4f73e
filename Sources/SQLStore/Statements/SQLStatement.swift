import DeskCore

/// SQL with its values apart: interpolation is binding, so that no value can ever become syntax.
///
/// ```swift
/// let statement: SQLStatement = "SELECT name FROM contacts WHERE id = \(contact.id)"
/// ```
///
/// The words around the values are `StaticString`, which only the compiler can make; statements compose by interpolating one into
/// another. Raw text must not contain a question mark.
package struct SQLStatement: Sendable, Hashable {
    /// Statements are put together thousands of times a second, and bytes are put together faster than strings.
    private let bytes: [UInt8]
    /// In the order of their question marks.
    package let values: [SQLValue]

    /// With a question mark in place of each value.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The same statement with other values in the same places.
    func replacingValues(_ replace: (SQLValue) throws(DeskError) -> SQLValue) throws(DeskError) -> SQLStatement {
        var replaced: [SQLValue] = []
        replaced.reserveCapacity(values.count)
        for value in values { replaced.append(try replace(value)) }
        return SQLStatement(bytes: bytes, values: replaced)
    }

    private init(bytes: [UInt8], values: [SQLValue]) {
        self.bytes = bytes
        self.values = values
    }

    /// For a database that numbers or names its placeholders.
    /// - Parameter placeholder: the placeholder of the value at a place; the first place is 1.
    package func text(placeholder: (Int) -> String) -> String {
        let parts = text.split(separator: "?", omittingEmptySubsequences: false)
        return parts.dropFirst().enumerated().reduce(into: String(parts.first ?? "")) { rendered, part in
            rendered += placeholder(part.offset + 1) + part.element
        }
    }
}

extension SQLStatement: ExpressibleByStringInterpolation {
    package init(stringLiteral value: StaticString) {
        bytes = value.withUTF8Buffer { Array($0) }
        values = []
    }

    package init(stringInterpolation: Interpolation) {
        bytes = stringInterpolation.bytes
        values = stringInterpolation.values
    }

    /// Collects the static words and the values of a statement literal.
    package struct Interpolation: StringInterpolationProtocol {
        package typealias StringLiteralType = StaticString

        private static let placeholder = UInt8(ascii: "?")

        fileprivate private(set) var bytes: [UInt8] = []
        fileprivate private(set) var values: [SQLValue] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount)
            values.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }

        /// Binds a value.
        package mutating func appendInterpolation(_ value: some SQLBindable) {
            bytes.append(Self.placeholder)
            values.append(value.sqlValue)
        }

        /// Binds a value, or null.
        package mutating func appendInterpolation(_ value: (some SQLBindable)?) {
            bytes.append(Self.placeholder)
            values.append(value?.sqlValue ?? .null)
        }

        /// Binds each of a list, separated by commas, as `IN (…)` wants them.
        package mutating func appendInterpolation(list: [some SQLBindable]) {
            bytes += list.map { _ in [Self.placeholder] }.joined(separator: Array(", ".utf8))
            values += list.map(\.sqlValue)
        }

        /// Puts another statement here, with its values.
        package mutating func appendInterpolation(_ fragment: SQLStatement) {
            bytes += fragment.bytes
            values += fragment.values
        }
    }
}
