/// What tells a line by a program from one by a person: programs write when, to the minute.
enum DateHints {
    /// A year of this century or the last.
    static func hasYear(_ text: String) -> Bool {
        numbers(in: text).contains { $0.count == 4 && ($0.hasPrefix("19") || $0.hasPrefix("20")) }
    }

    /// `6/10/26`, `2026-10-06`.
    static func hasNumericDate(_ text: String) -> Bool {
        text.split(whereSeparator: \.isWhitespace).contains { word in
            let parts = word.drop { !$0.isNumber }.split { "/.-".contains($0) }
            return parts.count >= 3 && parts.prefix(2).allSatisfy { (1...4).contains($0.count) && $0.allSatisfy(\.isNumber) }
                && parts[2].first?.isNumber == true
        }
    }

    /// `9:15`, `21.11`.
    static func hasTime(_ text: String) -> Bool {
        let characters = Array(text)
        return characters.indices.dropFirst().dropLast(2).contains { index in
            guard characters[index] == ":" || characters[index] == ".", characters[index - 1].isNumber else { return false }
            let isLonger = index + 3 < characters.count && characters[index + 3].isNumber
            return characters[index + 1].isNumber && characters[index + 2].isNumber && !isLonger
        }
    }

    private static func numbers(in text: String) -> [Substring] { text.split { !$0.isNumber } }
}
