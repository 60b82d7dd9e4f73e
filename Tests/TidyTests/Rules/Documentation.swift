/// The share of a room's surface that says what it does. What is hard to document should be changed until it is easy.
enum Documentation {
    /// One declaration that other rooms can use.
    struct Declaration: Equatable {
        let line: Int
        let name: String
        let isDocumented: Bool
    }

    /// In percent, by room; raise a figure when the room has passed it, and never lower one.
    static let minimumShares = ["ChannelKit": 80, "DeskCore": 75, "DeskServices": 80, "DeskWeb": 80]
    static let usualMinimumShare = 65

    private static let modifiers: Set<Substring> = [
        "static", "final", "class", "mutating", "nonmutating", "nonisolated", "isolated", "indirect", "override", "consuming", "borrowing",
        "distributed",
    ]
    private static let keywords: Set<Substring> = ["func", "struct", "enum", "protocol", "class", "actor"]

    /// Say the same everywhere, and the protocols of the libraries document them.
    private static let selfEvident: Set<String> = [
        "encode", "hash", "next", "makeAsyncIterator", "run", "validate", "==", "<", "+", "-", "<=", ">", ">=", "CodingKeys",
    ]

    /// The `package` declarations with a name of their own; properties and initialisers are left to judgement.
    /// - Parameter requirements: names of functions that a protocol of ours asks for, and explains.
    static func declarations(in file: SwiftFile, requirements: Set<String> = []) -> [Declaration] {
        file.masked.code.numbered.compactMap { line in
            guard let name = declaredName(line.text), !selfEvident.contains(name), !requirements.contains(name) else { return nil }
            return Declaration(line: line.number, name: name, isDocumented: isDocumented(file.lines, above: line.number))
        }
    }

    /// The names of the functions that the file's protocols ask for.
    static func requirements(in file: SwiftFile) -> Set<String> {
        var names: Set<String> = []
        var isInProtocol = false
        for line in file.masked.code {
            if line.hasPrefix("package protocol ") { isInProtocol = true }
            if line.hasPrefix("}") { isInProtocol = false }
            if isInProtocol, let match = line.firstMatch(of: #/^ +(mutating |static )*func (\w+)/#) { names.insert(String(match.2)) }
        }
        return names
    }

    private static func declaredName(_ line: String) -> String? {
        var words = line.split(separator: " ")[...]
        while let word = words.first, word.hasPrefix("@") { words.removeFirst() }
        guard words.popFirst() == "package" else { return nil }
        while let word = words.first, modifiers.contains(word), words.dropFirst().first.map(isDeclarationWord) == true {
            words.removeFirst()
        }
        guard let keyword = words.popFirst(), keywords.contains(keyword), let rest = words.first else { return nil }
        let isOperator = rest.first.map { !$0.isLetter && $0 != "_" && $0 != "`" } ?? false
        return String(rest.prefix { isOperator ? $0 != "(" : $0.isLetter || $0.isNumber || $0 == "_" || $0 == "`" })
    }

    private static func isDeclarationWord(_ word: Substring) -> Bool {
        modifiers.contains(word) || keywords.contains(word)
    }

    /// Looks above attributes for a documentation comment.
    private static func isDocumented(_ lines: [String], above number: Int) -> Bool {
        let above = lines[..<(number - 1)].reversed().lazy.map { $0.drop { $0 == " " } }
        return above.first { !$0.hasPrefix("@") && !$0.hasPrefix("#if") }?.hasPrefix("///") ?? false
    }

    static func violations(room: String, files: [SwiftFile], requirements: Set<String> = []) -> [Violation] {
        let all = files.flatMap { file in declarations(in: file, requirements: requirements).map { (file, $0) } }
        let missing = all.filter { !$0.1.isDocumented }
        let minimum = minimumShares[room] ?? usualMinimumShare
        guard missing.count * 100 > all.count * (100 - minimum) else { return [] }
        let share = (all.count - missing.count) * 100 / all.count
        return missing.map { file, declaration in
            file.violation(
                line: declaration.line,
                "\(declaration.name) is not documented, and only \(share) % of \(room) is, of at least \(minimum) %",
                remedy: "Say in a /// comment what it does, its units, what it throws")
        }
    }
}
