/// What a mail server answers a command (RFC 5321 section 4.2).
struct SMTPReply: Hashable, Sendable {
    let code: Int
    /// Of RFC 3463, where it begins the text: `5.1.1`.
    let enhancedCode: String?
    let lines: [String]

    var isPositive: Bool { (200...399).contains(code) }
    var isTransient: Bool { (400...499).contains(code) }

    /// All of it on one line, for people.
    var text: String { ([String(code)] + lines).joined(separator: " ") }
}

/// Puts replies together from what comes.
struct SMTPReplies: Sendable {
    /// Lines are 512 bytes at most (RFC 5321 section 4.5.3.1.5); nobody says this many.
    private static let longest = 65_536

    private var bytes: [UInt8] = []
    private var lines: [String] = []

    var hasRest: Bool { !bytes.isEmpty || !lines.isEmpty }

    mutating func append(_ more: [UInt8]) { bytes += more }

    /// - Returns: nil until a whole reply is there.
    /// - Throws: `garbled`.
    mutating func next() throws(MailFault) -> SMTPReply? {
        while let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
            let line = bytes[..<end].last == UInt8(ascii: "\r") ? bytes[..<(end - 1)] : bytes[..<end]
            let text = String(decoding: line, as: UTF8.self)
            bytes.removeFirst(end + 1)
            guard let code = Int(text.prefix(3)), (200...599).contains(code) else {
                throw MailFault(.garbled, "The server answers without a code: \(text.prefix(80))")
            }
            lines.append(String(text.dropFirst(4)))
            guard text.dropFirst(3).first == "-" else {
                defer { lines = [] }
                return SMTPReply(code: code, enhancedCode: Self.enhancedCode(lines[0]), lines: lines)
            }
        }
        guard bytes.count <= Self.longest, lines.count <= Self.longest else {
            throw MailFault(.garbled, "The server does not come to an end.")
        }
        return nil
    }

    private static func enhancedCode(_ text: String) -> String? {
        let word = text.prefix { $0 != " " }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        let isOne = parts.count == 3 && parts.allSatisfy { !$0.isEmpty && $0.count <= 3 && $0.utf8.allSatisfy { (48...57).contains($0) } }
        return isOne ? String(word) : nil
    }
}
