import DeskCore
import Logging
import ServiceLifecycle

/// When heads are made.
package struct HeadSchedule: Sendable, Hashable {
    /// The longest that new entries wait for a head.
    package var interval: Duration
    /// So many new entries get a head earlier.
    package var entries: Int64
    /// How often somebody looks.
    package var look: Duration

    package init(interval: Duration = .minutes(10), entries: Int64 = 10_000, look: Duration = .seconds(30)) {
        self.interval = interval
        self.entries = entries
        self.look = look
    }
}

/// Signs what has grown, and brings the heads out of this machine, again and again until they are there.
package struct KeepHeads: Service {
    private static let deliveredAtOnce = 50

    private let context: DeskContext
    private let signing: any HeadSigning
    private let delivery: (any HeadDelivery)?
    private let schedule: HeadSchedule

    /// - Parameter delivery: nil when the operator named no place outside.
    package init(
        _ context: DeskContext, signing: any HeadSigning, delivery: (any HeadDelivery)?, schedule: HeadSchedule = HeadSchedule()
    ) {
        self.context = context
        self.signing = signing
        self.delivery = delivery
        self.schedule = schedule
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await round()
                // Waiting ends early only when the program does, and then the loop ends too.
                try? await context.time.wait(until: context.time.now() + schedule.look)
            }
        }
    }

    /// Makes the heads that are due, and delivers those that wait: for whoever turns the clock by hand.
    package func round() async {
        do {
            for workspace in try await context.storage.read({ try $0.workspaces.all() }) {
                await keep(workspace.id)
            }
        } catch {
            context.logger.error("the ledgers to sign could not be read", metadata: ["error": "\(error)"])
        }
    }

    /// One ledger that is broken must not keep the others from being signed, nor what was signed from being delivered.
    private func keep(_ workspace: Workspace.ID) async {
        do {
            if try await isDue(workspace) { try await heads.make(of: workspace) }
        } catch {
            context.logger.error("a ledger could not be signed", metadata: ["workspace": "\(workspace)", "error": "\(error)"])
        }
        do {
            try await deliver(of: workspace)
        } catch {
            context.logger.error("heads could not be delivered", metadata: ["workspace": "\(workspace)", "error": "\(error)"])
        }
    }

    private var heads: MakeHeads { MakeHeads(context.storage, time: context.time, signing: signing) }

    private func isDue(_ workspace: Workspace.ID) async throws -> Bool {
        let (head, newest) = try await context.storage.read { session in
            (try session.ledger.head(of: workspace), try session.heads.newest(of: workspace))
        }
        let growth = head.sequence - (newest?.size ?? 0)
        guard growth > 0, let newest else { return growth > 0 }
        return growth >= schedule.entries || context.time.now() >= newest.signedAt + schedule.interval
    }

    private func deliver(of workspace: Workspace.ID) async throws {
        guard let delivery, let key = try await signing.key(of: workspace) else { return }
        let waiting = try await context.storage.read { try $0.heads.undelivered(of: workspace, limit: Self.deliveredAtOnce) }
        for stored in waiting {
            guard let head = stored.head else { continue }
            let result = await result(of: delivery, head, key)
            if case .failed(let reason) = result, reason == stored.deliveryFailure { return }
            let now = context.time.now()
            try await context.storage.write { try $0.heads.record(result, of: stored, at: now) }
            if case .failed(let reason) = result {
                context.logger.error("a head could not be delivered", metadata: ["workspace": "\(workspace)", "reason": "\(reason)"])
                return
            }
        }
    }

    private func result(of delivery: any HeadDelivery, _ head: SignedHead, _ key: LedgerKey) async -> HeadDeliveryResult {
        do {
            return .delivered(to: try await delivery.deliver(head, key: key))
        } catch {
            return .failed(reason: (error as? DeskError)?.message ?? "\(error)")
        }
    }
}
