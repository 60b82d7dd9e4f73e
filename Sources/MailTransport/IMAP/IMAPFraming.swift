/// A stretch of a response: text of its line, or a literal.
enum IMAPPiece: Hashable, Sendable {
    case text([UInt8])
    case literal([UInt8])
}

/// Cuts what a server says into responses, each a line with the literals in it (RFC 9051 sections 2.2.2 and 4.3).
struct IMAPFraming: Sendable {
    /// Without its literals; a list of all messages of a large mailbox is long, and nothing else is.
    private static let longestLine = 16_777_216
    /// What was used up is thrown away from this many bytes on.
    private static let compaction = 262_144

    private let longestLiteral: Int
    private var bytes: [UInt8] = []
    private var start = 0
    /// Up to here no line ends.
    private var scanned = 0
    private var pieces: [IMAPPiece] = []
    private var awaited: Int?

    /// - Parameter longestLiteral: in bytes; a longer one ends the conversation.
    init(longestLiteral: Int) {
        self.longestLiteral = longestLiteral
    }

    var hasRest: Bool { start < bytes.count || !pieces.isEmpty }

    mutating func append(_ more: [UInt8]) {
        if start > Self.compaction {
            bytes.removeFirst(start)
            scanned -= start
            start = 0
        }
        bytes += more
    }

    /// - Returns: nil until a whole response is there.
    /// - Throws: `garbled` for what is longer than anybody should say.
    mutating func next() throws(MailFault) -> [IMAPPiece]? {
        while true {
            if let count = awaited {
                guard bytes.count - start >= count else { return nil }
                pieces.append(.literal(Array(bytes[start..<(start + count)])))
                advance(to: start + count)
                awaited = nil
            }
            guard let end = try endOfLine() else { return nil }
            let line = bytes[start..<end].last == UInt8(ascii: "\r") ? bytes[start..<(end - 1)] : bytes[start..<end]
            let literal = try announcedLiteral(line)
            guard let literal else {
                pieces.append(.text(Array(line)))
                advance(to: end + 1)
                defer { pieces = [] }
                return pieces
            }
            pieces.append(.text(Array(line.prefix(literal.prefix))))
            awaited = literal.count
            advance(to: end + 1)
            if literal.count > Self.compaction { makeRoom(for: literal.count) }
        }
    }

    /// A large literal finds its place at once, instead of growing into ever larger ones.
    private mutating func makeRoom(for count: Int) {
        bytes.removeFirst(start)
        (start, scanned) = (0, 0)
        bytes.reserveCapacity(count + Self.compaction)
    }

    private mutating func advance(to index: Int) {
        start = index
        scanned = index
    }

    private mutating func endOfLine() throws(MailFault) -> Int? {
        if let end = bytes[scanned...].firstIndex(of: UInt8(ascii: "\n")) { return end }
        scanned = bytes.count
        guard bytes.count - start <= Self.longestLine else { throw MailFault(.garbled, "The server says a line that does not end.") }
        return nil
    }

    /// `{42}`, `{42+}` or `~{42}` at a line's end.
    private func announcedLiteral(_ line: ArraySlice<UInt8>) throws(MailFault) -> (prefix: Int, count: Int)? {
        guard line.last == UInt8(ascii: "}"), let open = line.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        var digits = line[(open + 1)...].dropLast()
        if digits.last == UInt8(ascii: "+") { digits = digits.dropLast() }
        guard !digits.isEmpty, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
        guard let count = Int(String(decoding: digits, as: UTF8.self)), count <= longestLiteral else {
            throw MailFault(.garbled, "The server sends a literal of more than \(longestLiteral) bytes.")
        }
        let isBinary = open > line.startIndex && line[open - 1] == UInt8(ascii: "~")
        return (open - line.startIndex - (isBinary ? 1 : 0), count)
    }
}
