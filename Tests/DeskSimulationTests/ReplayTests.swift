import Foundation
import Testing

@testable import DeskSimulation

struct ReplayTests {
    @Test(arguments: [1, 7, 42, 159, 20_261_121] as [UInt64])
    func aSeedTellsTheSameStoryEachTime(seed: UInt64) {
        let settings = DeskSimulation.Settings(seed: seed, tellsStory: true)
        let first = DeskSimulation(settings).run()
        #expect(first.story.count > 20)
        #expect(DeskSimulation(settings).run().story == first.story)
    }

    @Test func whetherItIsToldChangesNothing() {
        for seed in 1...10 as ClosedRange<UInt64> {
            let told = DeskSimulation(.init(seed: seed, tellsStory: true)).run()
            let silent = DeskSimulation(.init(seed: seed)).run()
            #expect(told.summary == silent.summary)
            #expect(told.elapsed == silent.elapsed)
        }
    }

    @Test func otherSeedsTellOtherStories() {
        let stories = Set((1...10 as ClosedRange<UInt64>).map { DeskSimulation(.init(seed: $0, tellsStory: true)).run().story })
        #expect(stories.count == 10)
    }

    /// A hundred thousand seeds have to fit into memory one after the other.
    @Test(arguments: [nil, Sabotage.droppingUnique])
    func aSeedLeavesNothingBehind(sabotage: Sabotage?) {
        weak var remains: Stage?
        do {
            let dice = Dice(seed: 5)
            let executor = SimulationExecutor(dice.fork())
            let stage = Stage(DeskSimulation.Settings(seed: 5, steps: 20, sabotage: sabotage), dice)
            remains = stage
            DeskSimulation.play(on: stage, executor)
        }
        #expect(remains == nil)
    }

    /// Sets and dictionaries have another order in each process, unless nobody depends on it.
    @Test func aSeedTellsTheSameStoryInAnotherProcess() throws {
        let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "contesta")
        try #require(FileManager.default.isExecutableFile(atPath: program.path), "build the program first")
        for seed in [3, 11, 58] as [UInt64] {
            let told = try Self.output(of: program, ["simulate", "desk", "--seed", "\(seed)"])
            let verdict = DeskSimulation(.init(seed: seed, tellsStory: true)).run()
            #expect(told == (verdict.story + [verdict.summary, ""]).joined(separator: "\n"))
        }
    }

    private static func output(of program: URL, _ arguments: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = program
        process.arguments = arguments
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
