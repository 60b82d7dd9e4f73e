/// A request to the Graph side, taken apart: which of the calls that the simulator knows it is.
package enum GraphCall: Hashable, Sendable {
    /// `POST /{node}/messages`
    case sendMessage(from: String)
    /// `POST /{node}/media`
    case uploadMedia(to: String)
    /// `GET /{node}`: a phone number, an account or a file.
    case read(String)
    /// `POST /{node}`: sets a phone number's `webhook_configuration`.
    case update(String)
    /// `DELETE /{node}`: a file.
    case delete(String)
    case listPhoneNumbers(of: String)
    case readSubscriptions(of: String)
    case subscribe(String)
    case unsubscribe(String)
    /// The address that a file's node names: query `mid`, `ext`, `hash`.
    case download

    /// - Parameters:
    ///   - method: `GET`, `POST`, `DELETE`.
    ///   - path: with or without a leading version: `/v25.0/…`.
    /// - Returns: nil for what the simulator doesn't know.
    package init?(method: String, path: String) {
        var parts = path.split(separator: "/").map(String.init)
        if let first = parts.first, Self.isVersion(first) { parts.removeFirst() }
        switch (method, parts.count, parts.first, parts.last) {
        case ("POST", 2, let node?, "messages"): self = .sendMessage(from: node)
        case ("POST", 2, let node?, "media"): self = .uploadMedia(to: node)
        case ("GET", 2, let node?, "phone_numbers"): self = .listPhoneNumbers(of: node)
        case ("GET", 2, let node?, "subscribed_apps"): self = .readSubscriptions(of: node)
        case ("POST", 2, let node?, "subscribed_apps"): self = .subscribe(node)
        case ("DELETE", 2, let node?, "subscribed_apps"): self = .unsubscribe(node)
        case ("GET", 2, "whatsapp_business", "attachments"): self = .download
        case ("GET", 1, let node?, _): self = .read(node)
        case ("POST", 1, let node?, _): self = .update(node)
        case ("DELETE", 1, let node?, _): self = .delete(node)
        default: return nil
        }
    }

    private static func isVersion(_ part: String) -> Bool {
        part.hasPrefix("v") && part.dropFirst().allSatisfy { $0.isNumber || $0 == "." } && part.count > 1
    }
}

/// What to answer, and how to spoil it.
package struct GraphAnswer: Hashable, Sendable {
    package enum Body: Hashable, Sendable {
        case json(JSONValue)
        case html(String)
        case file([UInt8], mediaType: String)
    }

    /// Whether the answer leaves the simulator.
    package enum Fate: Hashable, Sendable {
        case given
        /// The connection is cut instead.
        case cut
        /// It comes so much later.
        case late(Duration)
    }

    package var status: Int
    package var body: Body
    package var fate = Fate.given

    package init(status: Int = 200, body: Body, fate: Fate = .given) {
        self.status = status
        self.body = body
        self.fate = fate
    }

    package static func json(_ value: JSONValue) -> Self { Self(body: .json(value)) }

    /// The JSON of the answer; `null` where it is none.
    package var json: JSONValue {
        guard case .json(let value) = body else { return .null }
        return value
    }
}
