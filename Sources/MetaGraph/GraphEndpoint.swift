package import ChannelKit
package import DeskCore

/// One account's way into Meta's Graph: where it is, and the token that opens it. Builds requests; performs none.
package struct GraphEndpoint: Sendable {
    /// With the version and without a slash at the end: `https://graph.facebook.com/v25.0`.
    package let base: String
    /// Whether the operator typed the base, so that it may be a private address.
    package let isOperatorTyped: Bool
    private let accessToken: Secret

    package static let defaultBase = "https://graph.facebook.com/v25.0"

    /// - Parameter base: as the operator typed it; nil or empty means Meta's own.
    package init(base: String?, accessToken: Secret) {
        var typed = base ?? ""
        while typed.hasSuffix("/") { typed.removeLast() }
        self.base = typed.isEmpty ? Self.defaultBase : typed
        isOperatorTyped = !typed.isEmpty && typed != Self.defaultBase
        self.accessToken = accessToken
    }

    /// - Parameters:
    ///   - path: its segments, escaped here.
    ///   - query: names as they are, values escaped here.
    package func get(_ path: [String], query: [(name: String, value: String)] = []) -> EgressRequest {
        let pairs = query.map { "\($0.name)=\(Self.escaped($0.value))" }
        return EgressRequest(
            .get, address(path) + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")), headers: [authorization],
            isOperatorTyped: isOperatorTyped)
    }

    package func post(_ path: [String], json: JSONValue) -> EgressRequest {
        EgressRequest(
            .post, address(path), headers: [authorization, ("content-type", "application/json")], body: json.encoded,
            isOperatorTyped: isOperatorTyped)
    }

    package func post(_ path: [String], form: MultipartForm) -> EgressRequest {
        EgressRequest(
            .post, address(path), headers: [authorization, ("content-type", form.contentType)], body: form.encoded,
            isOperatorTyped: isOperatorTyped, timeout: .minutes(3))
    }

    /// A file behind a link that Meta gave; nil where the link leads anywhere but to Meta's file hosts or back to the operator's
    /// own base, so that our token goes nowhere else.
    package func download(_ link: String, maximumBytes: Int) -> EgressRequest? {
        guard let origin = MediaOrigin(link) else { return nil }
        let isOwnBase = isOperatorTyped && origin == MediaOrigin(base)
        guard isOwnBase || origin.isMetas else { return nil }
        return EgressRequest(
            .get, link, headers: [authorization], isOperatorTyped: isOwnBase, maximumResponseBytes: maximumBytes, timeout: .minutes(3))
    }

    private var authorization: (name: String, value: String) { ("authorization", "Bearer \(accessToken.exposed())") }

    private func address(_ path: [String]) -> String {
        path.reduce(base) { address, segment in "\(address)/\(Self.escaped(segment))" }
    }

    /// Everything but the unreserved characters of RFC 3986 percent-encoded.
    private static func escaped(_ text: String) -> String {
        text.utf8.reduce(into: "") { escaped, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                escaped += "%" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}
