import Testing

struct VerificationTableTests {
    @Test(arguments: [
        ("1.1.1,met,Tests/a.py,", 0), ("1.1.1,missing,,\"not yet, sorry\"", 0), ("1.1.1,partly,Tests/a.py,some", 0),
        ("1.1.1,met,,", 1), ("1.1.1,met,Tests/gone.py,", 1), ("1.1.1,partly,Tests/a.py,", 1), ("1.1.1,not applicable,,", 1),
        ("1.1.1,perhaps,Tests/a.py,", 1), ("1.1.1,met", 1), ("", 1),
    ])
    func everyRequirementHasAStateAndWhatShowsIt(row: String, expected: Int) {
        let file = Project.File(path: "docs/asvs.csv", text: "id,state,evidence,note\n\(row)\n")
        let found = VerificationTable.violations(in: file, count: 1) { $0 == "Tests/a.py" }
        #expect(found.count == expected, "\(found)")
    }

    @Test func noneIsThereTwiceAndNoneIsForgotten() {
        let file = Project.File(path: "docs/asvs.csv", text: "id,state,evidence,note\n1.1.1,met,a,\n1.1.1,met,a,\n")
        #expect(VerificationTable.violations(in: file, count: 2) { _ in true }.count == 2)
    }
}
