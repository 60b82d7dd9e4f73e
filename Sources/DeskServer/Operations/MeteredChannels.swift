package import DeskCore
package import DeskServices

/// Channels that are counted: what came of each call to a provider.
package struct MeteredChannels: ChannelGateway {
    private let channels: any ChannelGateway
    private let metrics: Metrics

    package init(_ channels: any ChannelGateway, metrics: Metrics) {
        self.channels = channels
        self.metrics = metrics
    }

    package func limits(of channel: ChannelName) -> ChannelLimits? { channels.limits(of: channel) }

    package func maximumBytes(ofMediaType mediaType: String, on channel: ChannelName) -> Int? {
        channels.maximumBytes(ofMediaType: mediaType, on: channel)
    }

    package func events(in body: [UInt8], on channel: ChannelName) -> [ChannelEvent] { channels.events(in: body, on: channel) }

    package func send(_ message: OutboundMessage, through connection: InboxConnection) async -> SendOutcome {
        let outcome = await channels.send(message, through: connection)
        metrics.sends.increment([("channel", connection.inbox.channel.rawValue), ("outcome", outcome.word)])
        return outcome
    }

    package func fetch(_ attachment: Attachment, through connection: InboxConnection) async -> MediaFetch {
        let outcome = await channels.fetch(attachment, through: connection)
        metrics.mediaFetches.increment([("channel", connection.inbox.channel.rawValue), ("outcome", outcome.word)])
        return outcome
    }

    package func markRead(providerID: String, through connection: InboxConnection) async {
        await channels.markRead(providerID: providerID, through: connection)
    }

    package func abilities(of channel: ChannelName) -> Set<ChannelAbility> { channels.abilities(of: channel) }

    package func react(_ call: ReactionCall, through connection: InboxConnection) async -> SendOutcome {
        let outcome = await channels.react(call, through: connection)
        metrics.reactions.increment([("channel", connection.inbox.channel.rawValue), ("outcome", outcome.word)])
        return outcome
    }

    package func showTyping(answering providerID: String, through connection: InboxConnection) async {
        await channels.showTyping(answering: providerID, through: connection)
    }

    package func reserve(_ recipient: ProviderIdentity, through connection: InboxConnection, at now: Instant) async -> Duration? {
        await channels.reserve(recipient, through: connection, at: now)
    }
}

extension SendOutcome {
    fileprivate var word: String {
        switch self {
        case .accepted: "accepted"
        case .rejected(let failure): "rejected_\(failure.class.rawValue)"
        case .unknown: "unknown"
        }
    }
}

extension MediaFetch {
    fileprivate var word: String {
        switch self {
        case .stored: "stored"
        case .failed(_, let isTransient): isTransient ? "failed_for_now" : "failed"
        case .noRoom: "no_room"
        }
    }
}
