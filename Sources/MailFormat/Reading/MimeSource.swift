/// A mail's source as GMime is given it: mended where GMime would drop words, and bounded where it would make objects without end.
///
/// GMime leaves out lines of a header that are no field, and text is such a line where somebody's program forgot the empty line above
/// it. It makes an object of each part and field that it meets.
struct MimeSource {
    /// What GMime may be given.
    private(set) var bytes: [UInt8]
    private(set) var damage: Set<MailDamage> = []

    private var boundaries: Set<[UInt8]> = []
    /// The first boundary that is announced, which is that of the whole mail; and whether its parts begin, and end.
    private var outermost: (name: [UInt8], isOpen: Bool, isClosed: Bool)?
    /// Where a line end is put in.
    private var insertions: [Int] = []
    /// Where what is too much begins.
    private var end: Int

    private static let mostDashedLines = 20_000
    private static let mostFields = 5_000
    private static let mostHeaderBytes = 1 << 20
    private static let longestLine = 256 << 10

    init(_ source: [UInt8]) {
        bytes = source
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        if !bytes.contains(0x0A), bytes.contains(0x0D) { bytes = bytes.map { $0 == 0x0D ? 0x0A : $0 } }
        end = bytes.count
        removeNulls()
        findBoundaries()
        scan()
        bytes = changed
        closeLastPart()
    }

    /// GMime takes U+0000 for the end of a field.
    private mutating func removeNulls() {
        let headerEnd = firstEmptyLine
        guard bytes[..<headerEnd].contains(0) else { return }
        bytes = bytes[..<headerEnd].filter { $0 != 0 } + bytes[headerEnd...]
        end = bytes.count
    }

    /// Where the line ends that an empty one follows; the end where none does.
    private var firstEmptyLine: Int {
        var start = 0
        while let end = bytes[start...].firstIndex(of: 0x0A) {
            if bytes[(end + 1)...].starts(with: [0x0A]) || bytes[(end + 1)...].starts(with: [0x0D, 0x0A]) { return end }
            start = end + 1
        }
        return bytes.count
    }

    /// GMime takes the line end before a boundary for a part of the content where the boundary never comes, or doesn't end its line.
    private mutating func closeLastPart() {
        let lineEnd: [UInt8] = usesReturns ? [0x0D, 0x0A] : [0x0A]
        guard let outermost, outermost.isOpen else { return }
        if bytes.last != 0x0A { bytes += lineEnd }
        if !outermost.isClosed { bytes += [0x2D, 0x2D] + outermost.name + [0x2D, 0x2D] + lineEnd }
    }

    private var usesReturns: Bool { bytes.firstIndex(of: 0x0A).map { $0 > 0 && bytes[$0 - 1] == 0x0D } ?? false }

    private var changed: [UInt8] {
        guard !insertions.isEmpty || end < bytes.count else { return bytes }
        var changed: [UInt8] = []
        changed.reserveCapacity(end + insertions.count)
        var start = 0
        for insertion in insertions where insertion <= end {
            changed += bytes[start..<insertion]
            changed += usesReturns ? [0x0D, 0x0A] : [0x0A]
            start = insertion
        }
        return changed + bytes[start..<end]
    }
}

// MARK: - Lines

extension MimeSource {
    /// What the lines that are read belong to.
    private enum Place {
        /// A header, certain or (behind another, where a mail within the mail may begin) only possible.
        case header(isCertain: Bool)
        case body
    }

    private mutating func scan() {
        var place = Place.header(isCertain: true)
        var fields = 0
        var headerStart = 0
        var dashedLines = 0
        var start = 0
        while start < end {
            let lineEnd = bytes[start..<end].firstIndex(of: 0x0A) ?? end
            let line = bytes[start..<lineEnd]
            if line.starts(with: [0x2D, 0x2D]) {
                dashedLines += 1
                noteOutermost(line)
            }
            if dashedLines > Self.mostDashedLines { return cut(at: start) }
            if isBoundary(line) {
                (place, fields, headerStart) = (.header(isCertain: true), 1, lineEnd)
            } else if case .header(let isCertain) = place {
                place = follow(line, isCertain, &fields)
                if fields == 0 { headerStart = lineEnd }
                if lineEnd - headerStart > Self.mostHeaderBytes || fields > Self.mostFields { place = end(header: line) }
            }
            start = lineEnd + 1
        }
    }

