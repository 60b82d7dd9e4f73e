package import DeskCore
import Logging
import ServiceLifecycle

/// Lets go of what a workspace keeps no longer: once an hour, each in a transaction of its own, so that nobody waits for it.
package struct KeepRetention: Service {
    private static let pause = Duration.minutes(60)
    private static let batch = 500
    private static let eventBatch = 1_000
    private static let day = Duration.seconds(86_400)

    private let context: DeskContext
    private let erasing: EraseContact

    package init(_ context: DeskContext, blobs: any BlobStoring) {
        self.context = context
        erasing = EraseContact(context, blobs: blobs)
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await runUntilCancelled() }
    }

    private func runUntilCancelled() async {
        while !Task.isCancelled {
            do {
                try await keep()
            } catch {
                context.logger.error("what is kept no longer could not be removed", metadata: ["error": "\(error)"])
            }
            try? await context.time.wait(until: context.time.now() + Self.pause)
        }
    }

    /// Removes everything that is due now.
    /// - Returns: how many contacts and raw events that were.
    @discardableResult
    package func keep() async throws -> (contacts: Int, events: Int) {
        var (contacts, events) = (0, 0)
        for workspace in try await context.storage.read({ try $0.workspaces.all() }) {
            let retention = try await context.storage.read { try $0.data.retention(of: workspace.id) }
            if let days = retention.conversationDays { contacts += try await eraseIdle(in: workspace.id, days: days) }
            if let days = retention.rawEventDays { events += try await removeEvents(in: workspace.id, days: days) }
        }
        return (contacts, events)
    }

    private func eraseIdle(in workspace: Workspace.ID, days: Int) async throws -> Int {
        let since = context.time.now() - Self.day * days
        var count = 0
        while true {
            let idle = try await context.storage.read { try $0.data.idle(in: workspace, since: since, limit: Self.batch) }
            try await erasing.erase(idle, for: .retention)
            count += idle.count
            if idle.count < Self.batch { return count }
        }
    }

    private func removeEvents(in workspace: Workspace.ID, days: Int) async throws -> Int {
        let now = context.time.now()
        var count = 0
        while true {
            let removed = try await context.storage.write { session in
                try session.data.removeEvents(in: workspace, before: now - Self.day * days, limit: Self.eventBatch, at: now)
            }
            count += removed
            if removed < Self.eventBatch { return count }
        }
    }
}

/// Says for how long a workspace keeps what people wrote.
package struct SetRetention: Sendable {
    private let context: DeskContext

    package init(_ context: DeskContext) { self.context = context }

    /// - Throws: `invalid_request`; `out_of_grant` for anybody but the principal.
    package func set(_ retention: Retention, of workspace: Workspace.ID, by user: User.ID) async throws {
        try retention.requireSensible()
        let now = context.time.now()
        try await context.storage.write { session in
            try Authorization(session, at: now).require(.govern, in: workspace, of: user)
            try session.data.setRetention(retention, of: workspace)
            let days = ["conversation_days": retention.conversationDays, "raw_event_days": retention.rawEventDays]
            let details = days.mapValues { $0.map(String.init) ?? "unlimited" }.merging(["by": user.text]) { $1 }
            try session.ledger.append(LedgerFact(.retentionChanged, workspace.text, details), in: workspace, at: now)
        }
    }
}
