package import DeskCore
import Foundation

/// The time zones of the machine that runs the tests.
package struct WallClocks: TimeZoneRules {
    package init() {}

    package func offset(of zone: String, at instant: Instant) -> Int64 {
        Int64((TimeZone(identifier: zone) ?? .gmt).secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.unixSeconds))))
    }
}
