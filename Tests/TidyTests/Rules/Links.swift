import Foundation

/// Documents point to files of the project; a pointer to nothing is worse than none.
enum Links {
    /// - Parameter exists: whether the project has a file or folder at a path from its root.
    static func violations(in file: Project.File, exists: (String) -> Bool) -> [Violation] {
        file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
            targets(in: line).filter { !exists(resolve($0, from: file.path)) }.map { target in
                Violation(
                    path: file.path, line: index + 1, problem: "points to \(target), which is not there",
                    remedy: "Mend the link, or write what it should lead to")
            }
        }
    }

    /// What the line's links lead to, within the project and without the part of the page.
    private static func targets(in line: Substring) -> [String] {
        line.matches(of: #/\]\(([^)#]+)(#[^)]*)?\)/#).map { String($0.1) }.filter { !$0.contains(":") }
    }

    private static func resolve(_ target: String, from path: String) -> String {
        var parts = path.split(separator: "/").dropLast().map(String.init)
        for part in target.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }
}
