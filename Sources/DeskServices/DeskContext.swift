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
    package let logger: Logger
    package let options: DeskOptions
    /// Where tests may let the program die.
    package let faults: FaultPoints

    package init(
        storage: any Storage, time: any TimeSource, identifiers: any IdentifierSource, chance: any ChanceSource,
        timeZones: any TimeZoneRules, channels: any ChannelGateway, logger: Logger, options: DeskOptions = DeskOptions(),
        faults: FaultPoints = .none
    ) {
        self.storage = storage
        self.time = time
        self.identifiers = identifiers
        self.chance = chance
        self.timeZones = timeZones
        self.channels = channels
        self.logger = logger
        self.options = options
        self.faults = faults
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
