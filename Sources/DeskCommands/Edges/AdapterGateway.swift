import ChannelKit
import DeskCore
import DeskServices
import WhatsAppChannel

/// Joins the use cases to the channels' adapters.
actor AdapterGateway: ChannelGateway, CollectionGateway, NoticeGateway {
    private nonisolated let adapters: [ChannelName: any ChannelAdapter]
    private nonisolated let blobs: FileBlobStore
    private nonisolated let disk: DiskWatch
    private nonisolated let egress: any Egress
    private var limiters: [Inbox.ID: WhatsAppRateLimiter] = [:]

    init(adapters: [ChannelName: any ChannelAdapter], blobs: FileBlobStore, disk: DiskWatch, egress: any Egress) {
        self.adapters = adapters
        self.blobs = blobs
        self.disk = disk
        self.egress = egress
    }

    nonisolated func limits(of channel: ChannelName) -> ChannelLimits? { adapters[channel]?.limits }

    nonisolated func maximumBytes(ofMediaType mediaType: String, on channel: ChannelName) -> Int? {
        adapters[channel]?.maximumBytes(ofMediaType: mediaType)
    }

    nonisolated func events(in body: [UInt8], on channel: ChannelName) -> [DeskCore.ChannelEvent] {
        guard let adapter = adapters[channel] as? any WebhookReceiving else {
            return [ChannelEvent(payload: .malformed(reason: "This program does not know how to read the channel."))]
        }
        return adapter.events(in: body)
    }

    nonisolated func send(_ message: OutboundMessage, through connection: InboxConnection) async -> SendOutcome {
        guard let adapter = adapters[connection.inbox.channel] else {
            return .rejected(DeliveryFailure(.account, code: "no_adapter", text: "This program does not know the channel."))
        }
        let outcome = await adapter.send(message, from: connection.account, blobs: blobs, egress: egress)
        await learn(from: outcome, recipient: message.recipient, inbox: connection.inbox)
        return outcome
    }

    nonisolated func fetch(_ attachment: Attachment, through connection: InboxConnection) async -> MediaFetch {
        do throws(DeskError) {
            try disk.requireRoomForFiles()
        } catch {
            return .noRoom
        }
        do throws(MediaFailure) {
            return await keep(try await bring(attachment, through: connection))
        } catch {
            return .failed(reason: error.reason, isTransient: error.isTransient)
        }
    }

    private nonisolated func bring(
        _ attachment: Attachment, through connection: InboxConnection
    ) async throws(MediaFailure) -> FetchedMedia {
        let adapter = adapters[connection.inbox.channel]
        if let adapter = adapter as? any FileExtracting { return try await adapter.extract(attachment, from: blobs) }
        guard let adapter = adapter as? any MediaFetching else {
            throw MediaFailure("The channel has no files to fetch.", isTransient: false)
        }
        return try await adapter.fetch(attachment, for: connection.account, egress: egress)
    }

    private nonisolated func keep(_ media: FetchedMedia) async -> MediaFetch {
        do {
            return .stored(blob: try await blobs.store(media.bytes), byteCount: media.bytes.count, mediaType: media.mediaType)
        } catch {
            return .noRoom
        }
    }

    nonisolated func markRead(providerID: String, through connection: InboxConnection) async {
        guard let adapter = adapters[connection.inbox.channel] as? any ReadMarking else { return }
        _ = await adapter.markRead(providerID: providerID, for: connection.account, egress: egress)
    }

    nonisolated func abilities(of channel: ChannelName) -> Set<ChannelAbility> {
        var abilities: Set<ChannelAbility> = []
        if adapters[channel] is any Reacting { abilities.insert(.reactions) }
        if adapters[channel] is any TypingShowing { abilities.insert(.typing) }
        return abilities
    }

    nonisolated func react(_ call: ReactionCall, through connection: InboxConnection) async -> SendOutcome {
        guard let adapter = adapters[connection.inbox.channel] as? any Reacting else {
            return .rejected(DeliveryFailure(.account, code: "no_reactions", text: "The channel has no reactions."))
        }
        let outcome = await adapter.react(
            to: call.target, with: call.emoji, recipient: call.recipient, attempt: call.reference, from: connection.account,
            egress: egress)
        await learn(from: outcome, recipient: call.recipient, inbox: connection.inbox)
        return outcome
    }

    nonisolated func showTyping(answering providerID: String, through connection: InboxConnection) async {
        guard let adapter = adapters[connection.inbox.channel] as? any TypingShowing else { return }
        _ = await adapter.showTyping(answering: providerID, for: connection.account, egress: egress)
    }

    /// A refusal for speed in spite of our own count makes the pair wait longer; a message that was taken ends that.
    private func learn(from outcome: SendOutcome, recipient: ProviderIdentity, inbox: Inbox) {
        guard inbox.channel == .whatsApp, var limiter = limiters[inbox.id] else { return }
        switch outcome {
        case .accepted: limiter.accepted(recipient)
        case .rejected(let failure) where failure.code == "131056": limiter.pairRefused(recipient, at: SystemTime().now())
        case .rejected, .unknown: return
        }
        limiters[inbox.id] = limiter
    }

    func reserve(_ recipient: ProviderIdentity, through connection: InboxConnection, at now: Instant) -> Duration? {
        let inbox = connection.inbox
        guard inbox.channel == .whatsApp else { return nil }
        var limiter = limiters[inbox.id] ?? WhatsAppRateLimiter(messagesPerSecond: connection.account.messagesPerSecond)
        let decision = limiter.request(to: recipient, at: now)
        limiters[inbox.id] = limiter
        switch decision {
        case .allowed: return nil
        case .wait(let duration): return duration
        }
    }
}

