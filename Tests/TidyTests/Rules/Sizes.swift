/// How long files and functions may be. Small ones are read; long ones are scrolled.
enum Sizes {
    static let longestFile = 500
    static let longFile = 250
    static let longestFunction = 70
    static let longFunction = 20
    static let longestScriptModule = 100

    /// What of the kinds of file that people write and read is measured.
    static let measuredSuffixes = [".swift", ".py", ".js", ".css", ".sql", ".bash"]

    static func fileViolations(path: String, lineCount: Int) -> [Violation] {
        guard measuredSuffixes.contains(where: path.hasSuffix) else { return [] }
        let (what, limit) = path.hasSuffix(".js") ? ("a script module", longestScriptModule) : ("a file", longestFile)
        guard lineCount > limit else { return [] }
        return [
            Violation(
                path: path, line: lineCount, problem: "\(lineCount) lines, and \(what) has at most \(limit)",
                remedy: "Split it by what it is about, not by its length")
        ]
    }

    static func functionViolations(in file: SwiftFile) -> [Violation] {
        bodies(in: file).filter { $0.length > longestFunction }.map { body in
            file.violation(
                line: body.line, "\(body.name) has \(body.length) lines, and a body has at most \(longestFunction)",
                remedy: "Give its steps names, as functions of their own")
        }
    }

    /// Nine in ten must keep within `limit`; the message names those that are longest.
    static func shareViolations(of what: String, in folder: String, measures: [(place: String, lines: Int)], limit: Int) -> [Violation] {
        guard let percentile = ninetiethPercentile(measures.map(\.lines)), percentile > limit else { return [] }
        let longest = measures.sorted { $0.lines > $1.lines }.prefix(12).map { "\($0.lines) \($0.place)" }
        return [
            Violation(
                path: folder, line: 0,
                problem: "nine in ten \(what) have up to \(percentile) lines instead of \(limit)",
                remedy: "Split the longest of them: \(longest.joined(separator: ", "))")
        ]
    }

    /// The smallest length that nine in ten do not exceed (nearest rank).
    static func ninetiethPercentile(_ lengths: [Int]) -> Int? {
        lengths.isEmpty ? nil : lengths.sorted()[(lengths.count * 9 + 9) / 10 - 1]
    }

    static func bodies(in file: SwiftFile) -> [MeasuredBody] {
        FunctionScanner(code: file.masked.code).bodies()
    }
}
