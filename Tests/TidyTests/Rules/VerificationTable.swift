import Foundation

/// `docs/asvs.csv`: which requirement of OWASP's Application Security Verification Standard 5.0 (level 2, and some of level 3) is met by
/// what. A requirement without a word, or with proof that is not there, is worse than one that is called missing.
enum VerificationTable {
    static let path = "docs/asvs.csv"
    /// How many requirements apply to a program of this kind.
    static let count = 246

    private static let states: Set<String> = ["met", "partly", "missing", "not applicable"]

    /// - Parameter exists: whether the project has a file at a path from its root.
    static func violations(in file: Project.File, count: Int = count, exists: (String) -> Bool) -> [Violation] {
        let rows = file.text.split(separator: "\n").dropFirst().map(fields)
        var found = rows.enumerated().flatMap { index, row in
            problems(of: row, exists: exists).map { violation($0, file, line: index + 2) }
        }
        let ids = Set(rows.compactMap(\.first))
        if ids.count != rows.count { found.append(violation("names a requirement twice", file, line: 1)) }
        if ids.count != count { found.append(violation("has \(ids.count) requirements of \(count)", file, line: 1)) }
        return found
    }

    private static func problems(of row: [String], exists: (String) -> Bool) -> [String] {
        guard row.count == 4, states.contains(row[1]) else { return ["is no id, state, evidence and note"] }
        let evidence = row[2].split(separator: " ").map(String.init)
        var problems = evidence.filter { !exists($0) }.map { "points to \($0), which is not there" }
        if ["met", "partly"].contains(row[1]), evidence.isEmpty { problems.append("\(row[0]) is \(row[1]) by nothing") }
        if row[1] != "met", row[3].isEmpty { problems.append("\(row[0]) is \(row[1]) and doesn't say why") }
        return problems
    }

    private static func violation(_ problem: String, _ file: Project.File, line: Int) -> Violation {
        Violation(path: file.path, line: line, problem: problem, remedy: "Say which test shows it, or that it is missing, and why")
    }

    /// Comma-separated values, as RFC 4180 has them, without line breaks inside.
    private static func fields(_ line: Substring) -> [String] {
        var (fields, isQuoted) = ([""], false)
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }
}
