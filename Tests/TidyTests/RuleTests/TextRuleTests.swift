import Testing

struct SQLPlacementTests {
    private func violations(_ path: String, _ code: String) -> Int {
        SQLPlacement.violations(in: SwiftFile(path: path, text: code)).count
    }

    @Test func statementsBelongToTheStore() {
        let code = #"let rows = "SELECT id FROM messages""#
        #expect(violations("Sources/SQLStore/Messages.swift", code) == 0)
        #expect(violations("Sources/DeskServices/Messages.swift", code) == 1)
        #expect(violations("Sources/DeskServer/Messages.swift", #"run("INSERT INTO messages")"#) == 1)
    }

    @Test func wordsThatOnlyLookLikeSQLAreFine() {
        #expect(violations("Sources/DeskWeb/Sample.swift", #"let hint = "Select one, or PRESELECT it""#) == 0)
        #expect(violations("Sources/DeskWeb/Sample.swift", "// SELECT would be slower") == 0)
    }

    @Test func onlyDriversKnowTheirDialect() {
        let code = "if connection.dialect == .sqlite {}"
        #expect(violations("Sources/SQLiteDriver/Sample.swift", code) == 0)
        #expect(violations("Sources/SQLStore/Sample.swift", code) == 1)
    }
}

struct VisibilityTests {
    @Test(arguments: ["public struct Sample {}", "public import DeskCore", "    public init() {}", "open class Sample {}"])
    func nothingIsPublic(code: String) {
        #expect(Visibility.violations(in: SwiftFile(path: "Sources/DeskCore/Sample.swift", text: code)).count == 1)
    }

    @Test(arguments: ["package struct Sample {}", "let publicMessage = text", "// public would be a promise"])
    func packageIsEnough(code: String) {
        #expect(Visibility.violations(in: SwiftFile(path: "Sources/DeskCore/Sample.swift", text: code)).isEmpty)
    }
}

struct LeftoversTests {
    private func violations(_ text: String) -> [Violation] {
        Leftovers.violations(path: "Sources/DeskCore/Sample.swift", comments: MaskedSource(text).comments)
    }

    @Test(arguments: [
        "// TODO: later", "let a = 1  // FIXME", "/* HACK */", "// let a = compute()", "// return value", "// send(message)", "// }",
        "// if ready {", "// try await channel.send(reply)", "// import Foundation", "// count += 1;",
    ])
    func refusesPromisesAndSwitchedOffCode(text: String) {
        #expect(violations(text).count == 1)
    }

    @Test(arguments: [
        "// Return early: the provider repeats what it is not answered.", "// What is let through here is checked again later.",
        "// Methodology (see above)", "// e.g. send(to:)", "/// let reply = Reply(answering: message)", "// swift-tools-version: 6.2",
        #"let text = "TODO""#,
    ])
    func acceptsReasonsAndSamples(text: String) {
        #expect(violations(text).isEmpty, "\(violations(text).report)")
    }

    @Test func readsOtherLanguagesByTheirSigns() {
        let comments = Leftovers.comments(in: "x = 1  # TODO more\ny = 2\n", sign: "#")
        #expect(Leftovers.violations(path: "sample.py", comments: comments).map(\.line) == [1])
    }
}

struct TracesTests {
    @Test(arguments: Traces.foreign)
    func refusesPlacesOfOneMachine(name: String) {
        let file = Project.File(path: "script/sample", text: "first\nopen \(name)\n")
        #expect(Traces.violations(in: file).map(\.line) == [2])
    }

    @Test func acceptsPlacesInsideTheProject() {
        #expect(Traces.violations(in: Project.File(path: "script/sample", text: "cd .build/python && work/done")).isEmpty)
    }
}

struct LinksTests {
    private func violations(_ text: String) -> [Violation] {
        let present: Set = ["README.md", "docs/status.md", "docs/decisions/0001.md"]
        return Links.violations(in: Project.File(path: "docs/decisions/0001.md", text: text), exists: present.contains)
    }

    @Test(arguments: [
        "[status](../status.md)", "[above](#context)", "[this](./0001.md#decision)",
        "[read](../../README.md), [swift](https://www.swift.org/)",
    ])
    func acceptsWhatIsThere(text: String) {
        #expect(violations(text).isEmpty)
    }

    @Test func namesTheLineThatPointsToNothing() {
        #expect(violations("first\n[gone](../gone.md) and [status](../status.md)").map(\.line) == [2])
    }
}

struct LocaleKeysTests {
    private let spanish = Project.File(path: "es.json", text: #"{"queue.empty": "Nadie espera.", "reply": "Responder"}"#)

    @Test func acceptsEqualKeys() {
        let english = Project.File(path: "en.json", text: #"{"reply": "Reply", "queue.empty": "Nobody is waiting."}"#)
        #expect(LocaleKeys.violations(in: [spanish, english]).isEmpty)
    }

    @Test func namesTheKeyThatIsMissing() {
        let english = Project.File(path: "en.json", text: #"{"reply": "Reply"}"#)
        #expect(LocaleKeys.violations(in: [spanish, english]).report.contains("en.json: lacks the key queue.empty"))
    }

    @Test func namesTheFileThatCannotBeRead() {
        let english = Project.File(path: "en.json", text: "{")
        #expect(LocaleKeys.violations(in: [spanish, english]).map(\.problem) == ["is no JSON object"])
    }
}
