/// Tells for each byte of a Swift file whether it is code, comment, or part of a string or regular expression literal.
///
/// It knows line comments, nested block comments, strings with any number of `#`, multi-line strings, interpolation at any depth, and
/// regular expression literals. It expects source that compiles.
struct SourceScanner {
    enum Kind {
        case code, comment, string
    }

    let bytes: [UInt8]
    private var kinds: [Kind] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func classify() -> [Kind] {
        kinds = []
        kinds.reserveCapacity(bytes.count)
        scanCode(untilClosingParenthesis: false)
        return kinds
    }

    private var position: Int { kinds.count }
    private var isAtEnd: Bool { position >= bytes.count }

    private func byte(after offset: Int) -> UInt8? {
        let index = position + offset
        return index < bytes.count ? bytes[index] : nil
    }

    private mutating func take(_ count: Int, as kind: Kind) {
        kinds.append(contentsOf: repeatElement(kind, count: min(count, bytes.count - position)))
    }

    /// - Parameter untilClosingParenthesis: whether this is the inside of `\(…)`, which ends before its own closing parenthesis.
    private mutating func scanCode(untilClosingParenthesis: Bool) {
        var depth = 0
        while let byte = byte(after: 0) {
            if scanComment() || scanString() || scanRegularExpression() { continue }
            if byte == .opening { depth += 1 }
            if byte == .closing {
                if untilClosingParenthesis && depth == 0 { return }
                depth -= 1
            }
            take(1, as: .code)
        }
    }

    private mutating func scanComment() -> Bool {
        guard byte(after: 0) == .slash else { return false }
        switch byte(after: 1) {
        case .slash:
            while let byte = byte(after: 0), byte != .newline { take(1, as: .comment) }
        case .star:
            scanBlockComment()
        default:
            return false
        }
        return true
    }

    private mutating func scanBlockComment() {
        var depth = 0
        repeat {
            switch (byte(after: 0), byte(after: 1)) {
            case (.slash, .star):
                depth += 1
                take(2, as: .comment)
            case (.star, .slash):
                depth -= 1
                take(2, as: .comment)
            default:
                take(1, as: .comment)
            }
        } while depth > 0 && !isAtEnd
    }

    private func hashes(from offset: Int) -> Int {
        var count = 0
        while byte(after: offset + count) == .hash { count += 1 }
        return count
    }

    private func quotes(from offset: Int) -> Int {
        (0..<3).allSatisfy { byte(after: offset + $0) == .quote } ? 3 : 1
    }

    private mutating func scanString() -> Bool {
        let hashes = hashes(from: 0)
        guard byte(after: hashes) == .quote else { return false }
        let quotes = quotes(from: hashes)
        take(hashes + quotes, as: .string)
        while !isAtEnd {
            if endsString(hashes: hashes, quotes: quotes) {
                take(quotes + hashes, as: .string)
                return true
            }
            if byte(after: 0) == .backslash && self.hashes(from: 1) >= hashes {
                scanEscape(hashes: hashes)
            } else {
                take(1, as: .string)
            }
        }
        return true
    }

    private func endsString(hashes: Int, quotes: Int) -> Bool {
        (0..<quotes).allSatisfy { byte(after: $0) == .quote } && self.hashes(from: quotes) >= hashes
    }

    private mutating func scanEscape(hashes: Int) {
        take(1 + hashes, as: .string)
        let escaped = byte(after: 0)
        take(1, as: .string)
        if escaped == .opening {
            scanCode(untilClosingParenthesis: true)
            take(1, as: .string)
        }
    }

    private mutating func scanRegularExpression() -> Bool {
        let hashes = hashes(from: 0)
        guard byte(after: hashes) == .slash, hashes > 0 || startsBareRegularExpression() else { return false }
        take(hashes + 1, as: .string)
        while !isAtEnd {
            if byte(after: 0) == .backslash {
                take(2, as: .string)
            } else if byte(after: 0) == .slash && self.hashes(from: 1) >= hashes {
                take(1 + hashes, as: .string)
                return true
            } else {
                take(1, as: .string)
            }
        }
        return true
    }

    /// Whether the slash here opens a literal instead of dividing: an operand cannot stand before it, and it closes on its own line.
    private func startsBareRegularExpression() -> Bool {
        guard let next = byte(after: 1), next != .space, next != .newline else { return false }
        let before = bytes[..<position].last { $0 != .space }
        guard let before, "(,=:[{&|?".utf8.contains(before) else { return false }
        var index = position + 1
        while index < bytes.count, bytes[index] != .newline {
            if bytes[index] == .slash { return true }
            index += bytes[index] == .backslash ? 2 : 1
        }
        return false
    }
}
