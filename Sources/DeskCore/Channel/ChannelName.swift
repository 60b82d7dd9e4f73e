/// A kind of network that people write through: `whatsapp`, `email`, `telegram`.
package struct ChannelName: RawRepresentable, Hashable, Sendable, Codable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    package static let whatsApp = Self(rawValue: "whatsapp")
    package static let email = Self(rawValue: "email")
}
