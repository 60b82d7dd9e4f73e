import DeskCore
import DeskServices

/// The clock as one life of the program sees it.
struct MortalTime: TimeSource {
    let time: SimulatedTime
    let life: Life
    let executor: SimulationExecutor

    func now() -> Instant { time.now() }

    func wait(until instant: Instant) async throws {
        guard life.isAlive else {
            // Whoever tries again and again must let others bring the news.
            await executor.giveWay()
            throw CancellationError()
        }
        try await time.wait(until: instant)
        guard life.isAlive else { throw CancellationError() }
    }
}

/// The way to the provider as one life of the program sees it.
struct MortalChannels: ChannelGateway {
    let provider: SimulatedProvider
    let life: Life

    func limits(of channel: ChannelName) -> ChannelLimits? { provider.limits }

    func maximumBytes(ofMediaType mediaType: String, on channel: ChannelName) -> Int? { 16_000_000 }

    func events(in body: [UInt8], on channel: ChannelName) -> [ChannelEvent] { provider.events(in: body) }

    func abilities(of channel: ChannelName) -> Set<ChannelAbility> { [.reactions] }

    func react(_ call: ReactionCall, through connection: InboxConnection) async -> SendOutcome {
        await provider.react(call, by: life)
    }

    func showTyping(answering providerID: String, through connection: InboxConnection) async {}

    func send(_ message: OutboundMessage, through connection: InboxConnection) async -> SendOutcome {
        await provider.send(message, by: life)
    }

    func fetch(_ attachment: Attachment, through connection: InboxConnection) async -> MediaFetch {
        await provider.fetch(attachment, by: life)
    }

    func markRead(providerID: String, through connection: InboxConnection) async {}

    func reserve(_ recipient: ProviderIdentity, through connection: InboxConnection, at now: Instant) async -> Duration? {
        provider.reserve()
    }
}
