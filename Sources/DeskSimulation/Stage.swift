import DeskCore
import DeskServices
import Logging
import SQLStore
import SQLiteDriver
import Synchronization

/// Where a simulation plays: sets it up, drives its clock, and gathers the verdict.
final class Stage: Sendable {
    private struct State {
        var database: InlineSQLiteDatabase?
        var vault: Vault?
        var webhooks: WebhookQueue?
        var commits = 0
        var isOver = false
    }

    let time = SimulatedTime()
    private let settings: DeskSimulation.Settings
    private let parts: WorldParts
    private let cast: Cast
    private let relay = CommitRelay()
    private let state = Mutex(State())

    init(_ settings: DeskSimulation.Settings, _ dice: Dice) {
        self.settings = settings
        cast = Cast(dice.fork(), at: time.now())
        let story = Story(time, isKept: settings.tellsStory)
        let climate = Climate.any(dice.fork())
        story.tell("seed \(settings.seed), \(settings.steps) steps, \(cast.contacts.count) contacts; weather: \(climate.words)")
        parts = WorldParts(
            time: time, story: story, dice: dice, weather: Weather(climate, dice.fork()), judge: Judge(cast, time, story))
    }

    var verdict: DeskSimulation.Verdict {
        DeskSimulation.Verdict(
            seed: settings.seed, violations: parts.judge.violations, story: parts.story.text, checks: parts.judge.checks,
            commits: state.withLock { $0.commits }, receipts: parts.judge.model.receipts.count,
            elapsed: time.now() - SimulatedTime.beginning)
    }

    /// Runs what is ready, looks whether all is well, and moves the clock, until the play is over or something is wrong.
    func drive(_ executor: SimulationExecutor) {
        while true {
            guard executor.runAll() else { return parts.judge.complain([Violation(.nothingIsStuck, "the desk never comes to rest")]) }
            check()
            guard parts.judge.violations.isEmpty, !state.withLock({ $0.isOver }) else { return }
            guard time.advance() else { return parts.judge.complain([Violation(.nothingIsStuck, "everybody waits for nothing")]) }
        }
    }

    func play(_ executor: SimulationExecutor) async {
        do {
            let world = try await world(executor)
            await Play(world, steps: settings.steps).run()
        } catch {
            parts.judge.complain([Violation(.nothingIsStuck, "the play broke off: \(error)")])
        }
        state.withLock { $0.isOver = true }
    }

    /// Lets go of the world, whose parts know each other.
    func clear() {
        relay.connect { _ in }
        let webhooks = state.withLock { state in
            state.database = nil
            return state.webhooks.take()
        }
        webhooks?.close()
    }

    private func check() {
        let (database, vault, webhooks) = state.withLock { ($0.database, $0.vault, $0.webhooks) }
        guard let database, let vault, let webhooks else { return }
        do {
            try database.readNow { try parts.judge.check(SQLSession($0, vault)) { webhooks.webhook(with: $0)?.messages ?? [] } }
        } catch {
            parts.judge.complain([Violation(.everythingIsAccountedFor, "the store can't be read: \(error)")])
        }
    }

    private func world(_ executor: SimulationExecutor) async throws -> World {
        let database = try InlineSQLiteDatabase(schedule: { executor.schedule($0) }, onCommit: { [self] in committed($0) })
        let vault = Vault(try MasterKey.make().key)
        try await Migrator().migrate(database, vault)
        let storage = SQLStorage(database, vault)
        try await cast.settle(in: storage, at: time.now())
        let webhooks = WebhookQueue(parts)
        state.withLock {
            $0.database = database
            $0.vault = vault
            $0.webhooks = webhooks
        }
        let window: Duration = parts.dice.happens(oneIn: 4) ? .minutes(20) : .hours(24)
        return World(
            parts: parts, executor: executor, database: database, vault: vault, storage: storage,
            provider: SimulatedProvider(parts, webhooks: webhooks, window: window), webhooks: webhooks, relay: relay,
            identifiers: parts.dice.fork(), chance: parts.dice.fork(), sabotage: settings.sabotage, cast: cast,
            crowd: parts.dice.pick([0, 1, 2, Receive.crowd]) ?? 0)
    }

    private func committed(_ events: [DeskEvent]) {
        state.withLock { $0.commits += 1 }
        parts.judge.committed(events)
        relay.announce(events)
    }
}
