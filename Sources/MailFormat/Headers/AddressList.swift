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
        case UInt8(ascii: "\""): readQuotedString()
        case UInt8(ascii: "("): readComment()
        case UInt8(ascii: "<"): angle = readAngle()
        case UInt8(ascii: ","), UInt8(ascii: ";"):
            finish()
            index += 1
        case UInt8(ascii: ":") where isGroupName:
            forget()
            index += 1
        default:
            if angle == nil { phrase.append(byte) }
            index += 1
        }
    }

    /// A colon ends a group's name; after an address it is part of what somebody wrote.
    private var isGroupName: Bool { angle == nil && !phrase.contains(UInt8(ascii: "@")) }

    private mutating func finish() {
        defer { forget() }
        let spare = EncodedWords.decode(comment).collapsed
        if let angle {
            let address = Self.compact(angle)
            let name = EncodedWords.decode(Array(phrase.trimmingWhitespace)).collapsed
            if !address.isEmpty { addresses.append(MailAddress(name: name.isEmpty ? spare : name, address: address)) }
            return
        }
        let words = Self.joinedAroundDots(phrase).split(whereSeparator: \.isBlank)
        let bare = words.filter { $0.contains(UInt8(ascii: "@")) }
        if bare.isEmpty, words.count == 1 {
            addresses.append(MailAddress(name: spare, address: Self.compact(Array(words[0]))))
        }
        let before = EncodedWords.decode(Array(words.prefix { !$0.contains(UInt8(ascii: "@")) }.joined(separator: [0x20])))
        for word in bare {
            let address = Self.compact(Array(word))
            if !address.isEmpty {
                addresses.append(MailAddress(name: bare.count == 1 && !before.isEmpty ? before : spare, address: address))
            }
        }
    }

    /// Without the white space that once was allowed around dots and "@".
    private static func joinedAroundDots(_ bytes: [UInt8]) -> [UInt8] {
        var joined: [UInt8] = []
        for byte in bytes {
            if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "@") {
                while joined.last?.isBlank == true { joined.removeLast() }
            } else if byte.isBlank, joined.last == UInt8(ascii: ".") || joined.last == UInt8(ascii: "@") {
                continue
            }
            joined.append(byte)
        }
        return joined
    }

    private mutating func forget() {
        phrase = []
        comment = []
        angle = nil
    }

    /// Without white space and brackets, and without what stands before some addresses: `<@relay:user@host>`, `<mailto:user@host>`.
    private static func compact(_ bytes: [UInt8]) -> String {
        var isQuoted = false
        var bytes = bytes.filter { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return isQuoted || !byte.isBlank && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
        }
        if bytes.starts(withKeyword: "mailto:") { bytes.removeFirst(7) }
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

    /// A quoted name, or the quoted part of an address, which keeps its quotes.
    private mutating func readQuotedString() {
        let content = quotedString()
        guard angle == nil else { return }
        let quote = UInt8(ascii: "\"")
        phrase += index < bytes.count && bytes[index] == UInt8(ascii: "@") ? [quote] + content + [quote] : content
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
