/// Names of one machine or one way to reach a registry: they work for whoever wrote them and for nobody else.
enum Traces {
    /// Put together here, so that this file does not break its own rule.
    static let foreign = [
        "/wo" + "rk/", "/ho" + "me/", "/ro" + "ot/", "/opt/swift" + "-packages", "/opt/whe" + "els", "farm" + "-studio", "farm" + "-bench",
        "py" + "pi.org", "files.python" + "hosted", "deb.debi" + "an.org", "registry.np" + "mjs", "proxy.gol" + "ang",
    ]

    static func violations(in file: Project.File) -> [Violation] {
        file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            guard let name = foreign.first(where: line.contains) else { return nil }
            return Violation(
                path: file.path, line: index + 1, problem: "names a place of one machine, or a registry's host: \(name)",
                remedy: "Find the place from the project's root, and leave registries to the tools' own settings")
        }
    }
}
