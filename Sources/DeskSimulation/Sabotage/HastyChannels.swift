import DeskCore
import DeskServices

/// A way to the provider that calls every unknown end a refusal.
struct HastyChannels: ChannelGateway {
    let channels: any ChannelGateway

    func limits(of channel: ChannelName) -> ChannelLimits? { channels.limits(of: channel) }

    func maximumBytes(ofMediaType mediaType: String, on channel: ChannelName) -> Int? {
        channels.maximumBytes(ofMediaType: mediaType, on: channel)
    }

    func events(in body: [UInt8], on channel: ChannelName) -> [ChannelEvent] { channels.events(in: body, on: channel) }

    func abilities(of channel: ChannelName) -> Set<ChannelAbility> { channels.abilities(of: channel) }

    func react(_ call: ReactionCall, through connection: InboxConnection) async -> SendOutcome {
        await channels.react(call, through: connection)
    }

    func showTyping(answering providerID: String, through connection: InboxConnection) async {
        await channels.showTyping(answering: providerID, through: connection)
    }

    func send(_ message: OutboundMessage, through connection: InboxConnection) async -> SendOutcome {
        let outcome = await channels.send(message, through: connection)
        guard case .unknown(let reason) = outcome else { return outcome }
        return .rejected(DeliveryFailure(.transient, code: "timeout", text: reason))
    }

    func fetch(_ attachment: Attachment, through connection: InboxConnection) async -> MediaFetch {
        await channels.fetch(attachment, through: connection)
    }

    func markRead(providerID: String, through connection: InboxConnection) async {
        await channels.markRead(providerID: providerID, through: connection)
    }

    func reserve(_ recipient: ProviderIdentity, through connection: InboxConnection, at now: Instant) async -> Duration? {
        await channels.reserve(recipient, through: connection, at: now)
    }
}
