/// Where new identifiers come from. Rules and use cases are handed one; they never make identifiers out of nothing.
package protocol IdentifierSource: Sendable {
    /// A fresh identifier whose text sorts by `instant`.
    func next<Subject>(at instant: Instant) -> Identifier<Subject>
}

/// The text of a UUIDv7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then 74 random bits.
package enum UUIDv7 {
    /// - Parameters:
    ///   - instant: gives the time part; what lies before 1970 counts as 1970.
    ///   - random: the source of the other bits.
    package static func text(at instant: Instant, random: inout some RandomNumberGenerator) -> String {
        let milliseconds = UInt64(max(0, instant.microseconds) / 1_000) & 0xFFFF_FFFF_FFFF
        let high = (milliseconds << 16) | 0x7000 | (random.next() & 0x0FFF)
        let low = 0x8000_0000_0000_0000 | (random.next() & 0x3FFF_FFFF_FFFF_FFFF)
        let digits = hexadecimal(high) + hexadecimal(low)
        return [8, 4, 4, 4, 12].reduce(into: (text: "", rest: Substring(digits))) { partial, length in
            partial.text += (partial.text.isEmpty ? "" : "-") + partial.rest.prefix(length)
            partial.rest = partial.rest.dropFirst(length)
        }.text
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
