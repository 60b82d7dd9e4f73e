import DeskCore
import Testing

@testable import DeskServer

@Suite struct TrustedProxiesTests {
    /// A call, and where it came from by right.
    struct Call: Sendable, CustomTestStringConvertible {
        let trusted: String?
        let peer: String
        let forwarded: [String]
        let origin: String

        init(_ origin: String, by peer: String, _ forwarded: String..., trusting trusted: String? = nil) {
            (self.origin, self.peer, self.forwarded, self.trusted) = (origin, peer, forwarded, trusted)
        }

        var testDescription: String { "\(peer) \(forwarded) → \(origin)" }
    }

    static let calls = [
        // Nobody is in front, or nobody who is trusted.
        Call("127.0.0.1", by: "127.0.0.1"),
        Call("192.0.2.1", by: "192.0.2.1", "203.0.113.7"),
        Call("2001:db8::1", by: "2001:db8::1", "203.0.113.7"),
        Call("127.0.0.1", by: "127.0.0.1", "203.0.113.7", trusting: "none"),
        Call("127.0.0.1", by: "127.0.0.1", "203.0.113.7", trusting: "10.0.0.0/8"),
        // One proxy on this machine.
        Call("203.0.113.7", by: "127.0.0.1", "203.0.113.7"),
        Call("203.0.113.7", by: "127.9.9.9", "203.0.113.7"),
        Call("203.0.113.7", by: "::1", "203.0.113.7"),
        Call("203.0.113.7", by: "::ffff:127.0.0.1", "203.0.113.7"),
        Call("2001:db8::7", by: "127.0.0.1", "2001:0DB8:0000::0007"),
        Call("203.0.113.7", by: "127.0.0.1", "::ffff:203.0.113.7"),
        // Written in front by the caller.
        Call("203.0.113.7", by: "127.0.0.1", "1.1.1.1, 127.0.0.1, 203.0.113.7"),
        Call("203.0.113.7", by: "127.0.0.1", "1.1.1.1", "203.0.113.7"),
        Call("203.0.113.7", by: "127.0.0.1", "rubbish,,203.0.113.7"),
        // Several proxies.
        Call("203.0.113.7", by: "10.0.0.2", "203.0.113.7, 10.0.0.1", trusting: "10.0.0.0/8"),
        Call("203.0.113.7", by: "10.0.0.2", "8.8.8.8, 203.0.113.7", "10.0.0.1", trusting: "10.0.0.0/8"),
        Call("11.0.0.1", by: "10.0.0.2", "203.0.113.7, 11.0.0.1", trusting: "10.0.0.0/8"),
        Call("2001:db8:1::9", by: "2001:db8:0:ffff::1", "2001:db8:1::9, 2001:db8::5", trusting: "2001:db8::/47, 2001:db8::/48"),
        Call("10.0.0.1", by: "10.0.0.2", "10.0.0.1, 10.0.0.3", trusting: "10.0.0.0/8"),
        // Odd numbers of bits.
        Call("10.1.32.0", by: "10.1.31.255", "10.1.32.0", trusting: "10.1.16.0/20"),
        Call("10.1.32.0", by: "10.1.32.0", "203.0.113.7", trusting: "10.1.16.0/20"),
        Call("203.0.113.7", by: "192.0.2.1", "203.0.113.7", trusting: "192.0.2.1"),
        Call("192.0.2.2", by: "192.0.2.2", "203.0.113.7", trusting: "192.0.2.1"),
        Call("203.0.113.7", by: "2001:db8::1", "203.0.113.7", trusting: "::/0"),
        Call("192.0.2.2", by: "192.0.2.2", "203.0.113.7", trusting: "::/0"),
        // With ports, as some proxies write them.
        Call("203.0.113.7", by: "127.0.0.1", "203.0.113.7:4711"),
        Call("2001:db8::7", by: "127.0.0.1", "[2001:db8::7]:4711"),
        Call("2001:db8::7", by: "127.0.0.1", "[2001:db8::7]"),
        // What is no address: nobody can look behind it.
        Call("127.0.0.1", by: "127.0.0.1", "unknown"),
        Call("127.0.0.1", by: "127.0.0.1", "203.0.113.7, _hidden"),
        Call("127.0.0.1", by: "127.0.0.1", ""),
        Call("127.0.0.1", by: "127.0.0.1", "203.0.113.7,"),
        Call("127.0.0.1", by: "127.0.0.1", "203.0.113.256"),
        Call("127.0.0.1", by: "127.0.0.1", "203.0.113.7\u{0}"),
        Call("10.0.0.1", by: "127.0.0.1", "203.0.113.7, ](, 10.0.0.1", trusting: "10.0.0.0/8,127.0.0.1"),
    ]

    @Test(arguments: calls) func theOriginIsTheRightmostAddressThatIsNoTrustedProxys(call: Call) throws {
        let proxies = try call.trusted.map { try TrustedProxies($0) } ?? .loopback
        #expect(proxies.client(of: call.peer, forwarded: call.forwarded) == call.origin)
    }

    @Test(arguments: [
        "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/", "10.0.0/8", "::/129", "proxy.example", "10.0.0.1/8/8", "none,::1",
    ])
    func whatIsNoNetworkIsRefused(text: String) {
        #expect(throws: DeskError.self) { try TrustedProxies(text) }
    }

    @Test func blanksAndEmptyEntriesDoNotMatter() throws {
        let proxies = try TrustedProxies(" 10.0.0.0/8 ,, ::1 ")
        #expect(proxies.client(of: "10.1.1.1", forwarded: ["192.0.2.1"]) == "192.0.2.1")
    }
}
