import Crypto
import DeskCore
import Synchronization

/// Turns words into keyed ones for the word index, so that the index holds no word, and can still be asked for beginnings: the letter
/// at each place becomes a sign that depends on the key and on everything up to there.
///
/// Whoever has the database without the key learns which documents share words and beginnings of words, and how long these are; with
/// much text of a known kind, frequencies let some common words be guessed. See docs/confidentiality.md.
final class WordCipher: Sendable {
    /// Ideographs, which every database takes for letters, and none changes: one sign a letter, more than fourteen bits each.
    private static let (firstSign, signCount): (UInt32, UInt32) = (0x4E00, 20_992)
    /// Common words are most of all words.
    private static let mostRemembered = 50_000

    private let key: SymmetricKey
    private let remembered = Mutex<[String: String]>([:])

    init(_ key: SymmetricKey) { self.key = key }

    /// - Parameter word: folded, as `SearchWords` gives it.
    func sealed(_ word: String) -> String {
        if let known = remembered.withLock({ $0[word] }) { return known }
        let signs = signs(of: word)
        remembered.withLock { known in
            if known.count >= Self.mostRemembered { known.removeAll(keepingCapacity: true) }
            known[word] = signs
        }
        return signs
    }

    /// The words of a text as the index keeps them, each once, between spaces.
    func tokens(of text: String) -> String {
        SearchWords.allWords(in: text).map(sealed).sorted().joined(separator: " ")
    }

    private func signs(of word: String) -> String {
        var signs = String.UnicodeScalarView()
        var digest = HMAC<SHA256>(key: key)
        for scalar in word.unicodeScalars {
            withUnsafeBytes(of: scalar.value.littleEndian) { digest.update(data: Array($0)) }
            let sign = digest.finalize().prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            if let letter = Unicode.Scalar(Self.firstSign + sign % Self.signCount) { signs.append(letter) }
        }
        return String(signs)
    }
}
