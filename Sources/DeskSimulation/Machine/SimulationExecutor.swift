import Synchronization

/// Runs everything of a simulation on the one thread that calls `runAll`, in an order that a seed decides. What is ready at the same
/// moment has no order of its own, just as on a real machine.
final class SimulationExecutor: TaskExecutor {
    private enum Work {
        case job(UnownedJob)
        case action(@Sendable () -> Void)
    }

    private let ready = Mutex<[Work]>([])
    private let dice: Dice

    init(_ dice: Dice) { self.dice = dice }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        ready.withLock { $0.append(.job(job)) }
    }

    /// Makes something ready that is no task.
    func schedule(_ action: @escaping @Sendable () -> Void) {
        ready.withLock { $0.append(.action(action)) }
    }

    /// Lets others have their turn. `Task.yield` would hand over to the threads of the runtime.
    func giveWay() async {
        await withCheckedContinuation { continuation in schedule { continuation.resume() } }
    }

    /// Works until nothing is ready any more.
    /// - Parameter limit: how much work there may be before it is called endless.
    /// - Returns: whether it came to an end.
    func runAll(limit: Int = 1_000_000) -> Bool {
        for _ in 0..<limit {
            switch next() {
            case .job(let job): job.runSynchronously(on: asUnownedTaskExecutor())
            case .action(let action): action()
            case nil: return true
            }
        }
        return false
    }

    private func next() -> Work? {
        ready.withLock { ready in
            guard !ready.isEmpty else { return nil }
            return ready.remove(at: ready.count == 1 ? 0 : dice.number(0...ready.count - 1))
        }
    }
}
