/// All the words of the desk in one language, under flat dotted keys.
///
/// A key with plurals is stored as `key.one` and `key.other`; placeholders are written `{name}`.
package struct Catalogue: Sendable {
    package let language: Language
    let entries: [String: String]

    package init(language: Language, entries: [String: String]) {
        self.language = language
        self.entries = entries
    }

    /// The words under `key` with its placeholders filled. A key that no catalogue has is shown as itself: visible, and caught by tests.
    package func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
        guard let pattern = entries[key] else { return key }
        return arguments.isEmpty ? pattern : Self.fill(pattern, with: arguments)
    }

    /// The words under `key` in the plural form for `count`, which also fills `{count}`.
    package func text(_ key: String, count: Int, _ arguments: [String: String] = [:]) -> String {
        text("\(key).\(PluralForm(count: count, in: language).rawValue)", arguments.merging(["count": String(count)]) { given, _ in given })
    }

    /// Whether the catalogue has words under a key.
    package func has(_ key: String) -> Bool { entries[key] != nil }

    private static func fill(_ pattern: String, with arguments: [String: String]) -> String {
        var filled = ""
        var rest = Substring(pattern)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = rest[rest.index(after: open)..<close]
            filled += rest[..<open]
            filled += arguments[String(name)] ?? String(rest[open...close])
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }
}

/// The plural categories that the three languages need for whole numbers (Unicode CLDR; `many` of es and pt starts at a million).
enum PluralForm: String, CaseIterable {
    case one, other

    init(count: Int, in language: Language) {
        switch language {
        case .portuguese: self = count == 0 || count == 1 ? .one : .other
        case .spanish, .english: self = count == 1 ? .one : .other
        }
    }
}
