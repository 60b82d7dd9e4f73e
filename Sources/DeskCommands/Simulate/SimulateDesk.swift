import ArgumentParser
import DeskSimulation
import Foundation

/// `contesta simulate desk`: the real desk in a simulated world, by seed.
struct SimulateDesk: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "desk", abstract: "Play the desk through a day of troubles, and judge it. It reaches nobody and stores nothing.",
        discussion: """
            The real core, services and SQLite store run on one simulated clock, with a provider, contacts and members that a seed decides; \
            the program is killed and started again at any moment. A model that is too simple to be wrong is compared with the desk after \
            every step. One seed tells its story, many give one line for each that went wrong. The same seed gives the same story, byte \
            by byte.

            Exit 0: every promise was kept. Exit 1: one was broken; the last lines name it.
            """
    )

    @Option(help: "The first seed.")
    var seed: UInt64 = 1

    @Option(help: "How many seeds, from the first on.")
    var count = 1

    @Option(help: "How many acts of people there are in each before everything is healed.")
    var steps = 40

    @Option(help: "How many seeds to play at the same time.")
    var jobs = 1

    @Option(help: ArgumentHelp("Take one protection away, to see that it is missed: \(Self.sabotages).", valueName: "name"))
    var sabotage: Sabotage?

    @Flag(help: "One line of JSON for each seed.")
    var json = false

    private static var sabotages: String { Sabotage.allCases.map(\.rawValue).joined(separator: ", ") }

    func validate() throws {
        guard count > 0, steps > 0, jobs > 0 else { throw ValidationError("--count, --steps and --jobs are at least 1.") }
    }

    func run() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let broken = await play()
        let seconds = (clock.now - start) / .seconds(1)
        if count > 1 {
            Self.say(
                "\(count) seeds of \(steps) steps in \(Self.rounded(seconds)) s (\(Self.rounded(Double(count) / seconds)) a second), "
                    + "\(broken) broke a promise")
        }
        if broken > 0 { throw ExitCode(1) }
    }

    /// - Returns: how many seeds broke a promise.
    private func play() async -> Int {
        await withTaskGroup(of: DeskSimulation.Verdict.self) { group in
            var broken = 0
            for number in 0..<count {
                if number >= jobs, let verdict = await group.next() { broken += report(verdict) }
                let settings = DeskSimulation.Settings(
                    seed: seed &+ UInt64(number), steps: steps, sabotage: sabotage, tellsStory: count == 1 && !json)
                group.addTask { DeskSimulation(settings).run() }
            }
            for await verdict in group { broken += report(verdict) }
            return broken
        }
    }

    /// - Returns: 1 for a seed that broke a promise.
    private func report(_ verdict: DeskSimulation.Verdict) -> Int {
        for line in verdict.story { print(line) }
        if json {
            print(SimulatedSeed(verdict).line)
        } else if count == 1 {
            print(verdict.summary)
        } else if !verdict.isGood {
            print(verdict.summary)
        }
        return verdict.isGood ? 0 : 1
    }

    private static func say(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

    private static func rounded(_ number: Double) -> Double { (number * 10).rounded() / 10 }
}

extension Sabotage: ExpressibleByArgument {}

/// A verdict for programs.
private struct SimulatedSeed: Encodable {
    let seed: UInt64
    let isGood: Bool
    let violations: [String]
    let checks: Int
    let commits: Int
    let receipts: Int

    init(_ verdict: DeskSimulation.Verdict) {
        seed = verdict.seed
        isGood = verdict.isGood
        violations = verdict.violations.map(\.description)
        checks = verdict.checks
        commits = verdict.commits
        receipts = verdict.receipts
    }

    private enum CodingKeys: String, CodingKey {
        case seed, violations, checks, commits, receipts
        case isGood = "good"
    }

    var line: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Numbers and texts always encode.
        guard let data = try? encoder.encode(self) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }
}
