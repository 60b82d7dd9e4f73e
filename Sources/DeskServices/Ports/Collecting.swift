package import DeskCore

/// The way to providers that do not call us: the desk asks them for what is new. Implemented where the adapters are put together.
package protocol CollectionGateway: Sendable {
    /// Whether a channel is collected from.
    func collects(from channel: ChannelName) -> Bool

    /// Collects what is new, and goes on until its task is cancelled.
    /// - Parameter place: where to go on; nil for the first time.
    /// - Returns: why it ended; nil when its task was cancelled.
    func collect(
        through connection: InboxConnection, from place: String?, to sink: any CollectionSink
    ) async -> CollectionFailure?

    /// What was collected, read once more.
    /// - Throws: `not_found` when a file is gone that it names.
    func events(in body: [UInt8], through connection: InboxConnection) async throws -> [ChannelEvent]

    /// Files of the blob store that a stored event names by itself.
    func files(in body: [UInt8], on channel: ChannelName) -> [String]

    /// Lays a copy of a reply that was sent into the provider's folder of sent messages, unless it is there already.
    func file(_ message: OutboundMessage, through connection: InboxConnection) async -> FilingOutcome
}

/// How laying a copy down ended.
package enum FilingOutcome: Hashable, Sendable {
    /// It is there, or isn't wanted.
    case done
    case failed(CollectionFailure)
}

/// For a desk without any channel that is collected from.
package struct NoCollection: CollectionGateway {
    package init() {}

    package func collects(from channel: ChannelName) -> Bool { false }

    package func collect(
        through connection: InboxConnection, from place: String?, to sink: any CollectionSink
    ) async -> CollectionFailure? {
        CollectionFailure("This program does not know how to collect from the channel.", isTransient: false)
    }

    package func events(in body: [UInt8], through connection: InboxConnection) async throws -> [ChannelEvent] { [] }

    package func files(in body: [UInt8], on channel: ChannelName) -> [String] { [] }

    package func file(_ message: OutboundMessage, through connection: InboxConnection) async -> FilingOutcome { .done }
}
