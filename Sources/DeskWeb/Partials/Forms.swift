/// A field of a form as it was last filled in, and what is wrong with it.
package struct Field: Sendable {
    package let value: String
    /// Finished words that say what to do; nil when nothing is wrong.
    package let error: String?

    package init(_ value: String = "", error: String? = nil) {
        self.value = value
        self.error = error
    }
}

/// One entry of a list to choose from.
package struct Choice: Sendable {
    package let value: String
    package let label: String
    package let isChosen: Bool

    package init(value: String, label: String, isChosen: Bool = false) {
        self.value = value
        self.label = label
        self.isChosen = isChosen
    }
}

extension [Choice] {
    /// The desk's languages, each under its own name.
    package static func languages(chosen: Language) -> [Choice] {
        Language.allCases.map { Choice(value: $0.rawValue, label: $0.nativeName, isChosen: $0 == chosen) }
    }

    /// Time zones by identifier (`America/Bogota`); the chosen one is added when it isn't among `identifiers`.
    package static func timeZones(_ identifiers: [String], chosen: String) -> [Choice] {
        let all = identifiers.contains(chosen) ? identifiers : [chosen] + identifiers
        return all.map { Choice(value: $0, label: $0.replacing("_", with: " "), isChosen: $0 == chosen) }
    }
}

/// A step of the setting up, done or still to do.
package struct ChecklistItem: Sendable {
    package let label: String
    package let isDone: Bool
    /// Where to do it; nil for what cannot be done yet.
    package let path: String?

    package init(label: String, isDone: Bool, path: String? = nil) {
        self.label = label
        self.isDone = isDone
        self.path = path
    }
}

/// A pair of words: what it is called, and what it is.
package struct Fact: Sendable {
    package let label: String
    package let value: String

    package init(label: String, value: String) {
        self.label = label
        self.value = value
    }
}

enum Initials {
    /// The first letters of the first two words that start with a letter; a neutral mark for a bare number.
    static func of(_ name: String) -> String {
        let letters = name.split(separator: " ").compactMap(\.first).filter(\.isLetter).prefix(2)
        return letters.isEmpty ? "#" : String(letters).uppercased()
    }
}
