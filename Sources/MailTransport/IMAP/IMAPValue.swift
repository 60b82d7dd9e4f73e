/// A value in a response (RFC 9051 section 4).
enum IMAPValue: Hashable, Sendable {
    /// A word, a number, a flag, or the name of a part with what stands in brackets.
    case atom(String)
    /// A quoted string or a literal.
    case string([UInt8])
    case list([IMAPValue])
    case nothing

    var atom: String? { if case .atom(let text) = self { text } else { nil } }

    var number: Int? { atom.flatMap { Int($0) } }

    var list: [IMAPValue]? { if case .list(let values) = self { values } else { nil } }

    var bytes: [UInt8]? {
        switch self {
        case .string(let bytes): bytes
        case .atom(let text): Array(text.utf8)
        case .list, .nothing: nil
        }
    }

    var text: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
}

/// Reads the values of a response from left to right.
struct IMAPValues {
    /// Deeper than any list of a response goes.
    private static let deepest = 32

    private let pieces: [IMAPPiece]
    private var piece = 0
    private var offset = 0

    init(_ pieces: [IMAPPiece]) { self.pieces = pieces }

    /// - Returns: nil at the end.
    /// - Throws: `garbled`.
    mutating func next(depth: Int = 0) throws(MailFault) -> IMAPValue? {
        skipSpaces()
        guard let byte = peek() else { return nil }
        switch byte {
        case .literal(let bytes):
            (piece, offset) = (piece + 1, 0)
            return .string(bytes)
        case .text(UInt8(ascii: "(")):
            return .list(try list(depth: depth + 1))
        case .text(UInt8(ascii: ")")):
            throw MailFault(.garbled, "The server closes a list that it has not opened.")
        case .text(UInt8(ascii: "\"")):
            return .string(try quoted())
        case .text:
            let word = word()
            return word.uppercased() == "NIL" ? .nothing : .atom(word)
        }
    }

    mutating func all() throws(MailFault) -> [IMAPValue] {
        var values: [IMAPValue] = []
        while let value = try next() { values.append(value) }
        return values
    }

    /// What is left of the line, as it stands.
    mutating func rest() -> String {
        skipSpaces()
        guard piece < pieces.count, case .text(let text) = pieces[piece] else { return "" }
        defer { piece = pieces.count }
        return String(decoding: text[min(offset, text.count)...], as: UTF8.self)
    }

    private enum Ahead {
        case text(UInt8)
        case literal([UInt8])
    }

    private mutating func peek() -> Ahead? {
        while piece < pieces.count {
            switch pieces[piece] {
            case .literal(let bytes): return .literal(bytes)
            case .text(let text) where offset < text.count: return .text(text[offset])
            case .text: (piece, offset) = (piece + 1, 0)
            }
        }
        return nil
    }

    private mutating func skipSpaces() {
        while case .text(UInt8(ascii: " "))? = peek() { offset += 1 }
    }

    private mutating func list(depth: Int) throws(MailFault) -> [IMAPValue] {
        guard depth <= Self.deepest else { throw MailFault(.garbled, "The server nests lists deeper than \(Self.deepest).") }
        offset += 1
        var values: [IMAPValue] = []
        while true {
            skipSpaces()
            if case .text(UInt8(ascii: ")"))? = peek() {
                offset += 1
                return values
            }
            guard let value = try next(depth: depth) else { throw MailFault(.garbled, "The server does not close a list.") }
            values.append(value)
        }
    }

    private mutating func quoted() throws(MailFault) -> [UInt8] {
        offset += 1
        var bytes: [UInt8] = []
        while case .text(let byte)? = peekInLine() {
            offset += 1
            if byte == UInt8(ascii: "\"") { return bytes }
            if byte == UInt8(ascii: "\\"), case .text(let escaped)? = peekInLine() {
                offset += 1
                bytes.append(escaped)
            } else {
                bytes.append(byte)
            }
        }
        throw MailFault(.garbled, "The server does not close a quoted string.")
    }

    private func peekInLine() -> Ahead? {
        guard piece < pieces.count, case .text(let text) = pieces[piece], offset < text.count else { return nil }
        return .text(text[offset])
    }

    /// Up to a space or parenthesis; what stands in brackets belongs to it, spaces and all: `BODY[HEADER.FIELDS (DATE)]<0>`.
    private mutating func word() -> String {
        var bytes: [UInt8] = []
        var isBracketed = false
        while case .text(let byte)? = peekInLine() {
            if !isBracketed, [UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")")].contains(byte) { break }
            if byte == UInt8(ascii: "[") { isBracketed = true }
            if byte == UInt8(ascii: "]") { isBracketed = false }
            bytes.append(byte)
            offset += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
