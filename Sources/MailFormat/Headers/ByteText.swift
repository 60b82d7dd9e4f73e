extension UInt8 {
    var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }

    /// The worth of a hexadecimal digit.
    var hexadecimalValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }
}

extension Collection<UInt8> {
    /// Letters of ASCII in lower case, read as text; for keywords, which are ASCII.
    var keyword: String { String(decoding: self, as: UTF8.self).lowercased().trimmed }

    func starts(withKeyword keyword: StaticString) -> Bool {
        keyword.withUTF8Buffer { wanted in
            starts(with: wanted) { $0 == $1 || ($0 | 0x20) == $1 }
        }
    }
}

extension BidirectionalCollection<UInt8> {
    var trimmingWhitespace: SubSequence {
        guard let first = firstIndex(where: { !$0.isBlank }), let last = lastIndex(where: { !$0.isBlank }) else { return self[endIndex...] }
        return self[first...last]
    }
}

extension [UInt8] {
    /// Without their ends: LF, CRLF, or a lone CR.
    var lines: [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = startIndex
        for index in indices where self[index] == 0x0A {
            let end = index > start && self[index - 1] == 0x0D ? index - 1 : index
            lines.append(self[start..<end])
            start = index + 1
        }
        if start < endIndex { lines.append(self[start...]) }
        return lines
    }

    /// Where a run of bytes begins, at or after an index, and at most so many bytes later.
    func firstIndex(of pattern: StaticString, from start: Int, within distance: Int = .max) -> Int? {
        pattern.withUTF8Buffer { wanted in
            guard let first = wanted.first, start <= count - wanted.count else { return nil }
            let last = Swift.min(count - wanted.count, start.addingReportingOverflow(distance).overflow ? .max : start + distance)
            return (start...last).first { self[$0] == first && self[$0...].starts(with: wanted) }
        }
    }
}
