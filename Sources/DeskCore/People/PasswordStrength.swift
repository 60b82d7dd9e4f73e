/// Whether a password is one that guessers try first. Needs no network: what people choose follows few patterns, and those are here:
/// a word that everybody knows, with digits and signs around it, letters swapped for digits, repeated, or walked along the keyboard.
package enum PasswordStrength {
    /// - Parameter context: words that belong to the person or the desk, as their name and address: no password is made of them.
    package static func isCommon(_ password: String, context: [String] = []) -> Bool {
        let folded = fold(password)
        guard Set(folded).count > 4 else { return true }
        if isWalk(folded) || isRepeated(folded) { return true }
        let own = context.flatMap { $0.split { !$0.isLetter && !$0.isNumber } }.map { fold(String($0)) }.filter { $0.count >= 4 }
        return candidates(folded).contains { rest in
            (rest.count < 4 && folded.count < 14) || words.contains(rest) || own.contains(rest) || isWalk(rest)
        }
    }

    /// What is left without digits and signs at both ends; once as it is, once with digits read as the letters that they stand for.
    private static func candidates(_ text: String) -> [String] {
        let plain = String(text.filter { $0.isLetter })
        let core = trimmed(text)
        let tails = core.endIndex == text.endIndex ? [] : text[core.endIndex...].indices.map { text[core.startIndex...$0] }
        let swapped = ([core, text[...]] + tails).map { String($0.map { swaps[$0] ?? $0 }.filter { $0.isLetter }) }
        return ([plain] + swapped).flatMap { [$0, half($0)] }
    }

    /// `holahola` is no better than `hola`.
    private static func half(_ text: String) -> String {
        let middle = text.index(text.startIndex, offsetBy: text.count / 2)
        return text[..<middle] == text[middle...] ? String(text[..<middle]) : text
    }

    private static func trimmed(_ text: String) -> Substring {
        var rest = text[...]
        while let first = rest.first, !first.isLetter { rest.removeFirst() }
        while let last = rest.last, !last.isLetter { rest.removeLast() }
        return rest
    }

    /// Small letters without accents.
    private static func fold(_ text: String) -> String {
        String(text.lowercased().unicodeScalars.map { accents[$0] ?? Character($0) })
    }

    /// Most of it goes on along the keyboard or the alphabet, forwards or backwards.
    private static func isWalk(_ text: String) -> Bool {
        let pairs = zip(text, text.dropFirst()).map { String([$0, $1]) }
        guard pairs.count >= 3 else { return false }
        let steps = pairs.count { pair in
            rows.contains { $0.contains(pair) || String($0.reversed()).contains(pair) } || pair.first == pair.last
        }
        return steps * 4 >= pairs.count * 3
    }

    /// One to four signs again and again.
    private static func isRepeated(_ text: String) -> Bool {
        let characters = Array(text)
        return (1...4).contains { length in
            characters.count >= length * 3 && characters.indices.allSatisfy { characters[$0] == characters[$0 % length] }
        }
    }

    private static let rows = [
        "1234567890", "qwertyuiop", "asdfghjklñ", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
        "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujm", "azertyuiop", "147258369", "159753",
    ]
    private static let swaps: [Character: Character] = [
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i", "€": "e",
    ]
    private static let accents: [UnicodeScalar: Character] = [
        "á": "a", "à": "a", "â": "a", "ã": "a", "ä": "a", "é": "e", "è": "e", "ê": "e", "ë": "e", "í": "i", "ì": "i", "î": "i", "ó": "o",
        "ò": "o", "ô": "o", "õ": "o", "ö": "o", "ú": "u", "ù": "u", "û": "u", "ü": "u", "ç": "c", "ñ": "n",
    ]
    private static let words = Set(CommonWords.text.split { $0.isWhitespace }.map(String.init))
}
