/// What crosses a target is `package`; `public` would promise it to other packages, and there are none.
enum Visibility {
    static func violations(in file: SwiftFile) -> [Violation] {
        guard file.room != nil else { return [] }
        return file.masked.code.numbered.filter { $0.text.containsWord("public") || $0.text.containsWord("open class") }.map { line in
            file.violation(line: line.number, "a public declaration or import", remedy: "Write 'package', or nothing")
        }
    }
}
