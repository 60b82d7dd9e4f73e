import Foundation

/// Makes identifiers that look like Meta's, out of seeded chance.
package struct MetaIdentifiers: Sendable {
    package enum Direction: UInt8, Sendable {
        case outgoing = 0x11
        case incoming = 0x12
    }

    private var random: SeededRandom

    package init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// A message id: base64 of the correspondent's digits, the direction and ten bytes of chance, after the prefix `wamid.`.
    package mutating func messageID(_ direction: Direction, correspondent: String) -> String {
        let unique = random.text(of: "0123456789ABCDEF", count: 20)
        let bytes =
            [0x1C, 0x18, UInt8(truncatingIfNeeded: correspondent.utf8.count)] + Array(correspondent.utf8)
            + [0x15, 0x02, 0x00, direction.rawValue, 0x18, 0x14] + Array(unique.utf8) + [0x00]
        return "wamid." + Data(bytes).base64EncodedString()
    }

    package mutating func mediaID() -> String { "1" + random.text(of: "0123456789", count: 15) }

    /// Meta's `fbtrace_id`.
    package mutating func traceID() -> String {
        "A" + random.text(of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", count: 22)
    }

    package mutating func businessScopedID(country: String) -> String {
        country + "." + "1" + random.text(of: "0123456789", count: 19)
    }

    package mutating func challenge() -> String { "1" + random.text(of: "0123456789", count: 9) }

    mutating func shuffle<Element>(_ items: [Element]) -> [Element] { items.shuffled(using: &random) }
}
