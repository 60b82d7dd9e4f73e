import DeskCore
import DeskServices

/// The course of a simulation: troubles, then healing, then everybody at work again, then two quiet days, then the last look.
struct Play: Sendable {
    private let world: World
    private let steps: Int
    private let program: Program

    init(_ world: World, steps: Int) {
        self.world = world
        self.steps = steps
        program = Program(world)
    }

    func run() async {
        let program = program
        world.relay.connect { program.committed($0) }
        let door = WebhookDoor(program: program, inbox: world.cast.inbox, sabotage: world.sabotage)
        await withDiscardingTaskGroup { group in
            group.addTask { await program.run() }
            group.addTask { await world.webhooks.run(to: door) }
            await endureTroubles()
            do {
                try await heal()
                try await workThroughTheQueue()
                try await world.time.wait(for: .hours(48))
                world.judge.complain(try await LastLook(world).violations())
            } catch {
                world.story.tell("the play breaks off: \(error)")
            }
            program.stop()
            world.webhooks.close()
        }
    }

    private func endureTroubles() async {
        let acts = Countdown(steps)
        await withDiscardingTaskGroup { group in
            group.addTask { await Writers(world: world, acts: acts).run() }
            for member in [world.cast.principal] + world.cast.members {
                group.addTask { await worker(member, acts).run() }
            }
        }
    }

    /// The weather clears, and the provider brings all that it still has.
    private func heal() async throws {
        world.weather.clear()
        world.story.tell("☼ the weather clears")
        for _ in 0..<40 where world.webhooks.count > 0 { try await world.time.wait(for: .minutes(5)) }
        try await world.time.wait(for: .minutes(10))
    }

    /// As many rounds as a diligent person would make.
    private func workThroughTheQueue() async throws {
        let worker = worker(world.cast.principal, Countdown(0))
        for _ in 0..<world.cast.contacts.count * 2 {
            guard try await worker.answer(anyOf: .owed, thinking: 1...5) else { break }
            try await world.time.wait(for: .minutes(1))
        }
        for _ in 0..<3 {
            guard try await worker.decide() else { break }
            try await world.time.wait(for: .minutes(1))
        }
    }

    private func worker(_ member: User, _ acts: Countdown) -> MemberAtWork {
        MemberAtWork(world: world, program: program, member: member, acts: acts)
    }
}
