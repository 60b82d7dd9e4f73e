/// An opaque identifier, typed by what it identifies, so that a message's can't be passed where a conversation's is due.
///
/// Our own are UUIDv7 in lower-case text (RFC 9562 section 5.7); readers must not take them apart.
package struct Identifier<Subject>: Hashable, Sendable, Codable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }

    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    package var description: String { text }
}

extension Identifier: Comparable {
    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}
