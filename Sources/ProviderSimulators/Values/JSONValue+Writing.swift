extension JSONValue {
    /// How strings are written. All are the same JSON; a signature is over the bytes, though.
    package enum Spelling: Sendable {
        /// Only what must be escaped is.
        case plain
        /// As Meta's webhooks do: `\u00e9` for every scalar beyond ASCII, `\/` for a slash.
        case escaped
    }

    package func bytes(_ spelling: Spelling = .plain) -> [UInt8] {
        var writer = JSONWriter(spelling: spelling)
        writer.write(self)
        return writer.bytes
    }

    package func text(_ spelling: Spelling = .plain) -> String {
        String(decoding: bytes(spelling), as: UTF8.self)
    }
}

/// Writes JSON into a row of bytes.
private struct JSONWriter {
    let spelling: JSONValue.Spelling
    var bytes: [UInt8] = []

    init(spelling: JSONValue.Spelling) { self.spelling = spelling }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .boolean(let value): append(value ? "true" : "false")
        case .integer(let value): append("\(value)")
        case .number(let value): append(value.isFinite ? "\(value)" : "null")
        case .string(let text): write(text)
        case .array(let items): writeList(items, between: "[", and: "]") { writer, item in writer.write(item) }
        case .object(let members):
            writeList(members.sorted { $0.key < $1.key }, between: "{", and: "}") { writer, member in
                writer.write(member.key)
                writer.append(":")
                writer.write(member.value)
            }
        }
    }

    private mutating func writeList<Item>(
        _ items: [Item], between open: String, and close: String, _ writeItem: (inout Self, Item) -> Void
    ) {
        append(open)
        for (index, item) in items.enumerated() {
            if index > 0 { append(",") }
            writeItem(&self, item)
        }
        append(close)
    }

    private mutating func write(_ text: String) {
        append("\"")
        for scalar in text.unicodeScalars { write(scalar) }
        append("\"")
    }

    private mutating func write(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": append("\\\"")
        case "\\": append("\\\\")
        case "\n": append("\\n")
        case "\r": append("\\r")
        case "\t": append("\\t")
        case "/" where spelling == .escaped: append("\\/")
        case _ where scalar.value < 0x20 || scalar.value == 0x7F: writeCodeUnits(of: scalar)
        case _ where !scalar.isASCII && spelling == .escaped: writeCodeUnits(of: scalar)
        default: append(String(scalar))
        }
    }

    /// `\u` with the UTF-16 code units, two for what lies beyond the basic plane (RFC 8259 section 7).
    private mutating func writeCodeUnits(of scalar: Unicode.Scalar) {
        for unit in UTF16.encode(scalar).map(Array.init) ?? [] {
            let digits = String(unit, radix: 16)
            append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
        }
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