    /// What a line of a header leads to; counts its fields.
    private mutating func follow(_ line: ArraySlice<UInt8>, _ isCertain: Bool, _ fields: inout Int) -> Place {
        if line.allSatisfy({ $0 == 0x0D }) {
            defer { fields = 0 }
            return fields > 0 ? .header(isCertain: false) : .body
        }
        if isField(line, isFirst: fields == 0) {
            fields += 1
            return .header(isCertain: isCertain)
        }
        guard isCertain else { return .body }
        guard fields > 0, !fieldsFollow(from: line.endIndex + 1) else { return .header(isCertain: true) }
        insertions.append(line.startIndex)
        return .body
    }

    /// Ends a header that is longer than any, with an empty line.
    private mutating func end(header line: ArraySlice<UInt8>) -> Place {
        damage.insert(.tooManyFields)
        let place = min(line.startIndex + Self.longestLine, line.endIndex)
        insertions += [place, place]
        return .body
    }

    private mutating func cut(at place: Int) {
        damage.insert(.tooManyParts)
        end = place
    }
}

// MARK: - What a line is

extension MimeSource {
    /// Every value of a `boundary` parameter, wherever it stands.
    private mutating func findBoundaries() {
        var index = 0
        // Its last character is the one that is rare in what mails mostly consist of.
        while boundaries.count < 1_000, let sign = bytes[index...].firstIndex(of: UInt8(ascii: "=")) {
            index = sign + 1
            guard bytes[..<sign].suffix(7).elementsEqual("oundary".utf8) else { continue }
            let rest = bytes[index...].prefix(200)
            let quote = UInt8(ascii: "\"")
            let value =
                rest.first == quote ? rest.dropFirst().prefix { $0 != quote } : rest.prefix { !$0.isBlank && $0 != UInt8(ascii: ";") }
            if !value.isEmpty { boundaries.insert(Array(value)) }
            if outermost == nil, !value.isEmpty { outermost = (Array(value), false, false) }
        }
    }

    private mutating func noteOutermost(_ line: ArraySlice<UInt8>) {
        guard let name = outermost?.name else { return }
        let rest = line.dropFirst(2).trimmingWhitespace
        if rest == name[...] { outermost?.isOpen = true }
        if rest == (name + [0x2D, 0x2D])[...] { outermost?.isClosed = true }
    }

    private func isBoundary(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count > 2, line.count < 220, line.starts(with: [0x2D, 0x2D]), !boundaries.isEmpty else { return false }
        return boundaries.contains(Array(line.dropFirst(2).trimmingWhitespace))
    }

    /// A field, the rest of one, or the line "From …" that mailbox files have above each mail.
    private func isField(_ line: ArraySlice<UInt8>, isFirst: Bool) -> Bool {
        if line.first == 0x20 || line.first == 0x09 { return true }
        if isFirst, line.starts(with: "From ".utf8) || line.starts(with: ">From ".utf8) { return true }
        guard let colon = line.prefix(1_000).firstIndex(of: UInt8(ascii: ":")) else { return false }
        let name = line[..<colon].trimmingWhitespace
        return !name.isEmpty && name.allSatisfy { $0 > 0x20 }
    }

    private static let known: [StaticString] = [
        "from:", "to:", "subject:", "date:", "message-id:", "content-type:", "mime-version:", "received:", "content-transfer-encoding:",
    ]

    /// Whether the header goes on behind a broken line: what everybody's header has stands there.
    private func fieldsFollow(from index: Int) -> Bool {
        var start = index
        for _ in 0..<200 where start < end {
            let lineEnd = bytes[start..<end].firstIndex(of: 0x0A) ?? end
            let line = bytes[start..<lineEnd]
            if line.allSatisfy({ $0 == 0x0D }) { return false }
            if Self.known.contains(where: { line.starts(withKeyword: $0) }) { return true }
            start = lineEnd + 1
        }
        return false
    }
}
