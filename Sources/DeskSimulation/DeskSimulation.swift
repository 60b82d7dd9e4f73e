import DeskCore
import DeskServices
import Logging
import SQLStore
import SQLiteDriver
import Synchronization

/// One seed's story of the desk: the real core, services and store, with everything around them simulated on one thread and one clock.
package struct DeskSimulation: Sendable {
    package struct Settings: Sendable {
        package var seed: UInt64
        /// How many acts of contacts and members there are before everything is healed.
        package var steps: Int
        package var sabotage: Sabotage?
        package var tellsStory: Bool

        package init(seed: UInt64, steps: Int = 40, sabotage: Sabotage? = nil, tellsStory: Bool = false) {
            self.seed = seed
            self.steps = steps
            self.sabotage = sabotage
            self.tellsStory = tellsStory
        }
    }

    /// What a seed came to.
    package struct Verdict: Sendable {
        package let seed: UInt64
        package let violations: [Violation]
        package let story: [String]
        /// How often everything was compared.
        package let checks: Int
        package let commits: Int
        package let receipts: Int
        /// How much time went by on the simulated clock.
        package let elapsed: Duration

        package var isGood: Bool { violations.isEmpty }

        /// The verdict in one line.
        package var summary: String {
            guard let first = violations.first else {
                let hours = elapsed / .seconds(3_600)
                return
                    "seed \(seed): every promise kept in \(Int(hours)) simulated hours, \(commits) commits, \(receipts) messages received, "
                    + "\(checks) comparisons"
            }
            return "seed \(seed): broken — \(first)"
        }
    }

    private let settings: Settings

    package init(_ settings: Settings) { self.settings = settings }

    /// Plays on the calling thread, which nothing else may use meanwhile. The same settings give the same verdict and story, byte by byte.
    package func run() -> Verdict {
        let dice = Dice(seed: settings.seed)
        let executor = SimulationExecutor(dice.fork())
        let stage = Stage(settings, dice)
        Self.play(on: stage, executor)
        return stage.verdict
    }

    /// Plays to the end, and leaves nothing running.
    static func play(on stage: Stage, _ executor: SimulationExecutor) {
        let play = Task(executorPreference: executor) { await stage.play(executor) }
        stage.drive(executor)
        play.cancel()
        stage.time.end()
        _ = executor.runAll()
        stage.clear()
    }
}
