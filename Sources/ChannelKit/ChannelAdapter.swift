package import DeskCore

/// One network, as the desk sees it. This part is mandatory and small; each further ability is a protocol of its own
/// (`WebhookReceiving`, `MediaFetching`, `ReadMarking`, `TypingShowing`, `Reacting`), found by a cast.
package protocol ChannelAdapter: Sendable {
    var channel: ChannelName { get }

    /// What must be set to connect an inbox, in the order in which a person is asked.
    var settings: [ChannelSetting] { get }

    /// The setting that names the account as the provider's events do.
    var accountSetting: String { get }

    /// What a reply may be on this channel.
    var limits: ChannelLimits { get }

    /// The largest file, in bytes, that the channel takes of a media type; nil if it takes none of that type.
    func maximumBytes(ofMediaType mediaType: String) -> Int?

    /// Hands a reply to the provider, once. Called only after the attempt was durably recorded; must not retry by itself,
    /// and must answer `unknown` whenever the provider may have taken the message.
    func send(_ message: OutboundMessage, from account: ChannelAccount, blobs: any BlobReading, egress: any Egress) async -> SendOutcome
}

/// A channel whose provider calls us.
package protocol WebhookReceiving: ChannelAdapter {
    /// Answers the provider's subscription handshake.
    /// - Parameter query: the decoded query of the GET request.
    /// - Returns: the body to answer with status 200, or nil to refuse.
    func answerHandshake(query: [(name: String, value: String)], account: ChannelAccount) -> String?

    /// Whether the request really comes from the provider. Looks at the raw bytes, in constant time, before anything is parsed.
    /// - Parameter header: gives a header's value by its lower-case name.
    func isAuthentic(body: [UInt8], header: (String) -> String?, account: ChannelAccount) -> Bool

    /// Reads a body. Never fails as a whole for one bad entry: what can't be read becomes a `malformed` event beside its siblings.
    /// A body that is no JSON at all gives one `malformed` event.
    func events(in body: [UInt8]) -> [ChannelEvent]
}

/// A channel whose files are fetched apart from the message.
package protocol MediaFetching: ChannelAdapter {
    /// Fetches a file's bytes, asking for a fresh link where links expire, and checks the digest where the provider states one.
    func fetch(_ attachment: Attachment, for account: ChannelAccount, egress: any Egress) async throws(MediaFailure) -> FetchedMedia
}

/// A channel on which the contact can be shown that they were read.
package protocol ReadMarking: ChannelAdapter {
    /// Best effort: a failure changes nothing that is owed.
    func markRead(providerID: String, for account: ChannelAccount, egress: any Egress) async -> Bool
}

/// A channel on which the contact can see that somebody is writing.
package protocol TypingShowing: ChannelAdapter {
    /// - Parameter providerID: the contact's message that is being answered. On WhatsApp this marks it as read, too.
    func showTyping(answering providerID: String, for account: ChannelAccount, egress: any Egress) async -> Bool
}

/// A channel on which an emoji can be put on a contact's message.
package protocol Reacting: ChannelAdapter {
    /// - Parameter emoji: nil takes an earlier reaction away.
    func react(
        to providerID: String, with emoji: String?, recipient: ProviderIdentity, attempt: String, from account: ChannelAccount,
        egress: any Egress
    ) async -> SendOutcome
}

/// One value that connects an inbox.
package struct ChannelSetting: Hashable, Sendable {
    package let key: String
    package let isSecret: Bool
    package let isRequired: Bool
    package let defaultValue: String?

    package init(_ key: String, isSecret: Bool = false, isRequired: Bool = true, defaultValue: String? = nil) {
        self.key = key
        self.isSecret = isSecret
        self.isRequired = isRequired
        self.defaultValue = defaultValue
    }
}

/// An inbox's connection: what the operator typed, secrets apart.
package struct ChannelAccount: Sendable {
    package let channel: ChannelName
    package let settings: [String: String]
    package let secrets: [String: Secret]

    package init(channel: ChannelName, settings: [String: String], secrets: [String: Secret]) {
        self.channel = channel
        self.settings = settings
        self.secrets = secrets
    }
}

/// Bytes by the SHA-256 (lower-case hexadecimal) of their content.
package protocol BlobReading: Sendable {
    func bytes(of blob: String) async throws -> [UInt8]
}

/// Bytes that are to be kept.
package protocol BlobKeeping: BlobReading {
    /// Durable when it returns.
    /// - Returns: the name under which they are kept.
    func store(_ bytes: [UInt8]) async throws -> String
}

/// A file as fetched: the provider's word on its type, and its bytes.
package struct FetchedMedia: Sendable {
    package let bytes: [UInt8]
    package let mediaType: String

    package init(bytes: [UInt8], mediaType: String) {
        self.bytes = bytes
        self.mediaType = mediaType
    }
}

/// Why a file could not be fetched, and whether later may be better.
package struct MediaFailure: Error, Hashable, Sendable {
    package let reason: String
    package let isTransient: Bool

    package init(_ reason: String, isTransient: Bool) {
        self.reason = reason
        self.isTransient = isTransient
    }
}