/// Providers that are asked for what is new.
extension AdapterGateway {
    nonisolated func collects(from channel: ChannelName) -> Bool { adapters[channel] is any Collecting }

    nonisolated func collect(
        through connection: InboxConnection, from place: String?, to sink: any CollectionSink
    ) async -> CollectionFailure? {
        guard let adapter = adapters[connection.inbox.channel] as? any Collecting else {
            return CollectionFailure("This program does not know how to collect from the channel.", isTransient: false)
        }
        do {
            let tools = CollectionTools(blobs: blobs, egress: egress) { SystemTime().now() }
            try await adapter.collect(for: connection.account, since: connection.connectedAt, from: place, to: sink, with: tools)
            return nil
        } catch {
            return Task.isCancelled ? nil : CollectionFailure(error)
        }
    }

    nonisolated func events(in body: [UInt8], through connection: InboxConnection) async throws -> [DeskCore.ChannelEvent] {
        guard let adapter = adapters[connection.inbox.channel] as? any Collecting else { return [] }
        return try await adapter.events(collected: body, for: connection.account, blobs: blobs)
    }

    nonisolated func files(in body: [UInt8], on channel: ChannelName) -> [String] {
        (adapters[channel] as? any Collecting)?.files(in: body) ?? []
    }

    nonisolated func file(_ message: OutboundMessage, through connection: InboxConnection) async -> FilingOutcome {
        guard let adapter = adapters[connection.inbox.channel] as? any CopyFiling else { return .done }
        do throws(CollectionFailure) {
            try await adapter.file(
                message, for: connection.account, with: CollectionTools(blobs: blobs, egress: egress) { SystemTime().now() })
            return .done
        } catch {
            return .failed(error)
        }
    }
}

/// What the desk itself says.
extension AdapterGateway {
    nonisolated func carriesNotices(_ channel: ChannelName) -> Bool { adapters[channel] is any Notifying }

    nonisolated func send(_ notice: PrincipalNotice, through connection: InboxConnection) async -> SendOutcome {
        guard let adapter = adapters[connection.inbox.channel] as? any Notifying else {
            return await NoNotices().send(notice, through: connection)
        }
        return await adapter.send(notice, from: connection.account)
    }
}

extension CollectionFailure {
    /// What stopped collecting: the provider's trouble, or our own.
    fileprivate init(_ error: any Error) {
        switch error {
        case let failure as CollectionFailure: self = failure
        case let error as DeskError: self.init(error.message, isTransient: error.isTransient)
        default: self.init("Unexpected: \(type(of: error)).", isTransient: true)
        }
    }
}

extension InboxConnection {
    /// The connection as adapters take it.
    var account: ChannelAccount { ChannelAccount(channel: inbox.channel, settings: settings, secrets: secrets) }
}
