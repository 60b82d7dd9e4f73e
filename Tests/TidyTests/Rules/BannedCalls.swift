/// Words that must not stand in code: what reaches for a clock, for chance or for a thread by itself, and what ends the program.
struct BannedCalls {
    let words: [String]
    let remedy: String

    /// The inner rooms are handed time, identity and chance, so that a seed can replay their story exactly.
    static let inInnerRooms = BannedCalls(
        words: [
            "Date()", "Date.now", "Date(timeIntervalSinceNow", "UUID()", ".random(", ".randomElement(", ".shuffled()",
            "SystemRandomNumberGenerator", "ContinuousClock", "SuspendingClock", "Task {", "Task.detached", "DispatchQueue", "Thread",
            "sleep(", "ProcessInfo", "getenv",
        ],
        remedy: "Take the instant, the identifiers or the random source as an argument, and leave waiting to a service"
    )

    /// The core computes; it needs no operating system, and so none of its libraries.
    static let inCore = BannedCalls(
        words: ["import Foundation", "import FoundationEssentials", "import Dispatch", "import Glibc", "import Synchronization"],
        remedy: "Use the standard library, or move what needs more out of the core"
    )

    /// Nowhere at all, save for the exceptions that are listed with their reasons.
    static let everywhere = BannedCalls(
        words: ["Task {", "Task.detached", "try!", "as!", "fatalError", "@unchecked Sendable", "nonisolated(unsafe)", "DispatchQueue"],
        remedy: "Throw an error, use structured concurrency, or ask for an exception with its reason in BannedCalls.exceptions"
    )

    /// A test waits for what it expects, never for a time that usually suffices.
    static let inTests = BannedCalls(
        words: ["sleep(", "wait_for_timeout("],
        remedy: "Wait for the event itself, with a limit"
    )

    struct Exception {
        let path: String
        let word: String
        let reason: String
    }

    static let exceptions: [Exception] = [
        Exception(
            path: "Tests/browser/desk.py", word: "sleep(",
            reason: "The pause between two looks of `eventually`, which waits for a condition.")
    ]

    func violations(path: String, code: [String], exceptions: [Exception] = Self.exceptions) -> [Violation] {
        code.numbered.flatMap { line in
            words.filter { word in
                line.text.containsWord(word) && !exceptions.contains { $0.path == path && $0.word == word }
            }.map { word in
                Violation(path: path, line: line.number, problem: "'\(word)' must not stand here", remedy: remedy)
            }
        }
    }

    /// What applies to a Swift file, by where it lies.
    static func violations(in file: SwiftFile) -> [Violation] {
        var bans = [everywhere]
        if file.room == "DeskCore" { bans.append(inCore) }
        if file.room == "DeskCore" || file.room == "DeskServices" { bans.append(inInnerRooms) }
        if file.room == nil || file.room == "DeskTesting" { bans.append(inTests) }
        return Set(bans.flatMap { $0.violations(path: file.path, code: file.masked.code) }).sorted { $0.line < $1.line }
    }
}
