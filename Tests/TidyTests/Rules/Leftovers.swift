import Foundation

/// What was meant to be done later, and code that was switched off instead of removed: history keeps both better.
enum Leftovers {
    static let promises = ["TODO", "FIXME", "XXX", "HACK"]

    /// - Parameter comments: the lines of a file with only their comments left.
    static func violations(path: String, comments: [String]) -> [Violation] {
        comments.numbered.compactMap { line in
            if let promise = promises.first(where: line.text.containsWord) {
                return Violation(
                    path: path, line: line.number, problem: "a \(promise)", remedy: "Do it now, or open an issue and take the comment out")
            }
            if let words = plainComment(line.text), isCode(words) {
                return Violation(
                    path: path, line: line.number, problem: "code in a comment: \(words)", remedy: "Remove it; git remembers")
            }
            return nil
        }
    }

    /// For files that have no scanner of their own: what follows the sign of a comment.
    static func comments(in text: String, sign: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.range(of: sign).map { String(line[$0.lowerBound...]) } ?? ""
        }
    }

    /// The words of a comment that is no documentation, whose samples are welcome.
    private static func plainComment(_ line: String) -> String? {
        let comment = line.drop { $0 == " " }
        guard comment.hasPrefix("//"), !comment.hasPrefix("///"), !comment.hasPrefix("// swift-") else { return nil }
        return String(comment.dropFirst(2).drop { $0 == " " })
    }

    private static func isCode(_ words: String) -> Bool {
        let declaration = #/(let|var) \w+(: [\w\[\]<>?., ]+)? = .+|(let|var) \w+: \w+|func \w+\(.*|import \w+|return( \w+)?/#
        let statement = #/(try |await |self\.|_ = )*[\w.]+\([^ ]*\)|\}|.*[^ ]\) \{|.*;|(if|guard|for|while|switch) .+ \{/#
        return words.wholeMatch(of: declaration) != nil || words.wholeMatch(of: statement) != nil
    }
}
