/// How long the bodies in a Swift file are.
struct MeasuredBody: Equatable {
    enum Kind: Equatable {
        /// `func`, `init`, `deinit`, `subscript`.
        case function
        /// A computed property.
        case property
    }

    let kind: Kind
    let name: String
    /// Of the declaration's keyword, counted from one.
    let line: Int
    /// The lines between the braces, without those on which the braces stand; a body on one line has one.
    let length: Int
}

/// Finds every body and its length by matching braces in code from which comments and strings have been taken out.
struct FunctionScanner {
    private let bytes: [UInt8]

    init(code: [String]) {
        bytes = Array(code.joined(separator: "\n").utf8)
    }

    func bodies() -> [MeasuredBody] {
        var found: [MeasuredBody] = []
        var line = 1
        var index = 0
        while index < bytes.count {
            guard bytes[index].isWordPart else {
                if bytes[index] == .newline { line += 1 }
                index += 1
                continue
            }
            let end = endOfWord(from: index)
            if let body = body(ofDeclarationAt: index..<end, line: line) { found.append(body) }
            index = end
        }
        return found
    }

    private func endOfWord(from start: Int) -> Int {
        bytes[start...].firstIndex { !$0.isWordPart } ?? bytes.count
    }

    private func word(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private func body(ofDeclarationAt keyword: Range<Int>, line: Int) -> MeasuredBody? {
        guard let kind = Self.kinds[word(keyword)], standsAlone(keyword) else { return nil }
        guard let opening = openingBrace(after: keyword.upperBound, kind: kind), let closing = closingBrace(matching: opening) else {
            return nil
        }
        let breaks = bytes[opening..<closing].count { $0 == .newline }
        return MeasuredBody(kind: kind, name: name(after: keyword), line: line, length: max(1, breaks - 1))
    }

    private static let kinds: [String: MeasuredBody.Kind] = [
        "func": .function, "init": .function, "deinit": .function, "subscript": .function, "var": .property,
    ]

    /// Not `self.init(…)`, not an argument label, not a name in backticks.
    private func standsAlone(_ keyword: Range<Int>) -> Bool {
        let before = keyword.lowerBound > 0 ? bytes[keyword.lowerBound - 1] : .newline
        let after = keyword.upperBound < bytes.count ? bytes[keyword.upperBound] : .newline
        return before != UInt8(ascii: ".") && before != UInt8(ascii: "`") && after != UInt8(ascii: ":")
    }

    private func name(after keyword: Range<Int>) -> String {
        let rest = bytes[keyword.upperBound...].drop { $0 == .space }
        let name = rest.prefix { $0 != .opening && $0 != .space && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "<") && $0 != .newline }
        return name.isEmpty || word(keyword) != "func" && word(keyword) != "var" ? word(keyword) : String(decoding: name, as: UTF8.self)
    }

    /// The brace that opens the body, or nothing where the declaration has none, as in a protocol.
    private func openingBrace(after start: Int, kind: MeasuredBody.Kind) -> Int? {
        var depth = 0
        var hasType = false
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "{") where depth == 0:
                return kind == .function || hasType ? index : nil
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}") where depth == 0: return nil
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ":"): hasType = true
            case UInt8(ascii: "=") where depth == 0 && kind == .property: return nil
            case .newline where depth == 0 && kind == .property && !braceFollows(index): return nil
            case let byte where byte.isWordPart:
                let end = endOfWord(from: index)
                if depth == 0 && Self.startsOfDeclarations.contains(word(index..<end)) { return nil }
                index = end
                continue
            default: break
            }
            index += 1
        }
        return nil
    }

    private static let startsOfDeclarations: Set<String> = [
        "func", "init", "deinit", "subscript", "var", "let", "case", "struct", "class", "enum", "actor", "protocol", "extension",
        "typealias", "associatedtype", "static", "package", "private", "import", "mutating",
    ]

    private func braceFollows(_ index: Int) -> Bool {
        bytes[index...].first { $0 != .newline && $0 != .space } == UInt8(ascii: "{")
    }

    private func closingBrace(matching opening: Int) -> Int? {
        var depth = 0
        for index in opening..<bytes.count {
            if bytes[index] == UInt8(ascii: "{") { depth += 1 }
            if bytes[index] == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }
}
