/// A point in time: whole microseconds since 1970-01-01T00:00:00Z, as stored. The core has no clock; instants are handed in.
package struct Instant: Hashable, Comparable, Sendable, Codable {
    package let microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }

    /// From Unix seconds, as most providers send them; what lies too far off stops at the edge.
    package init(unixSeconds: Int64) { microseconds = unixSeconds.multiplied(saturatingBy: 1_000_000) }

    package init(from decoder: any Decoder) throws {
        microseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }

    package var unixSeconds: Int64 { microseconds.quotient(flooredBy: 1_000_000) }

    package static func < (left: Self, right: Self) -> Bool { left.microseconds < right.microseconds }

    package static func + (instant: Self, duration: Duration) -> Self {
        Self(microseconds: instant.microseconds.adding(saturating: duration.wholeMicroseconds))
    }

    package static func - (instant: Self, duration: Duration) -> Self {
        Self(microseconds: instant.microseconds.subtracting(saturating: duration.wholeMicroseconds))
    }

    package static func - (later: Self, earlier: Self) -> Duration {
        .microseconds(later.microseconds.subtracting(saturating: earlier.microseconds))
    }
}

extension Duration {
    package static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }

    package static func hours(_ count: Int) -> Duration { .seconds(count * 3_600) }

    /// Rounded toward zero; what is too long stops at the edge, since providers may ask for any wait.
    package var wholeMicroseconds: Int64 {
        components.seconds.multiplied(saturatingBy: 1_000_000).adding(saturating: components.attoseconds / 1_000_000_000_000)
    }

    /// Rounded toward zero.
    package var wholeSeconds: Int64 { components.seconds }
}

extension Int64 {
    func multiplied(saturatingBy factor: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        guard overflow else { return product }
        return (self < 0) == (factor < 0) ? .max : .min
    }

    func adding(saturating other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        guard overflow else { return sum }
        return other > 0 ? .max : .min
    }

    func subtracting(saturating other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        guard overflow else { return difference }
        return other > 0 ? .min : .max
    }

    func quotient(flooredBy divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
