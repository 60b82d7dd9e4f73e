import ChannelKit
import Foundation
import NIOCore
import NIOPosix

/// Finds out where a name leads that the operator didn't type: once, and only to the open internet.
struct NameService: Sendable {
    /// Every address of a name, in the order in which they are to be tried; blocks.
    private let lookUp: @Sendable (_ name: String) throws -> [String]
    /// Whether a connection may go to an address.
    private let mayReach: @Sendable (_ address: String) -> Bool

    init(
        lookUp: @escaping @Sendable (_ name: String) throws -> [String] = Self.everyAddress,
        mayReach: @escaping @Sendable (_ address: String) -> Bool = PublicAddress.isPublic
    ) {
        self.lookUp = lookUp
        self.mayReach = mayReach
    }

    /// The first address of a name.
    /// - Throws: `EgressFailure` when there is none, or any is private: a name that leads inside is not to be trusted at all.
    func publicAddress(of name: String) async throws(EgressFailure) -> String {
        let addresses: [String]
        do {
            addresses = try await NIOThreadPool.singleton.runIfActive { [lookUp] in try lookUp(name) }
        } catch {
            throw EgressFailure(.neverArrived, "The name could not be looked up.")
        }
        guard let first = addresses.first else { throw EgressFailure(.neverArrived, "The name has no address.") }
        guard addresses.allSatisfy(mayReach) else { throw EgressFailure(.refusedByUs, "The name leads to a private address.") }
        return first
    }

    /// What the machine's own resolver says: `hosts`, then DNS. A number in any notation is read as connections would read it.
    static func everyAddress(of name: String) throws -> [String] {
        var wanted = addrinfo()
        wanted.ai_socktype = numericCast(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(name, nil, &wanted, &list)
        guard status == 0 else { throw NameUnknown(status: status) }
        defer { freeaddrinfo(list) }
        return sequence(first: list, next: { $0?.pointee.ai_next }).compactMap { $0.flatMap { text(of: $0.pointee) } }
    }

    private static func text(of entry: addrinfo) -> String? {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let status = getnameinfo(entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        guard status == 0 else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The resolver's own number for what went wrong.
    struct NameUnknown: Error {
        let status: Int32
    }
}

/// Addresses on the open internet.
enum PublicAddress {
    /// Whether an IP address is on the open internet: none of the special-purpose ranges (RFC 6890 and its registries).
    static func isPublic(_ address: String) -> Bool {
        guard let bytes = bytes(of: address) else { return false }
        return bytes.count == 4 ? isPublic(v4: bytes) : isPublic(v6: bytes)
    }

    private static func bytes(of address: String) -> [UInt8]? {
        guard let socket = try? SocketAddress(ipAddress: address, port: 0) else { return nil }
        switch socket {
        case .v4(let v4): return withUnsafeBytes(of: v4.address.sin_addr) { Array($0) }
        case .v6(let v6): return withUnsafeBytes(of: v6.address.sin6_addr) { Array($0) }
        case .unixDomainSocket: return nil
        }
    }

    private static func isPublic(v4 bytes: [UInt8]) -> Bool {
        switch (bytes[0], bytes[1], bytes[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (224..., _, _): false
        case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _), (198, 18...19, _): false
        case (192, 0, 0), (192, 0, 2), (198, 51, 100), (203, 0, 113), (192, 88, 99): false
        default: true
        }
    }

    /// Only global unicast; nothing that carries an IPv4 address inside, is meant for protocols and experiments, or for documentation.
    private static func isPublic(v6 bytes: [UInt8]) -> Bool {
        switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
        case (0x20, 0x01, 0x00...0x01, _), (0x20, 0x01, 0x0D, 0xB8), (0x20, 0x02, _, _), (0x3F, 0xFF, 0x00...0x0F, _): false
        case (0x20...0x3F, _, _, _): true
        default: false
        }
    }
}
