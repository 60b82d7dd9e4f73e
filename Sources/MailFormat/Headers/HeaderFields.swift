/// The fields of a header, in their order, with their bytes as received.
package struct HeaderFields: Sendable, Hashable {
    package struct Field: Sendable, Hashable {
        package let name: String
        /// Unfolded (RFC 5322 2.2.3), without white space at both ends, still encoded.
        package let bytes: [UInt8]

        init(name: String, folded: [UInt8]) {
            self.name = name
            bytes = Self.unfolded(folded)
        }

        /// Without encoded words (RFC 2047).
        package var text: String { EncodedWords.decode(bytes) }

        private static func unfolded(_ bytes: [UInt8]) -> [UInt8] {
            let lines = bytes.lazy.filter { $0 != 0x0D && $0 != 0x0A && $0 != 0 }
            return Array(Array(lines).trimmingWhitespace)
        }
    }

    package let fields: [Field]

    init(_ fields: [Field]) { self.fields = fields }

    /// The first field of that name, in whatever case it is written.
    package func first(_ name: String) -> Field? {
        let wanted = name.lowercased()
        return fields.first { $0.name.lowercased() == wanted }
    }

    /// All fields of that name.
    package func all(_ name: String) -> [Field] {
        let wanted = name.lowercased()
        return fields.filter { $0.name.lowercased() == wanted }
    }

    package func contains(_ name: String) -> Bool { first(name) != nil }

    /// The first field of that name without encoded words; nil if it is missing.
    package func text(_ name: String) -> String? { first(name)?.text }

    func nonEmptyText(_ name: String) -> String? {
        guard let text = text(name)?.trimmed, !text.isEmpty else { return nil }
        return text
    }
}

extension HeaderFields {
    /// Reads lines of fields until an empty line: the returned header of a report, or a block of its status.
    init(parsing bytes: some Sequence<UInt8>) {
        var fields: [Field] = []
        var current: [UInt8] = []
        func finish() {
            guard let colon = current.firstIndex(of: UInt8(ascii: ":")) else { return }
            let name = String(decoding: current[..<colon], as: UTF8.self).trimmed
            if !name.isEmpty, !name.contains(" ") { fields.append(Field(name: name, folded: Array(current[(colon + 1)...]))) }
        }
        for line in Array(bytes).lines.prefix(5_000) {
            if let first = line.first, first == 0x20 || first == 0x09 {
                current += line
                continue
            }
            finish()
            current = Array(line)
            if current.trimmingWhitespace.isEmpty && !fields.isEmpty { break }
        }
        finish()
        self.init(fields)
    }
}
