/// Reads JSON (RFC 8259) from the raw bytes of a request, with limits that hold before anything is built.
///
/// Lenient where it costs nothing: a byte order mark is skipped, a lone surrogate and an escaped NUL (which no store can hold)
/// read as U+FFFD. Strict otherwise: a half-received body is never taken for a whole one.
package struct JSONParser {
    /// - Parameters:
    ///   - bytes: the body as received.
    ///   - maximumBytes: longer bodies are refused unread.
    ///   - maximumDepth: how many arrays and objects may lie in one another.
    /// - Throws: `JSONFault`.
    package static func parse(
        _ bytes: [UInt8], maximumBytes: Int = 4_194_304, maximumDepth: Int = 64
    ) throws(JSONFault) -> JSONValue {
        guard bytes.count <= maximumBytes else { throw JSONFault(reason: .tooLarge, offset: maximumBytes) }
        var parser = JSONParser(bytes: bytes, maximumDepth: maximumDepth)
        parser.skipByteOrderMark()
        let value = try parser.value()
        parser.skipWhitespace()
        guard parser.position == bytes.count else { throw parser.fault(.trailingBytes) }
        return value
    }

    /// The value, or nil where the bytes are no JSON that we read: for answers that something before Meta may have written.
    package static func readable(_ bytes: [UInt8]) -> JSONValue? {
        // To these callers it makes no difference why nothing can be read.
        try? parse(bytes)
    }

    private let bytes: [UInt8]
    private let maximumDepth: Int
    private var position = 0
    private var depth = 0

    private init(bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }
}

extension JSONParser {
    private mutating func value() throws(JSONFault) -> JSONValue {
        skipWhitespace()
        switch try current() {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object() throws(JSONFault) -> JSONValue {
        try descend()
        var members: [JSONValue.Member] = []
        if try !closes(with: UInt8(ascii: "}")) {
            repeat {
                skipWhitespace()
                guard try current() == UInt8(ascii: "\"") else { throw fault(.unexpectedByte) }
                let name = try string()
                skipWhitespace()
                try expect(UInt8(ascii: ":"))
                members.append(JSONValue.Member(name, try value()))
            } while try continues(until: UInt8(ascii: "}"))
        }
        depth -= 1
        return .object(members)
    }

    private mutating func array() throws(JSONFault) -> JSONValue {
        try descend()
        var elements: [JSONValue] = []
        if try !closes(with: UInt8(ascii: "]")) {
            repeat {
                elements.append(try value())
            } while try continues(until: UInt8(ascii: "]"))
        }
        depth -= 1
        return .array(elements)
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount { try expect(word.utf8Start[index]) }
        return value
    }

    private mutating func number() throws(JSONFault) -> JSONValue {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        try digits()
        if peek() == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            position += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        return .number(literal: String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func digits() throws(JSONFault) {
        guard Self.isDigit(try current()) else { throw fault(.unexpectedByte) }
        while let byte = peek(), Self.isDigit(byte) { position += 1 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
}

// MARK: - Strings

extension JSONParser {
    private mutating func string() throws(JSONFault) -> String {
        position += 1
        let start = position
        while true {
            switch try current() {
            case UInt8(ascii: "\""):
                defer { position += 1 }
                return try validated(bytes[start..<position], from: start)
            case UInt8(ascii: "\\"):
                return try stringWithEscapes(from: start)
            case 0..<0x20:
                throw fault(.unexpectedByte)
            default:
                position += 1
            }
        }
    }

    private mutating func stringWithEscapes(from start: Int) throws(JSONFault) -> String {
        var unescaped = Array(bytes[start..<position])
        while true {
            let byte = try current()
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return try validated(unescaped[...], from: start)
            case UInt8(ascii: "\\"):
                position += 1
                unescaped.append(contentsOf: String(try escaped()).utf8)
            case 0..<0x20:
                throw fault(.unexpectedByte)
            default:
                unescaped.append(byte)
                position += 1
            }
        }
    }

    private mutating func escaped() throws(JSONFault) -> Unicode.Scalar {
        let byte = try current()
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw JSONFault(reason: .unexpectedByte, offset: position - 1)
        }
    }

    /// What follows `\u`: one unit, or the two of a surrogate pair.
    private mutating func unicodeEscape() throws(JSONFault) -> Unicode.Scalar {
        let first = try hexadecimalUnit()
        guard UTF16.isLeadSurrogate(first) else { return Self.scalar(UInt32(first)) }
        guard peek() == UInt8(ascii: "\\"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u") else {
            return Self.replacement
        }
        let afterFirst = position
        position += 2
        let second = try hexadecimalUnit()
        guard UTF16.isTrailSurrogate(second) else {
            position = afterFirst
            return Self.replacement
        }
        return Self.scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
    }

    private mutating func hexadecimalUnit() throws(JSONFault) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(try current())).hexDigitValue else { throw fault(.unexpectedByte) }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    private static var replacement: Unicode.Scalar { "\u{FFFD}" }

    private static func scalar(_ value: UInt32) -> Unicode.Scalar {
        value == 0 ? replacement : Unicode.Scalar(value) ?? replacement
    }

    private func validated(_ slice: ArraySlice<UInt8>, from start: Int) throws(JSONFault) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else { throw JSONFault(reason: .invalidUTF8, offset: start) }
        return text
    }
}

// MARK: - Steps

extension JSONParser {
    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private func current() throws(JSONFault) -> UInt8 {
        guard position < bytes.count else { throw fault(.truncated) }
        return bytes[position]
    }

    private mutating func expect(_ byte: UInt8) throws(JSONFault) {
        guard try current() == byte else { throw fault(.unexpectedByte) }
        position += 1
    }

    private mutating func descend() throws(JSONFault) {
        guard depth < maximumDepth else { throw fault(.tooDeep) }
        depth += 1
        position += 1
    }

    /// Whether an array or object ends right after it began.
    private mutating func closes(with end: UInt8) throws(JSONFault) -> Bool {
        skipWhitespace()
        guard try current() == end else { return false }
        position += 1
        return true
    }

    /// Steps over the comma before a further element, or over the end.
    private mutating func continues(until end: UInt8) throws(JSONFault) -> Bool {
        if try closes(with: end) { return false }
        try expect(UInt8(ascii: ","))
        return true
    }

    private mutating func skipWhitespace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func skipByteOrderMark() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    private func fault(_ reason: JSONFault.Reason) -> JSONFault { JSONFault(reason: reason, offset: position) }
}
