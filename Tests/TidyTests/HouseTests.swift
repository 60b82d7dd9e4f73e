import Testing

/// The rules of the house, applied to the house.
struct HouseTests {
    let project = Project.current

    private static let requirements = Set(Project.current.swiftFiles(under: "Sources").flatMap(Documentation.requirements))

    @Test func theProjectIsWhereItIsLookedFor() {
        #expect(project.files.contains { $0.path == "Package.swift" })
        #expect(!project.swiftFiles(under: "Sources").isEmpty)
    }

    @Test func everyRoomImportsOnlyWhatItsWallsAllow() {
        expectNone(project.swiftFiles(under: "Sources").flatMap(ImportDirection.violations))
    }

    @Test func everyWallBelongsToARoom() {
        let rooms = Set(project.swiftFiles.compactMap(\.room))
        #expect(ImportDirection.doors.keys.filter { !rooms.contains($0) }.sorted() == [], "remove the rows of rooms that are gone")
    }

    @Test func timeIdentityAndChanceAreArguments() {
        expectNone(project.swiftFiles.flatMap(BannedCalls.violations))
    }

    @Test func everyExceptionIsStillNeeded() {
        for exception in BannedCalls.exceptions {
            let text = project.files.first { $0.path == exception.path }?.text ?? ""
            #expect(text.containsWord(exception.word), "take \(exception) off the list")
            #expect(!exception.reason.isEmpty)
        }
    }

    @Test func browserTestsWaitForEventsAndNotForTime() {
        let files = project.files(under: "Tests/browser", endingWith: ".py")
        expectNone(files.flatMap { BannedCalls.inTests.violations(path: $0.path, code: $0.text.components) })
    }

    @Test func statementsStayInTheStore() {
        expectNone(project.swiftFiles.flatMap(SQLPlacement.violations))
    }

    @Test func nothingIsPublic() {
        expectNone(project.swiftFiles.flatMap(Visibility.violations))
    }

    @Test(arguments: ImportDirection.doors.keys.sorted())
    func theSurfaceOfEveryRoomIsDocumented(room: String) {
        let files = project.swiftFiles(under: "Sources/\(room)")
        expectNone(Documentation.violations(room: room, files: files, requirements: Self.requirements))
    }

    @Test func nothingIsPromisedForLaterOrSwitchedOff() {
        expectNone(project.swiftFiles.flatMap { Leftovers.violations(path: $0.path, comments: $0.masked.comments) })
        for (suffix, sign) in [(".js", "//"), (".py", "#"), (".css", "/*"), (".sql", "--"), (".mustache", "{{!")] {
            let files = project.files.filter { $0.path.hasSuffix(suffix) }
            expectNone(files.flatMap { Leftovers.violations(path: $0.path, comments: Leftovers.comments(in: $0.text, sign: sign)) })
        }
    }

    @Test func nothingNamesOneMachine() {
        expectNone(project.files.flatMap(Traces.violations))
    }

    @Test func documentsPointToWhatIsThere() {
        let documents = project.files.filter { $0.path.hasSuffix(".md") }
        expectNone(documents.flatMap { Links.violations(in: $0, exists: project.has) })
    }

    @Test func everyRequirementOfTheSecurityStandardHasItsProof() {
        expectNone(
            project.files(under: "docs", endingWith: "asvs.csv").flatMap { VerificationTable.violations(in: $0, exists: project.has) })
        #expect(project.has(VerificationTable.path))
    }

    @Test func everyLanguageHasTheSameKeys() {
        expectNone(LocaleKeys.violations(in: project.files(under: "Sources/DeskWeb/Resources/Locales", endingWith: ".json")))
    }
}

/// How long things may be, applied to the house.
struct HouseSizeTests {
    let project = Project.current

    @Test func noFileIsTooLong() {
        let measured = project.files(under: "Sources") + project.files(under: "Tests") + project.files(under: "script")
        expectNone(measured.flatMap { Sizes.fileViolations(path: $0.path, lineCount: $0.lineCount) })
    }

    @Test func noFunctionIsTooLong() {
        expectNone(project.swiftFiles.flatMap(Sizes.functionViolations))
    }

    @Test(arguments: ["Sources", "Tests"])
    func nineInTenFilesAreShort(folder: String) {
        let measures = project.files(under: folder, endingWith: ".swift").map { (place: $0.path, lines: $0.lineCount) }
        expectNone(Sizes.shareViolations(of: "files", in: folder, measures: measures, limit: Sizes.longFile))
    }

    @Test(arguments: ["Sources", "Tests"])
    func nineInTenFunctionsAreShort(folder: String) {
        let measures = project.swiftFiles(under: folder).flatMap { file in
            Sizes.bodies(in: file).filter { $0.kind == .function }.map { (place: "\(file.path):\($0.line)", lines: $0.length) }
        }
        expectNone(Sizes.shareViolations(of: "functions", in: folder, measures: measures, limit: Sizes.longFunction))
    }
}

private func expectNone(_ violations: [Violation], sourceLocation: SourceLocation = #_sourceLocation) {
    if !violations.isEmpty { Issue.record("\n\(violations.report)", sourceLocation: sourceLocation) }
}

extension String {
    fileprivate var components: [String] { split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
}
