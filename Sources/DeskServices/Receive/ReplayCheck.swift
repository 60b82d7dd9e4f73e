package import DeskCore

/// Builds everything that providers sent anew from the raw events, beside the store, and compares (invariant I18: a projection is nothing
/// but what the raw events say).
///
/// What people did here (replies, notes, decisions) is in no raw event, and is not compared.
package struct ReplayCheck: Sendable {
    private static let stretch = 500

    private let context: DeskContext
    private let scratch: any Storage

    /// - Parameter scratch: an empty store, which is filled.
    package init(_ context: DeskContext, scratch: any Storage) {
        self.context = context
        self.scratch = scratch
    }

    /// How the comparison ended.
    package struct Finding: Sendable, Hashable {
        package var events = 0
        package var messages = 0
        /// Workspaces whose raw events were removed, for erasure or by age: nothing can be rebuilt from the rest.
        package var skipped: [Workspace.ID] = []
        /// Nil when both are the same.
        package var difference: Difference?
    }

    /// The first thing that is not as the raw events say.
    package struct Difference: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable {
            /// In the store, but in no raw event.
            case unfounded
            /// In the raw events, but not in the store.
            case missing
            case changed
            /// The end of the reply window, or what is owed, hangs on another message.
            case misplaced
        }

        package let kind: Kind
        package let inbox: Inbox.ID
        /// The provider's id of the message.
        package let providerID: String
        /// The parts that differ; never their content.
        package let parts: [String]
    }

    /// - Throws: `storage_unavailable`.
    package func check() async throws -> Finding {
        var finding = Finding()
        try await copyFrame()
        finding.skipped = try await context.storage.read { session in
            try session.workspaces.all().map(\.id).filter { try session.data.eventsRemovedAt(in: $0) != nil }
        }
        for inbox in try await context.storage.read({ try $0.inboxes.all() }) where !finding.skipped.contains(inbox.workspace) {
            finding.events += try await replay(inbox)
        }
        let comparison = ReplayComparison(live: context.storage, rebuilt: scratch, skipped: Set(finding.skipped))
        (finding.messages, finding.difference) = try await comparison.compare()
        return finding
    }

    /// Workspaces, people and inboxes, which no provider tells of; without their secrets.
    private func copyFrame() async throws {
        let frame = try await context.storage.read { session in
            let workspaces = try session.workspaces.all()
            let members = try workspaces.flatMap { try session.people.members(of: $0.id).map(\.user) }
            return (workspaces, Set(members), try session.inboxes.all(), try session.workspaces.agreementVersions())
        }
        let now = context.time.now()
        try await scratch.write { session in
            for workspace in frame.0 { try session.workspaces.insert(workspace) }
            for user in frame.1 { try session.people.insert(user, at: now) }
            for inbox in frame.2 { try session.inboxes.insert(inbox, settings: [:], secrets: [:], at: now) }
        }
    }

    /// - Returns: how many events there were.
    private func replay(_ inbox: Inbox) async throws -> Int {
        var last: RawEvent.ID?
        var count = 0
        while true {
            let after = last
            let events = try await context.storage.read { try $0.rawEvents.events(of: inbox, after: after, limit: Self.stretch) }
            try await project(events.filter { $0.outcome != .pending }, of: inbox)
            count += events.count
            last = events.last?.id
            if events.count < Self.stretch { return count }
        }
    }

    private func project(_ events: [RawEvent], of inbox: Inbox) async throws {
        var readings: [(RawEvent, [ChannelEvent])] = []
        for event in events { readings.append((event, try await context.events(in: event.body, of: inbox))) }
        let read = readings
        let beside = DeskContext(
            storage: scratch, time: context.time, identifiers: context.identifiers, chance: context.chance,
            timeZones: context.timeZones, channels: context.channels, collection: context.collection,
            logger: context.logger, options: context.options)
        try await scratch.write { session in
            guard let workspace = try session.workspaces.workspace(inbox.workspace) else { return }
            for (raw, events) in read {
                let delivery = Delivery(context: beside, session: session, inbox: inbox, workspace: workspace, now: raw.receivedAt)
                _ = try delivery.project(events)
            }
        }
    }
}
