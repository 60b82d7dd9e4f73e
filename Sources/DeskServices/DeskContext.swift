package import DeskCore
package import Logging

/// What every use case is handed: memory, time, identity, chance, the way to the providers, and a place to tell operators.
package struct DeskContext: Sendable {
    package let storage: any Storage
    package let time: any TimeSource
    package let identifiers: any IdentifierSource
    package let chance: any ChanceSource
    package let timeZones: any TimeZoneRules
    package let channels: any ChannelGateway
    package let collection: any CollectionGateway
    package let notices: any NoticeGateway
    package let logger: Logger
    package let options: DeskOptions
    /// Where tests may let the program die.
    package let faults: FaultPoints

    package init(
        storage: any Storage, time: any TimeSource, identifiers: any IdentifierSource, chance: any ChanceSource,
        timeZones: any TimeZoneRules, channels: any ChannelGateway, collection: any CollectionGateway = NoCollection(),
        notices: any NoticeGateway = NoNotices(), logger: Logger, options: DeskOptions = DeskOptions(), faults: FaultPoints = .none
    ) {
        self.storage = storage
        self.time = time
        self.identifiers = identifiers
        self.chance = chance
        self.timeZones = timeZones
        self.channels = channels
        self.collection = collection
        self.notices = notices
        self.logger = logger
        self.options = options
        self.faults = faults
    }
}

extension DeskContext {
    /// What a stored event of an inbox says.
    /// - Throws: `storage_unavailable`; `not_found` when a file is gone that it names.
    func events(in body: [UInt8], of inbox: Inbox) async throws -> [ChannelEvent] {
        guard collection.collects(from: inbox.channel) else { return channels.events(in: body, on: inbox.channel) }
        guard let connection = try await storage.read({ try $0.inboxes.connection(of: inbox.id) }) else { throw DeskError.nothingThere }
        return try await collection.events(in: body, through: connection)
    }
}

/// What an operator may choose.
package struct DeskOptions: Sendable, Hashable {
    /// How long a reply can be taken back before it leaves.
    package var undoTime: Duration
    /// How long events are kept for screens that come back.
    package var eventRetention: Duration

    package init(undoTime: Duration = .seconds(5), eventRetention: Duration = .hours(72)) {
        self.undoTime = undoTime
        self.eventRetention = eventRetention
    }
}
