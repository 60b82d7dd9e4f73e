import Foundation
import HummingbirdCore

/// What the process may open (getrlimit(2), `RLIMIT_NOFILE`), and how much of it strangers may take by connecting.
///
/// A server that has no descriptor left is not slow, it ends: libdispatch reads its threads' state from /proc, and takes a refusal for
/// damage. So the last ones are the desk's own, and whoever comes when the others are taken waits in the system's queue.
package struct DescriptorRoom: AvailableConnectionsDelegate {
    /// For the database's files, calls to providers, pictures, and what the runtime opens for itself.
    static let reserve = 96
    /// More than a desk can use, and no cause to count for those systems that have no limit at all.
    private static let most = 65_536

    private let limit: @Sendable () -> Int
    private var connections = 0

    /// - Parameter limit: how many descriptors the process may have; asked each time, since an operator can change it while it runs.
    package init(limit: @escaping @Sendable () -> Int = { Self.limit() }) {
        self.limit = limit
    }

    package mutating func connectionOpened() {
        connections += 1
    }

    package mutating func connectionClosed() {
        connections -= 1
    }

    /// One always comes in: a desk with a very low limit is slow, and not shut.
    package func isAcceptingNewConnections() -> Bool {
        connections < max(1, limit() - Self.reserve)
    }

    /// Takes as much as the system grants without asking: systemd and shells begin with 1,024 of what is mostly 524,288.
    package static func takeAll() {
        guard var granted = granted(), granted.rlim_cur < granted.rlim_max else { return }
        granted.rlim_cur = min(granted.rlim_max, max(granted.rlim_cur, rlim_t(most)))
        _ = setrlimit(resource, &granted)
    }

    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

    private static func granted() -> rlimit? {
        var granted = rlimit()
        return getrlimit(resource, &granted) == 0 ? granted : nil
    }

    private static func limit() -> Int {
        Int(clamping: granted()?.rlim_cur ?? rlim_t(most))
    }
}
