/// Scheme, host and port of a link, taken apart so narrowly that no other reader can see another host in it.
struct MediaOrigin: Hashable {
    private let scheme: String
    private let authority: String

    /// Nil for anything but a plain `http` or `https` link: no user part, no backslash, no escapes or foreign letters in the host.
    init?(_ link: String) {
        guard let separator = link.firstRange(of: "://"),
            link.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return nil }
        scheme = link[..<separator.lowerBound].lowercased()
        authority = link[separator.upperBound...].prefix { !"/?#".contains($0) }.lowercased()
        let isPlain = authority.utf8.allSatisfy(Self.mayStandInAuthority)
        guard scheme == "https" || scheme == "http", !authority.isEmpty, isPlain else { return nil }
    }

    /// Whether Meta's own file servers stand there: over TLS, at the usual port.
    var isMetas: Bool {
        scheme == "https" && Self.hosts.contains { authority == $0 || authority.hasSuffix("." + $0) }
    }

    private static let hosts = ["fbsbx.com", "fbcdn.net", "whatsapp.net"]

    private static func mayStandInAuthority(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"): true
        default: false
        }
    }
}
