package import DeskCore

/// A channel whose provider is asked for what is new.
package protocol Collecting: ChannelAdapter {
    /// Collects what is new, and goes on until its task is cancelled.
    /// - Parameters:
    ///   - connectedAt: when the account was connected: what came before is history.
    ///   - place: where to go on, in the words of the last batch; nil for the first time.
    /// - Throws: `CollectionFailure`; whatever `tools` and `sink` throw; `CancellationError`.
    func collect(
        for account: ChannelAccount, since connectedAt: Instant, from place: String?, to sink: any CollectionSink,
        with tools: CollectionTools
    ) async throws

    /// Reads again what was collected.
    /// - Throws: what `blobs` throws.
    func events(collected body: [UInt8], for account: ChannelAccount, blobs: any BlobReading) async throws -> [ChannelEvent]

    /// Files that a record of something collected names.
    func files(in body: [UInt8]) -> [String]
}

/// A channel whose sent messages are kept in a folder that the principal's other programs look into.
package protocol CopyFiling: ChannelAdapter {
    /// Lays a copy of a sent reply there, unless it is there already, or the provider does that by itself.
    func file(_ message: OutboundMessage, for account: ChannelAccount, with tools: CollectionTools) async throws(CollectionFailure)
}

/// A channel whose files came with the messages, and are kept already.
package protocol FileExtracting: ChannelAdapter {
    /// Takes a file out of what is kept.
    func extract(_ attachment: Attachment, from blobs: any BlobReading) async throws(MediaFailure) -> FetchedMedia
}

/// A channel through which the desk itself can tell a principal something.
package protocol Notifying: ChannelAdapter {
    /// Hands a notice to the provider, once. Never throws: whatever can't be known is `unknown`.
    func send(_ notice: PrincipalNotice, from account: ChannelAccount) async -> SendOutcome
}

/// What a channel may use that is asked for what is new.
package struct CollectionTools: Sendable {
    package let blobs: any BlobKeeping
    package let egress: any Egress
    package let clock: @Sendable () -> Instant

    package init(blobs: any BlobKeeping, egress: any Egress, clock: @escaping @Sendable () -> Instant) {
        self.blobs = blobs
        self.egress = egress
        self.clock = clock
    }
}
