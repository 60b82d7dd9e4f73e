/// A provider's JSON, read leniently: every accessor answers nil for what is missing or of another kind, so that one odd field
/// never costs the message around it.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The digits as they came: a 20-digit id keeps every one of them.
    case number(literal: String)
    case string(String)
    case array([JSONValue])
    /// In the order received; where a name comes twice, the last one counts.
    case object([Member])

    package struct Member: Hashable, Sendable {
        package let name: String
        package let value: JSONValue

        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }
}

extension JSONValue {
    /// The member of that name; nil if there is none, or if this is no object.
    package subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    /// The member at the end of a way through nested objects.
    package subscript(_ first: String, _ rest: String...) -> JSONValue? {
        rest.reduce(self[first]) { value, name in value?[name] }
    }

    package var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    package var elements: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    package var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// Text that says something: nil for the empty string.
    package var nonEmptyText: String? {
        guard let text, !text.isEmpty else { return nil }
        return text
    }

    /// An identifier, which Meta sends as text in one place and as a number in another.
    package var identifier: String? {
        switch self {
        case .string(let text) where !text.isEmpty: text
        case .number(let literal): literal
        default: nil
        }
    }

    /// A whole number, sent as a number or as text: `5`, `"5"`, `5.0`. Nil where it doesn't fit 64 bits.
    package var integer: Int64? {
        switch self {
        case .number(let literal): Int64(literal) ?? Double(literal).flatMap { Int64(exactly: $0) }
        case .string(let text): Int64(text)
        default: nil
        }
    }

    /// A number, sent as a number or as text; nil where it is not finite.
    package var double: Double? {
        guard let literal = identifier, let value = Double(literal), value.isFinite else { return nil }
        return value
    }

    package var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }

    package init(booleanLiteral value: Bool) { self = .bool(value) }

    package init(integerLiteral value: Int64) { self = .number(literal: String(value)) }

    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    package init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(elements.map(Member.init)) }
}
