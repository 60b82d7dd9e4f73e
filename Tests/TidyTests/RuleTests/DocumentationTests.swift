import Testing

struct DocumentationTests {
    private func file(_ text: String) -> SwiftFile {
        SwiftFile(path: "Sources/DeskCore/Sample.swift", text: text)
    }

    @Test(arguments: [
        "package struct Sample {}", "package enum Sample {}", "package protocol Sample {}", "package actor Sample {}",
        "@MainActor package final class Sample {}", "package static func make() {}", "    package func act() {}",
        "package nonisolated func act() {}",
    ])
    func findsWhatOtherRoomsCanUse(text: String) {
        #expect(Documentation.declarations(in: file(text)).count == 1)
    }

    @Test(arguments: [
        "struct Sample {}", "package import DeskCore", "package var name: String", "package init() {}", "// package struct Sample {}",
        "package static func < (left: Self, right: Self) -> Bool { true }", "package func encode(to encoder: any Encoder) throws {}",
    ])
    func leavesTheRestToJudgement(text: String) {
        #expect(Documentation.declarations(in: file(text)).isEmpty)
    }

    @Test func looksAboveAttributes() {
        let found = Documentation.declarations(
            in: file(
                """
                /// Said.
                @discardableResult
                package func documented() {}

                // Only a remark.
                package func undocumented() {}
                """))
        #expect(found.map(\.name) == ["documented", "undocumented"])
        #expect(found.map(\.isDocumented) == [true, false])
    }

    @Test func whatAProtocolAsksForIsExplainedThere() {
        let port = file(
            """
            package protocol Port {
                /// Said once.
                func send(_ text: String) throws
                mutating func count() -> Int
            }
            struct Other {
                func helper() {}
            }
            """)
        let requirements = Documentation.requirements(in: port)
        #expect(requirements == ["send", "count"])
        let found = Documentation.declarations(
            in: file("package func send(_ text: String) {}\npackage func other() {}"), requirements: requirements)
        #expect(found.map(\.name) == ["other"])
    }

    @Test func comparesTheShareWithTheRoomsMinimum() {
        let half = file("/// Said.\npackage struct First {}\n\npackage struct Second {}\n")
        let whole = file("/// Said.\npackage struct First {}\n")
        #expect(Documentation.violations(room: "DeskCore", files: [whole]).isEmpty)
        #expect(Documentation.violations(room: "DeskCore", files: []).isEmpty)
        let report = Documentation.violations(room: "DeskCore", files: [half]).report
        #expect(report.contains("Sample.swift:4: Second is not documented, and only 50 % of DeskCore is"))
    }
}
