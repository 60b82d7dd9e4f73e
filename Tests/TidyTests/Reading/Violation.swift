/// One place where a rule of the house is broken, and what to do about it.
struct Violation: Hashable, CustomStringConvertible {
    let path: String
    /// Counted from one; zero speaks of the file, or the folder, as a whole.
    let line: Int
    let problem: String
    let remedy: String

    var description: String { "\(path)\(line > 0 ? ":\(line)" : ""): \(problem). \(remedy)." }
}

extension [Violation] {
    /// What a failing test prints: one violation a line.
    var report: String { map(\.description).sorted().joined(separator: "\n") }
}
