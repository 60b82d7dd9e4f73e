import Testing

struct BannedCallsTests {
    private func words(_ path: String, _ code: String) -> Int {
        BannedCalls.violations(in: SwiftFile(path: path, text: code)).count
    }

    @Test(arguments: [
        "let now = Date()", "let id = UUID()", "Task { await run() }", "Task.detached {}", "let chance = Int.random(in: 1...6)",
        "var source = SystemRandomNumberGenerator()", "try await Task.sleep(for: .seconds(1))", "DispatchQueue.main",
        "let clock = ContinuousClock()", "ProcessInfo.processInfo", #"print("\(Date())")"#,
    ])
    func innerRoomsAreHandedTimeIdentityAndChance(code: String) {
        #expect(words("Sources/DeskCore/Sample.swift", code) > 0)
        #expect(words("Sources/DeskServices/Sample.swift", code) > 0)
    }

    @Test(arguments: [
        "let now = clock.now()", "BackgroundTask {}", "// Date() would be another at every replay", #"let text = "Date()""#, "invalidate()",
        "let updated = LastUpdate()",
    ])
    func innerRoomsMayNameWhatOnlyLooksAlike(code: String) {
        #expect(words("Sources/DeskCore/Sample.swift", code) == 0)
    }

    @Test(arguments: ["import Foundation", "import FoundationEssentials", "package import Foundation"])
    func theCoreNeedsNoFoundation(code: String) {
        #expect(words("Sources/DeskCore/Sample.swift", code) == 1)
        #expect(words("Sources/DeskServices/Sample.swift", code) == 0)
    }

    @Test(arguments: ["try! load()", "value as! String", "fatalError()", "final class Box: @unchecked Sendable {}", "Task { }"])
    func nothingEndsTheProgramOrEscapesItsScope(code: String) {
        #expect(words("Sources/DeskServer/Sample.swift", code) == 1)
        #expect(words("Tests/DeskServerTests/Sample.swift", code) == 1)
    }

    @Test func outerRoomsMayReadTheClock() {
        #expect(words("Sources/DeskServer/Sample.swift", "let now = Date()") == 0)
    }

    @Test func testsDoNotSleep() {
        #expect(words("Tests/DeskServerTests/Sample.swift", "try await Task.sleep(for: .seconds(1))") == 1)
        #expect(words("Sources/DeskServer/Sample.swift", "try await Task.sleep(for: .seconds(1))") == 0)
    }

    @Test func anExceptionCoversOneWordInOneFile() {
        let exception = BannedCalls.Exception(path: "Sources/DeskServer/Sample.swift", word: "fatalError", reason: "a sample")
        let code = ["fatalError()", "try! load()"]
        let here = BannedCalls.everywhere.violations(path: exception.path, code: code, exceptions: [exception])
        let elsewhere = BannedCalls.everywhere.violations(path: "Sources/DeskServer/Other.swift", code: code, exceptions: [exception])
        #expect(here.map(\.line) == [2])
        #expect(elsewhere.map(\.line) == [1, 2])
    }
}
