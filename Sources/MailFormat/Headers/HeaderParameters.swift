/// The parameters after the first value of Content-Type and its like (RFC 2045 5.1), with continuations and charsets (RFC 2231) and
/// with what programs write instead: encoded words, bytes beyond ASCII, spaces without quotes, a name twice.
struct HeaderParameters: Sendable {
    private let values: [String: String]

    /// The decoded value of a parameter, whose name is given in lower case.
    subscript(_ name: String) -> String? { values[name] }

    /// - Parameter bytes: What follows the first semicolon of the field.
    init(_ bytes: ArraySlice<UInt8>) {
        var plain: [String: [UInt8]] = [:]
        var sections: [String: [Section]] = [:]
        for (name, value) in Self.pairs(in: bytes).prefix(200) {
            if let (base, section) = Section.read(name, value) {
                sections[base, default: []].append(section)
            } else if plain[name] == nil {
                plain[name] = value
            }
        }
        values = plain.mapValues { EncodedWords.decode($0) }.merging(sections.mapValues(Section.joined)) { _, extended in extended }
    }

    private static func pairs(in bytes: ArraySlice<UInt8>) -> [(String, [UInt8])] {
        split(bytes).compactMap { pair in
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let name = pair[..<equals].keyword
            return name.isEmpty ? nil : (name, unquoted(pair[(equals + 1)...].trimmingWhitespace))
        }
    }

    /// Between semicolons that stand outside of quotes.
    private static func split(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var pairs: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in bytes.indices {
            let byte = bytes[index]
            defer { isEscaped = byte == UInt8(ascii: "\\") && isQuoted && !isEscaped }
            if byte == UInt8(ascii: "\""), !isEscaped { isQuoted.toggle() }
            guard byte == UInt8(ascii: ";"), !isQuoted else { continue }
            pairs.append(bytes[start..<index])
            start = index + 1
        }
        return pairs + [bytes[start...]]
    }

    private static func unquoted(_ value: ArraySlice<UInt8>) -> [UInt8] {
        guard value.count >= 2, value.first == UInt8(ascii: "\"") else { return Array(value) }
        var content: [UInt8] = []
        var index = value.startIndex + 1
        while index < value.endIndex, value[index] != UInt8(ascii: "\"") {
            // Only these two are escaped by programs; others write paths of Windows as they are.
            let next = index + 1 < value.endIndex ? value[index + 1] : 0
            if value[index] == UInt8(ascii: "\\"), next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\") { index += 1 }
            content.append(value[index])
            index += 1
        }
        return content
    }
}

/// A piece of a value that RFC 2231 spreads over several parameters: `name*2*=%C3%A9`.
private struct Section {
    let number: Int
    let isExtended: Bool
    let bytes: [UInt8]

    /// The parameter's own name and the piece; nil for an ordinary parameter.
    static func read(_ name: String, _ value: [UInt8]) -> (String, Section)? {
        let parts = name.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count > 1, !parts[0].isEmpty else { return nil }
        let isExtended = parts.last?.isEmpty == true
        let number = Int(parts[1]) ?? 0
        return (String(parts[0]), Section(number: number, isExtended: isExtended, bytes: value))
    }

    static func joined(_ sections: [Section]) -> String {
        let ordered = sections.sorted { $0.number < $1.number }
        var charset: String?
        var bytes: [UInt8] = []
        for (index, section) in ordered.enumerated() {
            var content = section.bytes[...]
            if index == 0, section.isExtended { charset = takeCharset(&content) }
            bytes += section.isExtended ? percentDecoded(content) : Array(content)
        }
        if charset == nil, !ordered.contains(where: \.isExtended) { return EncodedWords.decode(bytes) }
        return Charset.text(bytes, declared: charset)
    }

    /// `utf-8'en'` before the value; whatever lacks it is a value from its start.
    private static func takeCharset(_ content: inout ArraySlice<UInt8>) -> String? {
        let quote = UInt8(ascii: "'")
        guard let first = content.firstIndex(of: quote), let second = content[(first + 1)...].firstIndex(of: quote) else { return nil }
        defer { content = content[(second + 1)...] }
        let charset = content[..<first].keyword
        return charset.isEmpty ? nil : charset
    }

    private static func percentDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.endIndex, let high = bytes[index + 1].hexadecimalValue,
                let low = bytes[index + 2].hexadecimalValue
            {
                decoded.append(high << 4 | low)
                index += 3
                continue
            }
            decoded.append(bytes[index])
            index += 1
        }
        return decoded
    }
}
