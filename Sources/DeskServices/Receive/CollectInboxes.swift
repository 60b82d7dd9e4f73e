import DeskCore
import Logging
import ServiceLifecycle

/// Collects from every inbox whose provider does not call us: each on its own, so that a server that hangs stops no other.
package struct CollectInboxes: Service {
    /// How often it is looked whether inboxes came, went, or were set otherwise.
    private static let lookout = Duration.seconds(2)

    private let context: DeskContext
    private let bell: ProjectionBell

    /// - Parameter bell: rung when something was stored that is still to be projected.
    package init(_ context: DeskContext, bell: ProjectionBell) {
        self.context = context
        self.bell = bell
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await runUntilCancelled() }
    }

    /// Runs until its task is cancelled: for whoever has no group of services.
    package func runUntilCancelled() async {
        while !Task.isCancelled {
            let connections = await connections()
            await withDiscardingTaskGroup { group in
                for connection in connections { group.addTask { await collect(through: connection) } }
                await waitUntilOther(than: connections)
                group.cancelAll()
            }
        }
    }

    /// - Returns: none while the store can't be read.
    private func connections() async -> [InboxConnection] {
        do {
            return try await context.storage.read { session in
                try session.inboxes.all().filter { context.collection.collects(from: $0.channel) }
                    .compactMap { try session.inboxes.connection(of: $0.id) }
            }
        } catch {
            context.logger.error("inboxes to collect from could not be read", metadata: ["error": "\(error)"])
            return []
        }
    }

    private func waitUntilOther(than connections: [InboxConnection]) async {
        let known = connections.map(\.fingerprint)
        var current = known
        while !Task.isCancelled, current == known {
            try? await context.time.wait(until: context.time.now() + Self.lookout)
            current = await self.connections().map(\.fingerprint)
        }
    }

    /// Goes on until its task is cancelled; after a failure, later and later.
    private func collect(through connection: InboxConnection) async {
        var pause = CollectionPause()
        while !Task.isCancelled {
            let began = context.time.now()
            guard let failure = await failure(through: connection), !Task.isCancelled else { return }
            let lasted = context.time.now() - began
            let wait = pause.after(failure, lasted: lasted, hasLooked: await hasLooked(since: began, in: connection.inbox))
            await note(failure, of: connection.inbox)
            let spread = failure.isTransient ? 0.5 + context.chance.fraction() : 1
            try? await context.time.wait(until: context.time.now() + wait * spread)
        }
    }

    /// - Returns: why it ended; nil when its task was cancelled.
    private func failure(through connection: InboxConnection) async -> CollectionFailure? {
        do {
            let place = try await context.storage.read { try $0.collections.place(of: connection.inbox.id) }
            let sink = Collect(context: context, inbox: connection.inbox, bell: bell)
            return await context.collection.collect(through: connection, from: place, to: sink)
        } catch {
            return CollectionFailure("The desk's own store can't be read.", isTransient: true)
        }
    }

    private func hasLooked(since began: Instant, in inbox: Inbox) async -> Bool {
        let standing = try? await context.storage.read { try $0.collections.standing(of: inbox.id) }
        return standing.map { $0.lookedAt > began } ?? false
    }

    private func note(_ failure: CollectionFailure, of inbox: Inbox) async {
        context.logger.warning("an inbox can't be collected from", metadata: ["inbox": "\(inbox.id)", "reason": "\(failure.reason)"])
        let now = context.time.now()
        do {
            let known = try await context.storage.read { try $0.collections.standing(of: inbox.id) }
            let standing = CollectionStanding(folders: known?.folders ?? [], lookedAt: known?.lookedAt ?? now, failure: failure)
            try await Collect(context: context, inbox: inbox, bell: bell).report(standing)
        } catch {
            context.logger.error("that could not be recorded", metadata: ["error": "\(error)"])
        }
    }
}

extension InboxConnection {
    /// Changes whenever the way to the provider does.
    fileprivate var fingerprint: String {
        let parts = settings.merging(secrets.mapValues { $0.exposed() }) { setting, _ in setting }.sorted { $0.key < $1.key }
        var encoder = CanonicalEncoder()
        encoder.append(inbox.id.text)
        for part in parts {
            encoder.append(part.key)
            encoder.append(part.value)
        }
        return Digest.of(encoder.bytes)
    }
}
