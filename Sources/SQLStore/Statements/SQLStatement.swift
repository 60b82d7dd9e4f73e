/// SQL with its values apart: interpolation is binding, so that no value can ever become syntax.
///
/// ```swift
/// let statement: SQLStatement = "SELECT name FROM contacts WHERE id = \(contact.id)"
/// ```
///
/// The words around the values are `StaticString`, which only the compiler can make; statements compose by interpolating one into
/// another. Raw text must not contain a question mark.
package struct SQLStatement: Sendable, Hashable {
    /// With a question mark in place of each value.
    package private(set) var text: String
    /// In the order of their question marks.
    package private(set) var values: [SQLValue]

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
        text = value.description
        values = []
    }

    package init(stringInterpolation: Interpolation) {
        text = stringInterpolation.text
        values = stringInterpolation.values
    }

    /// Collects the static words and the values of a statement literal.
    package struct Interpolation: StringInterpolationProtocol {
        package typealias StringLiteralType = StaticString

        var text = ""
        var values: [SQLValue] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount)
            values.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            text += literal.description
        }

        /// Binds a value.
        package mutating func appendInterpolation(_ value: some SQLBindable) {
            text += "?"
            values.append(value.sqlValue)
        }

        /// Binds a value, or null.
        package mutating func appendInterpolation(_ value: (some SQLBindable)?) {
            text += "?"
            values.append(value?.sqlValue ?? .null)
        }

        /// Binds each of a list, separated by commas, as `IN (…)` wants them.
        package mutating func appendInterpolation(list: [some SQLBindable]) {
            text += list.map { _ in "?" }.joined(separator: ", ")
            values += list.map(\.sqlValue)
        }

        /// Puts another statement here, with its values.
        package mutating func appendInterpolation(_ fragment: SQLStatement) {
            text += fragment.text
            values += fragment.values
        }
    }
}
