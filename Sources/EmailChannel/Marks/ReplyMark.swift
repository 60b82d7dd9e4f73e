import Crypto
import DeskCore

/// The Message-IDs of our replies: each names its attempt, and proves by a code (HMAC-SHA256, cut to 80 bits) that this inbox made it.
/// Who answers such a mail repeats its id, so that thread, bounce and copy find back; nobody else can make one.
///
/// They are short: programs that fold a header anew break ids that fill a line.
struct ReplyMark {
    /// Bytes of the code. Somebody who guesses has one guess a mail.
    private static let codeLength = 10
    /// No attempt is called so.
    private static let noticePrefix = "notice-"

    private let key: SymmetricKey
    private let domain: String

    init(_ settings: MailboxSettings) {
        key = SymmetricKey(data: Array(settings.threadKey.exposed().utf8))
        domain = settings.domain
    }

    /// The Message-ID of an attempt, without angle brackets; always the same.
    func messageID(of attempt: String) -> String {
        "\(Self.short(attempt)).\(Base32.text(code(of: attempt)).lowercased())@\(domain)"
    }

    /// The Message-ID of something that the desk itself says.
    func messageID(ofNotice notice: String) -> String { messageID(of: Self.noticePrefix + notice) }

    /// - Returns: the attempt that an id names; nil for whatever is no reply of this inbox.
    func attempt(in messageID: String) -> String? {
        proven(by: messageID).flatMap { $0.hasPrefix(Self.noticePrefix) ? nil : $0 }
    }

    /// Whether an id is one of what the desk itself says.
    func isNotice(_ messageID: String) -> Bool { proven(by: messageID)?.hasPrefix(Self.noticePrefix) ?? false }

    /// - Returns: what an id names; nil for whatever this inbox did not make.
    private func proven(by messageID: String) -> String? {
        let parts = messageID.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let dot = parts[0].lastIndex(of: "."),
            let given = Base32.bytes(String(parts[0][parts[0].index(after: dot)...])), given.count == Self.codeLength
        else { return nil }
        let attempt = Self.long(String(parts[0][..<dot]))
        // Compared as a whole, so that time tells nothing of how much of it was right.
        return zip(given, code(of: attempt)).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0 ? attempt : nil
    }

    private func code(of attempt: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array("reply\u{0}\(attempt)".utf8), using: key).prefix(Self.codeLength))
    }

    /// A UUID in 26 characters; any other id as it is.
    private static func short(_ attempt: String) -> String {
        guard attempt.count == 36, let bytes = [UInt8](hexadecimal: attempt.replacing("-", with: "")), dashed(bytes) == attempt else {
            return attempt
        }
        return Base32.text(bytes).lowercased()
    }

    private static func long(_ short: String) -> String {
        guard let bytes = Base32.bytes(short), bytes.count == 16 else { return short }
        return dashed(bytes)
    }

    private static func dashed(_ bytes: [UInt8]) -> String {
        let digits = Array(bytes.hexadecimal)
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}
