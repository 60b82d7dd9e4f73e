import Foundation

/// A Swift file of the project, or a sample that claims to be one.
struct SwiftFile: Sendable {
    let path: String
    let lines: [String]
    let masked: MaskedSource

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        masked = MaskedSource(text)
    }

    /// The name of the folder under `Sources`, which is the target's; nothing for tests.
    var room: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    func violation(line: Int, _ problem: String, remedy: String) -> Violation {
        Violation(path: path, line: line, problem: problem, remedy: remedy)
    }
}

extension [String] {
    /// Each line with its number, counted from one.
    var numbered: [(number: Int, text: String)] { enumerated().map { ($0.offset + 1, $0.element) } }
}

extension String {
    /// Whether `word` stands here with nothing of a longer name before it; what ends in a letter must not go on after it either.
    func containsWord(_ word: String) -> Bool {
        var rest = self[...]
        while let found = rest.range(of: word) {
            let before = found.lowerBound > startIndex ? self[index(before: found.lowerBound)] : " "
            let after = found.upperBound < endIndex ? self[found.upperBound] : " "
            let runsOn = word.last.isPartOfName && Optional(after).isPartOfName
            if !(word.first.isPartOfName && Optional(before).isPartOfName) && !runsOn { return true }
            rest = self[found.upperBound...]
        }
        return false
    }
}

extension Character? {
    fileprivate var isPartOfName: Bool {
        guard let self else { return false }
        return self.isLetter || self.isNumber || self == "_"
    }
}
