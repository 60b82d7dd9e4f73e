import Foundation
import NIOCore

/// An IP address. One of version 4 inside of version 6 (`::ffff:192.0.2.1`, RFC 4291 section 2.5.5.2) is the version 4 address.
struct NetworkAddress: Hashable, Sendable {
    private static let mappedPrefix: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]

    private static let letters = Set("0123456789abcdefABCDEF.:".utf8)

    /// Four or sixteen.
    let bytes: [UInt8]
    /// In its shortest form.
    let text: String

    /// Nil for what is none.
    init?(_ text: some StringProtocol) {
        // The system's reading of addresses ends at a zero byte, and passes over what follows.
        guard text.utf8.allSatisfy({ Self.letters.contains($0) }),
            let address = try? SocketAddress(ipAddress: String(text), port: 0), let text = address.ipAddress
        else { return nil }
        switch address {
        case .v4(let v4): bytes = withUnsafeBytes(of: v4.address.sin_addr) { Array($0) }
        case .v6(let v6):
            let all = withUnsafeBytes(of: v6.address.sin6_addr) { Array($0) }
            guard !all.starts(with: Self.mappedPrefix) else {
                let inner = all.suffix(4)
                (self.bytes, self.text) = (Array(inner), inner.map { "\($0)" }.joined(separator: "."))
                return
            }
            bytes = all
        case .unixDomainSocket: return nil
        }
        self.text = text
    }

    /// As proxies write it: some add a port, and then brackets around version 6.
    init?(inHeader entry: some StringProtocol) {
        let entry = entry.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
        if entry.hasPrefix("["), let end = entry.firstIndex(of: "]") {
            self.init(entry[entry.index(after: entry.startIndex)..<end])
        } else if entry.count(where: { $0 == ":" }) == 1, let colon = entry.firstIndex(of: ":") {
            self.init(entry[..<colon])
        } else {
            self.init(entry)
        }
    }
}

/// All addresses that begin alike (CIDR, RFC 4632).
struct NetworkRange: Hashable, Sendable {
    private let start: NetworkAddress
    /// How many bits are alike.
    private let length: Int

    /// `192.0.2.0/24`, `2001:db8::/32`, or a single address. Nil for what is neither.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, let start = NetworkAddress(first), parts.count <= 2 else { return nil }
        let bits = start.bytes.count * 8
        guard parts.count == 2 else {
            (self.start, length) = (start, bits)
            return
        }
        guard let length = Int(parts[1]), (0...bits).contains(length), parts[1].allSatisfy(\.isNumber) else { return nil }
        (self.start, self.length) = (start, length)
    }

    func contains(_ address: NetworkAddress) -> Bool {
        guard address.bytes.count == start.bytes.count else { return false }
        let whole = length / 8
        guard address.bytes.prefix(whole) == start.bytes.prefix(whole) else { return false }
        let rest = length % 8
        guard rest > 0 else { return true }
        return (address.bytes[whole] ^ start.bytes[whole]) >> (8 - rest) == 0
    }
}
