package import DeskCore

/// The networks of the proxies in front of the server, whose word about where a request came from counts. Nobody else's does: whoever
/// calls could write anything into `X-Forwarded-For`.
package struct TrustedProxies: Hashable, Sendable {
    /// This very machine.
    package static let loopback = TrustedProxies(ranges: ["127.0.0.0/8", "::1"].compactMap { NetworkRange($0) })
    /// How a setting says that there is none.
    private static let none = "none"

    private let ranges: [NetworkRange]

    private init(ranges: [NetworkRange]) { self.ranges = ranges }

    /// From networks and addresses with commas between them, or `none`.
    /// - Throws: a configuration error naming what is no network.
    package init(_ text: String) throws(DeskError) {
        let entries = text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
        guard entries != [Self.none] else {
            ranges = []
            return
        }
        var ranges: [NetworkRange] = []
        for entry in entries {
            guard let range = NetworkRange(entry) else {
                throw DeskError(
                    DeskError.Code("configuration"),
                    message: "\"\(entry)\" is no network of trusted proxies, such as 10.0.0.0/8 or 2001:db8::1. Nothing was started.")
            }
            ranges.append(range)
        }
        self.ranges = ranges
    }

    /// Where a request began: the right-most address that is no trusted proxy's. Each proxy adds on the right whom it was called by, so
    /// what is left of that one may be made up. Behind what is no address nobody can look: then it is the proxy who said it.
    /// - Parameters:
    ///   - peer: the other end of the connection.
    ///   - forwarded: the values of `X-Forwarded-For`, in their order.
    package func client(of peer: String, forwarded: [String]) -> String {
        guard var address = NetworkAddress(peer) else { return peer }
        var entries = forwarded.joined(separator: ",").split(separator: ",", omittingEmptySubsequences: false)
        while trusts(address), let entry = entries.popLast(), let before = NetworkAddress(inHeader: entry) { address = before }
        return address.text
    }

    private func trusts(_ address: NetworkAddress) -> Bool { ranges.contains { $0.contains(address) } }
}
