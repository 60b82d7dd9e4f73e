package import DeskCore
package import DeskServices

/// Channels with something of a test's in the way of each call of `send` or `react`: it may wait there, look around, or change the world.
package struct InterceptedChannels: ChannelGateway {
    private let channels: any ChannelGateway
    private let beforeSend: @Sendable (OutboundMessage) async -> Void
    private let beforeReaction: @Sendable (ReactionCall) async -> Void

    /// - Parameters:
    ///   - beforeSend: runs before each reply reaches `channels`.
    ///   - beforeReaction: runs before each reaction does.
    package init(
        _ channels: any ChannelGateway, beforeSend: @escaping @Sendable (OutboundMessage) async -> Void,
        beforeReaction: @escaping @Sendable (ReactionCall) async -> Void = { _ in }
    ) {
        self.channels = channels
        self.beforeSend = beforeSend
        self.beforeReaction = beforeReaction
    }

    package func limits(of channel: ChannelName) -> ChannelLimits? { channels.limits(of: channel) }

    package func maximumBytes(ofMediaType mediaType: String, on channel: ChannelName) -> Int? {
        channels.maximumBytes(ofMediaType: mediaType, on: channel)
    }

    package func events(in body: [UInt8], on channel: ChannelName) -> [ChannelEvent] { channels.events(in: body, on: channel) }

    package func send(_ message: OutboundMessage, through connection: InboxConnection) async -> SendOutcome {
        await beforeSend(message)
        return await channels.send(message, through: connection)
    }

    package func fetch(_ attachment: Attachment, through connection: InboxConnection) async -> MediaFetch {
        await channels.fetch(attachment, through: connection)
    }

    package func markRead(providerID: String, through connection: InboxConnection) async {
        await channels.markRead(providerID: providerID, through: connection)
    }

    package func abilities(of channel: ChannelName) -> Set<ChannelAbility> { channels.abilities(of: channel) }

    package func react(_ call: ReactionCall, through connection: InboxConnection) async -> SendOutcome {
        await beforeReaction(call)
        return await channels.react(call, through: connection)
    }

    package func showTyping(answering providerID: String, through connection: InboxConnection) async {
        await channels.showTyping(answering: providerID, through: connection)
    }

    package func reserve(_ recipient: ProviderIdentity, through connection: InboxConnection, at now: Instant) async -> Duration? {
        await channels.reserve(recipient, through: connection, at: now)
    }
}
