/// Lists of addresses (RFC 5322 3.4 and 4.4): groups, quoted names, comments anywhere, old routes, empty members, and what is none of it.
struct AddressList {
    /// More than any real list has, and little enough for one screen's memory.
    private static let limit = 10_000

    private let bytes: [UInt8]
    private var index = 0
    private var addresses: [MailAddress] = []
    private var phrase: [UInt8] = []
    private var comment: [UInt8] = []
    private var angle: [UInt8]?

    static func addresses(in bytes: [UInt8]) -> [MailAddress] {
        var list = AddressList(bytes: bytes)
        list.read()
        return list.addresses
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func read() {
        while index < bytes.count, addresses.count < Self.limit { step() }
        finish()
    }

    private mutating func step() {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "\""): phrase += quotedString()
        case UInt8(ascii: "("): readComment()
        case UInt8(ascii: "<"): angle = readAngle()
        case UInt8(ascii: ","), UInt8(ascii: ";"):
            finish()
            index += 1
        case UInt8(ascii: ":") where isGroupName:
            forget()
            index += 1
        default:
            phrase.append(byte)
            index += 1
        }
    }

    /// A colon ends a group's name; after an address it is part of what somebody wrote.
    private var isGroupName: Bool { angle == nil && !phrase.contains(UInt8(ascii: "@")) }

    private mutating func finish() {
        defer { forget() }
        if let angle {
            let address = Self.compact(angle)
            let name = EncodedWords.decode(Array(phrase.trimmingWhitespace)).collapsed
            let fallback = EncodedWords.decode(comment).collapsed
            if !address.isEmpty { addresses.append(MailAddress(name: name.isEmpty ? fallback : name, address: address)) }
            return
        }
        let words = phrase.split(whereSeparator: \.isBlank)
        guard let first = words.first else { return }
        let isAddress = phrase.contains(UInt8(ascii: "@"))
        let address = isAddress ? Self.compact(phrase) : words.count == 1 ? Charset.text(Array(first), declared: nil) : ""
        if !address.isEmpty { addresses.append(MailAddress(name: EncodedWords.decode(comment).collapsed, address: address)) }
    }

    private mutating func forget() {
        phrase = []
        comment = []
        angle = nil
    }

    /// Without white space, and without the route that once stood before an address: `<@relay:user@host>`.
    private static func compact(_ bytes: [UInt8]) -> String {
        var bytes = bytes.filter { !$0.isBlank }
        if bytes.first == UInt8(ascii: "@"), let colon = bytes.firstIndex(of: UInt8(ascii: ":")) { bytes.removeFirst(colon + 1) }
        return Charset.text(bytes, declared: nil)
    }
}

// MARK: - Tokens

extension AddressList {
    /// What stands between quotes; the index moves behind them. A quote that never ends is a character like any other.
    private mutating func quotedString() -> [UInt8] {
        var content: [UInt8] = []
        var next = index + 1
        while next < bytes.count, bytes[next] != UInt8(ascii: "\"") {
            if bytes[next] == UInt8(ascii: "\\"), next + 1 < bytes.count { next += 1 }
            content.append(bytes[next])
            next += 1
        }
        let isClosed = next < bytes.count
        index = isClosed ? next + 1 : index + 1
        return isClosed ? content : []
    }

    private mutating func readComment() {
        var depth = 0
        var content: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\\"), index < bytes.count {
                content.append(bytes[index])
                index += 1
                continue
            }
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            if depth == 0 { break }
            content.append(byte)
        }
        comment = Array(content.dropFirst().trimmingWhitespace)
    }

    private mutating func readAngle() -> [UInt8] {
        var content: [UInt8] = []
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: ">") {
            switch bytes[index] {
            case UInt8(ascii: "("):
                let outer = comment
                readComment()
                comment = outer
            case UInt8(ascii: "\""):
                content += [UInt8(ascii: "\"")] + quotedString() + [UInt8(ascii: "\"")]
            default:
                content.append(bytes[index])
                index += 1
            }
        }
        index += 1
        return content
    }
}

extension String {
    /// With single spaces, and none at the ends.
    var collapsed: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
