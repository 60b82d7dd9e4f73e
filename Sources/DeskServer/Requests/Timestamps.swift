import DeskCore
import Foundation

extension Instant {
    /// Reads an RFC 3339 time; nil for anything else.
    init?(timestamp text: String) {
        guard Self.hasShape(text) else { return nil }
        let styles = [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)]
        for style in styles {
            guard let date = try? style.parse(text) else { continue }
            self.init(microseconds: Int64((date.timeIntervalSince1970 * 1_000_000).rounded()))
            return
        }
        return nil
    }

    /// Foundation reads years of two digits and seconds of three as well, each as something else than was meant.
    private static func hasShape(_ text: String) -> Bool {
        let signs = text.utf8.map { byte in UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte ? UInt8(ascii: "0") : byte }
        guard signs.starts(with: "0000-00-00T00:00:00".utf8), isOfOneDay(text) else { return false }
        var rest = signs.dropFirst(19)
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { $0 == UInt8(ascii: "0") }
            guard (1...9).contains(digits.count) else { return false }
            rest = rest.dropFirst(1 + digits.count)
        }
        return ["Z", "+00:00", "-00:00"].contains { rest.elementsEqual($0.utf8) }
    }

    /// Hours to 23, minutes to 59, seconds to 60: Foundation goes on counting into other days.
    private static func isOfOneDay(_ text: String) -> Bool {
        let parts = text.dropFirst(11).prefix(8).split(separator: ":").compactMap { Int($0) }
        return parts.count == 3 && zip(parts, [23, 59, 60]).allSatisfy { $0 <= $1 }
    }

    /// RFC 3339 in UTC, to the millisecond.
    var timestamp: String {
        let seconds = Date(timeIntervalSince1970: Double(unixSeconds)).formatted(Date.ISO8601FormatStyle())
        // Counted in whole numbers: as a fraction, one in some of them would come out a millisecond earlier.
        let milliseconds = (microseconds - unixSeconds * 1_000_000) / 1_000
        return "\(seconds.dropLast()).\(String(milliseconds + 1_000).dropFirst())Z"
    }
}
