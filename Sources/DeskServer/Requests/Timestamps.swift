import DeskCore
import Foundation

extension Instant {
    /// Reads an RFC 3339 time; nil for anything else.
    init?(timestamp text: String) {
        let styles = [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)]
        for style in styles {
            guard let date = try? style.parse(text) else { continue }
            self.init(microseconds: Int64((date.timeIntervalSince1970 * 1_000_000).rounded()))
            return
        }
        return nil
    }

    /// RFC 3339 in UTC, to the millisecond.
    var timestamp: String {
        let date = Date(timeIntervalSince1970: Double(microseconds) / 1_000_000)
        return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
