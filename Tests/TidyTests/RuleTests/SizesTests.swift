import Testing

struct SizesTests {
    @Test(arguments: [("a.swift", 500), ("a.py", 500), ("a.js", 100), ("a.json", 5_000)])
    func acceptsFilesUpToTheLimit(path: String, lineCount: Int) {
        #expect(Sizes.fileViolations(path: path, lineCount: lineCount).isEmpty)
    }

    @Test(arguments: [("a.swift", 501), ("a.py", 501), ("a.js", 101)])
    func refusesLongerFiles(path: String, lineCount: Int) {
        #expect(Sizes.fileViolations(path: path, lineCount: lineCount).count == 1)
    }

    @Test(arguments: [(70, 0), (71, 1)])
    func refusesBodiesOverSeventyLines(lines: Int, violations: Int) {
        let text = "func sample() {\n" + String(repeating: "    step()\n", count: lines) + "}\n"
        #expect(Sizes.functionViolations(in: SwiftFile(path: "Sources/DeskCore/Sample.swift", text: text)).count == violations)
    }

    @Test func oneInTenMayBeLong() {
        let nineShort = (1...9).map { (place: "short\($0)", lines: 20) }
        let oneLong = [(place: "long", lines: 60)]
        #expect(Sizes.shareViolations(of: "functions", in: "Sources", measures: nineShort + oneLong, limit: 20).isEmpty)
    }

    @Test func twoInTenMayNot() {
        let eightShort = (1...8).map { (place: "short\($0)", lines: 20) }
        let twoLong = [(place: "longest", lines: 60), (place: "long", lines: 30)]
        let violations = Sizes.shareViolations(of: "functions", in: "Sources", measures: eightShort + twoLong, limit: 20)
        #expect(violations.report.contains("up to 30 lines instead of 20. Split the longest of them: 60 longest, 30 long"))
    }

    @Test func nothingHasNoPercentile() {
        #expect(Sizes.ninetiethPercentile([]) == nil)
        #expect(Sizes.ninetiethPercentile([7]) == 7)
        #expect(Sizes.ninetiethPercentile(Array(1...10)) == 9)
        #expect(Sizes.ninetiethPercentile(Array(1...11)) == 10)
    }

    @Test(arguments: [("", 0), ("one", 1), ("one\n", 1), ("one\ntwo", 2)])
    func countsLines(text: String, lines: Int) {
        #expect(Project.File(path: "sample", text: text).lineCount == lines)
    }
}
