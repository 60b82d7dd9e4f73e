import DeskCore
import DeskServices
import Logging
import Synchronization

/// The real program's services over a store that outlives them: started, killed, and started anew.
final class Program: Sendable {
    private struct State {
        var life: Life?
        var context: DeskContext?
        var receive: Receive?
        var bells: [Doorbell] = []
        var isOver = false
    }

    private let world: World
    private let state = Mutex(State())

    init(_ world: World) { self.world = world }

    /// Lives one life after the other until the world ends.
    func run() async {
        while !state.withLock({ $0.isOver }) {
            let life = Life(world.story)
            await live(life)
            state.withLock { $0.life = nil }
            do { try await world.time.wait(for: world.dice.milliseconds(50...90_000)) } catch { return }
            world.story.tell("● the program starts again")
        }
    }

    /// Lets the program come to its end for good.
    func stop() {
        let life = state.withLock { state in
            state.isOver = true
            return state.life
        }
        life?.die("because the simulation is over")
    }

    /// Asks the program for something, as a request over the network does.
    /// - Throws: `ProgramGone` when it isn't running, or dies before it has answered; whatever the program refuses with.
    func ask<Value>(_ body: (DeskContext) async throws -> Value) async throws -> Value {
        guard let (life, context) = state.withLock({ state in state.life.flatMap { life in state.context.map { (life, $0) } } }) else {
            throw ProgramGone()
        }
        do {
            let value = try await body(context)
            try life.requireAlive()
            return value
        } catch {
            try life.requireAlive()
            throw error
        }
    }

    /// Brings a request of the provider.
    /// - Throws: as `ask`.
    func take(_ body: (Receive) async throws -> Void) async throws {
        guard let receive = state.withLock({ $0.receive }) else { throw ProgramGone() }
        try await ask { _ in try await body(receive) }
    }

    /// What the program does with each commit.
    func committed(_ events: [DeskEvent]) {
        for bell in state.withLock({ $0.bells }) { bell.ring() }
    }

    private func live(_ life: Life) async {
        let context = context(of: life)
        let (deliveries, media, projections) = (Doorbell(), Doorbell(), ProjectionBell())
        state.withLock { state in
            state.life = life
            state.context = context
            state.receive = Receive(context, projecting: projections, crowd: world.crowd)
            state.bells = [deliveries, media]
            if state.isOver { life.die("at once") }
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.work(life) { try await DeliverReplies(context, doorbell: deliveries, longestNap: .hours(1)).run() } }
            group.addTask { await self.work(life) { await FetchMedia(context, doorbell: media).runUntilCancelled() } }
            group.addTask { await self.work(life) { await ProjectEvents(context, bell: projections).runUntilCancelled() } }
            group.addTask { await self.work(life) { try await EscalateObligations(context, longestNap: .hours(1)).run() } }
            await life.death.heard()
            group.cancelAll()
        }
    }

    /// A service that ends takes the program with it, as in the real one.
    private func work(_ life: Life, _ body: () async throws -> Void) async {
        do {
            try await body()
            life.die("with a service that ended")
        } catch {
            life.die("with a service that failed: \(error)")
        }
    }

    private func context(of life: Life) -> DeskContext {
        let world = world
        let faults = FaultPoints { point in
            if world.weather.brings(\.deathsAtFaultPoints) { life.die("at \(point.rawValue)") }
        }
        let mortal = MortalStorage(storage: world.storage, life: life, weather: world.weather, executor: world.executor)
        return DeskContext(
            storage: world.sabotage.storage(mortal),
            time: MortalTime(time: world.time, life: life, executor: world.executor), identifiers: world.identifiers, chance: world.chance,
            timeZones: OneTimeZone(),
            channels: world.sabotage.channels(MortalChannels(provider: world.provider, life: life)), logger: world.logger(of: life),
            faults: faults)
    }
}

/// A world without daylight saving time: three hours behind UTC everywhere.
private struct OneTimeZone: TimeZoneRules {
    func offset(of zone: String, at instant: Instant) -> Int64 { -3 * 3_600 }
}
