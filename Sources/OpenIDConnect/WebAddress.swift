import Foundation

/// An address of a provider: https, or http on this very machine (RFC 8414 section 2 asks for https).
struct WebAddress: Hashable, Sendable {
    /// Scheme, host and port: addresses that have it in common are one server.
    struct Origin: Hashable, Sendable {
        let scheme: String
        let host: String
        let port: Int
    }

    private static let ownHosts: Set<String> = ["localhost", "127.0.0.1", "::1", "[::1]"]

    let text: String
    let origin: Origin
    let path: String
    let query: String?

    /// Nil for what is no address, has a user or a fragment, or would go over the network in clear.
    init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\\") }), let parts = URLComponents(string: text),
            let scheme = parts.scheme?.lowercased(), let host = parts.host?.lowercased(), !host.isEmpty, parts.user == nil,
            parts.password == nil, parts.fragment == nil
        else { return nil }
        guard scheme == "https" || (scheme == "http" && Self.ownHosts.contains(host)) else { return nil }
        self.text = text
        origin = Origin(scheme: scheme, host: host, port: parts.port ?? (scheme == "https" ? 443 : 80))
        path = parts.percentEncodedPath
        query = parts.percentEncodedQuery
    }

    /// Whether it may be a provider's name: without a query (OpenID Connect Discovery 1.0 section 3).
    var isIssuer: Bool { query == nil && !text.contains("?") }

    /// Where the provider says what it is; a slash at the end is taken off before (Discovery 1.0 section 4).
    var discovery: String { (text.hasSuffix("/") ? String(text.dropLast()) : text) + "/.well-known/openid-configuration" }

    /// The address with further parameters after those that it has (RFC 6749 section 3.1).
    func adding(_ parameters: [(name: String, value: String)]) -> String {
        let separator = query == nil ? "?" : query?.isEmpty == true ? "" : "&"
        return text + separator + FormText.encoded(parameters)
    }
}

/// Names and values as forms and queries carry them.
enum FormText {
    private static let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)

    static func encoded(_ pairs: [(name: String, value: String)]) -> String {
        pairs.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
    }

    /// Everything but unreserved characters by its bytes (RFC 3986 section 2.3), which form decoders read, too (RFC 6749 appendix B).
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            if unreserved.contains(byte) { return String(UnicodeScalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.count == 1 ? "%0\(digits)" : "%\(digits)"
        }.joined()
    }
}
