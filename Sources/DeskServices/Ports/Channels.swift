package import DeskCore

/// The way to the providers. Implemented where the adapters are put together.
package protocol ChannelGateway: Sendable {
    /// What a reply may be on a channel; nil for a channel that this program doesn't know.
    func limits(of channel: ChannelName) -> ChannelLimits?

    /// The largest file in bytes that the channel takes of a media type; nil if it takes none of that type.
    func maximumBytes(ofMediaType mediaType: String, on channel: ChannelName) -> Int?

    /// What the channel's adapter reads in a request of its provider; the same for the same bytes, always.
    func events(in body: [UInt8], on channel: ChannelName) -> [ChannelEvent]

    /// Calls the provider, once. Never throws: whatever can't be known is `unknown`.
    func send(_ message: OutboundMessage, through connection: InboxConnection) async -> SendOutcome

    /// Fetches a file from the provider and puts it into the blob store.
    func fetch(_ attachment: Attachment, through connection: InboxConnection) async -> MediaFetch

    /// Shows the contact that they were read, where the channel can.
    func markRead(providerID: String, through connection: InboxConnection) async

    /// What a channel can do beside carrying replies.
    func abilities(of channel: ChannelName) -> Set<ChannelAbility>

    /// Puts a reaction on a contact's message or takes it away, once. Never throws: whatever can't be known is `unknown`.
    func react(_ call: ReactionCall, through connection: InboxConnection) async -> SendOutcome

    /// Shows the contact that somebody writes, where the channel can. On WhatsApp it marks their messages as read, too.
    /// - Parameter providerID: the contact's message that is being answered.
    func showTyping(answering providerID: String, through connection: InboxConnection) async

    /// How long a send must wait to stay within the channel's rates; nil: it may go now, and is counted.
    func reserve(_ recipient: ProviderIdentity, through connection: InboxConnection, at now: Instant) async -> Duration?
}

/// How fetching a file ended.
package enum MediaFetch: Hashable, Sendable {
    case stored(blob: String, byteCount: Int, mediaType: String)
    case failed(reason: String, isTransient: Bool)
    /// It can't be kept here for now, which says nothing of the provider.
    case noRoom
}

/// The time, for use cases: the one place where they may ask for it.
package protocol TimeSource: Sendable {
    func now() -> Instant
    /// Waits until an instant, or returns earlier when cancelled.
    /// - Throws: `CancellationError`.
    func wait(until instant: Instant) async throws
}

/// Chance, for use cases: spreads retries.
package protocol ChanceSource: Sendable {
    /// 0 ..< 1, each as likely as any other.
    func fraction() -> Double
    /// Bytes that nobody can guess.
    func bytes(_ count: Int) -> [UInt8]
}
