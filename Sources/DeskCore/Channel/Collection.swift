/// Something that was collected: what is stored of it, and what it means.
package struct CollectedEvent: Hashable, Sendable {
    /// Its place at the provider, unique within the inbox: what was collected once is not taken again.
    package var key: String
    /// From which the channel can read the events again at any time.
    package var body: [UInt8]
    package var events: [ChannelEvent]

    package init(key: String, body: [UInt8], events: [ChannelEvent]) {
        self.key = key
        self.body = body
        self.events = events
    }
}

/// What is stored in one transaction: events, and from where to go on after them.
package struct CollectedBatch: Hashable, Sendable {
    package var events: [CollectedEvent]
    /// The channel's own words for where it is.
    package var place: String

    package init(events: [CollectedEvent], place: String) {
        self.events = events
        self.place = place
    }
}

/// What lies at the provider beside what the desk has seen of it.
package struct CollectionStanding: Hashable, Sendable, Codable {
    package struct Folder: Hashable, Sendable, Codable {
        package var name: String
        /// Since where the desk looks.
        package var onServer: Int
        package var seen: Int
        /// Whether the provider doesn't let the desk look into it: it is not there, or not for this account.
        package var isMissing: Bool

        package init(name: String, onServer: Int, seen: Int, isMissing: Bool = false) {
            self.name = name
            self.onServer = onServer
            self.seen = seen
            self.isMissing = isMissing
        }

        /// What was stored by older versions says nothing of missing folders.
        package init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            self.init(
                name: try values.decode(String.self, forKey: .name), onServer: try values.decode(Int.self, forKey: .onServer),
                seen: try values.decode(Int.self, forKey: .seen),
                isMissing: try values.decodeIfPresent(Bool.self, forKey: .isMissing) ?? false)
        }
    }

    package var folders: [Folder]
    package var lookedAt: Instant
    /// Why it does not go on; nil while it does.
    package var failure: CollectionFailure?

    /// What was seen of what lies there, and whether that is all of it.
    package var sum: (seen: Int, onServer: Int, isComplete: Bool) {
        let (seen, onServer) = folders.reduce((0, 0)) { ($0.0 + $1.seen, $0.1 + $1.onServer) }
        return (seen, onServer, seen == onServer && !folders.contains(where: \.isMissing))
    }

    package init(folders: [Folder], lookedAt: Instant, failure: CollectionFailure? = nil) {
        self.folders = folders
        self.lookedAt = lookedAt
        self.failure = failure
    }
}

/// Why nothing can be collected now.
package struct CollectionFailure: Error, Hashable, Sendable, Codable {
    /// For operators, in the provider's words where it had any.
    package var reason: String
    /// Whether it may go well by itself later; otherwise somebody has to change something.
    package var isTransient: Bool

    package init(_ reason: String, isTransient: Bool) {
        self.reason = reason
        self.isTransient = isTransient
    }
}

/// Where a channel brings what it collects. All of it may throw `storage_unavailable`; what was not taken is to be brought again.
package protocol CollectionSink: Sendable {
    /// Stores a batch durably, in one transaction with the place.
    func take(_ batch: CollectedBatch) async throws
    /// Which of these places were never collected, in their order.
    func unseen(_ keys: [String]) async throws -> [String]
    /// Whether any thread is known by one of these marks.
    func knows(anyOf marks: [String]) async throws -> Bool
    func report(_ standing: CollectionStanding) async throws
}
