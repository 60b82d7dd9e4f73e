/// Decides, line by line, what is reply, history and signature. A line is folded only for a reason; everything else is the reply.
struct ReplyParting {
    private let lines: [Substring]
    private let looks: [ReplyLine]
    private(set) var kinds: [ReplyText.Kind]

    init(_ lines: [Substring]) {
        self.lines = lines
        looks = ReplyLine.looks(of: lines)
        kinds = Array(repeating: .reply, count: lines.count)
    }

    mutating func part() {
        foldHistory()
        foldSignature()
        foldQuotes()
        foldDevices()
    }

    /// Whether somebody wrote something before an index that is still part of the reply.
    private func hasText(before index: Int) -> Bool { (0..<index).contains { isOwnText($0) } }

    private func hasText(in range: Range<Int>) -> Bool { range.contains { isOwnText($0) } }

    private func isOwnText(_ index: Int) -> Bool { looks[index] == .text && kinds[index] == .reply }

    private mutating func fold(_ range: Range<Int>, as kind: ReplyText.Kind) {
        for index in range where kinds[index] == .reply { kinds[index] = kind }
    }
}

// MARK: - History

extension ReplyParting {
    /// Folds what programs write above the older mail, and that mail too where nothing but its place marks it.
    private mutating func foldHistory() {
        var index = 0
        while index < lines.count {
            let end = runEnd(from: index)
            switch looks[index] {
            case .original, .header: foldFrame(index..<end)
            case .introduction: foldIntroduction(index..<end)
            case .empty, .text, .quote, .divider, .device: break
            }
            index = end
        }
    }

    /// The end of the lines from an index on that look alike.
    private func runEnd(from start: Int) -> Int { lines[start...].indices.first { looks[$0] != looks[start] } ?? lines.count }

    /// Below what somebody wrote, a frame is followed by the older mail alone. At the top it frames what was forwarded.
    private mutating func foldFrame(_ frame: Range<Int>) {
        guard hasText(before: frame.lowerBound) else { return fold(frame, as: .quoted) }
        fold(startWithDivider(of: frame.lowerBound)..<lines.count, as: .quoted)
    }

    /// Outlook draws a line above its header lines.
    private func startWithDivider(of index: Int) -> Int {
        let before = lines[..<index].indices.last { looks[$0] != .empty }
        return before.flatMap { looks[$0] == .divider ? $0 : nil } ?? index
    }

    private mutating func foldIntroduction(_ introduction: Range<Int>) {
        let next = lines[introduction.upperBound...].indices.first { looks[$0] != .empty }
        guard let next, looks[next] == .text || looks[next] == .divider || looks[next] == .device else {
            return fold(introduction, as: .quoted)
        }
        guard isCertain(introduction) else { return }
        fold(introduction.lowerBound..<(hasText(before: introduction.lowerBound) ? lines.count : introduction.upperBound), as: .quoted)
    }

    /// Nothing but this line says that what follows is older: it must name an address or the minute, as programs do.
    private func isCertain(_ introduction: Range<Int>) -> Bool {
        let text = lines[introduction].joined(separator: " ")
        return text.contains("@") || (DateHints.hasTime(text) && (DateHints.hasYear(text) || DateHints.hasNumericDate(text)))
    }
}

// MARK: - Quotes

extension ReplyParting {
    /// Folds quotes below the reply. Those between answers stay, since answers make no sense without them.
    private mutating func foldQuotes() {
        let quotes = quoteRuns()
        for quote in quotes.reversed() {
            let below = quote.upperBound..<lines.count
            guard hasText(before: quote.lowerBound) else { continue }
            if !hasText(in: below) {
                fold(quote.lowerBound..<lines.count, as: .quoted, unless: .device)
            } else if quotes.count == 1, isIntroduced(quote), textLines(in: below) <= 6 {
                fold(quote, as: .quoted)
            }
        }
    }

    private func textLines(in range: Range<Int>) -> Int { range.count { isOwnText($0) } }

    private mutating func fold(_ range: Range<Int>, as kind: ReplyText.Kind, unless exception: ReplyLine) {
        for index in range where looks[index] != exception && looks[index] != .divider { fold(index..<(index + 1), as: kind) }
    }

    private func isIntroduced(_ quote: Range<Int>) -> Bool {
        lines[..<quote.lowerBound].indices.last { looks[$0] != .empty }.map { looks[$0] == .introduction } ?? false
    }

    /// Quoted lines with the empty ones between them, and with those that a program broke without marking the rest.
    private func quoteRuns() -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var index = 0
        while index < lines.count {
            guard looks[index] == .quote, kinds[index] == .reply else {
                index += 1
                continue
            }
            var end = index + 1
            while let next = nextQuote(after: end) { end = next + 1 }
            runs.append(index..<end)
            index = end
        }
        return runs
    }

    private func nextQuote(after end: Int) -> Int? {
        var index = end
        while index < lines.count, looks[index] == .empty { index += 1 }
        guard index < lines.count else { return nil }
        if looks[index] == .quote { return index }
        guard index == end, looks[index] == .text, index + 1 < lines.count, looks[index + 1] == .quote,
            isBroken(lines[end - 1], by: lines[index])
        else { return nil }
        return index + 1
    }

    /// Whether a line is the rest of a quoted one that was too long: that one is long and ends in no full stop, and this begins small.
    private func isBroken(_ quote: Substring, by rest: Substring) -> Bool {
        guard quote.count >= 60, let last = quote.trimmed.last, !".!?:".contains(last) else { return false }
        return rest.first?.isLowercase == true
    }
}

// MARK: - Signatures

extension ReplyParting {
    private mutating func foldSignature() {
        let dividers = lines.indices.filter { looks[$0] == .divider && kinds[$0] == .reply }
        let standard = dividers.first { lines[$0] == "-- " }
        guard let divider = standard ?? dividers.last, hasText(before: divider) else { return }
        let end = lines.indices.first { $0 > divider && looks[$0] == .quote } ?? lines.count
        let own = ((divider + 1)..<end).filter { kinds[$0] == .reply && looks[$0] != .empty }
        guard own.count <= longest(lines[divider].trimmed, isOnly: dividers.count == 1), own.allSatisfy({ lines[$0].count <= 200 }),
            !hasText(in: end..<lines.count)
        else { return }
        fold(divider..<end, as: .signature)
    }

    /// How many lines may be taken for a signature below a line like this.
    private func longest(_ divider: Substring, isOnly: Bool) -> Int {
        switch divider.first {
        case "-" where divider.count == 2: 15
        case "—": isOnly ? 8 : 0
        case "_": isOnly ? 8 : 0
        case "-" where divider.count <= 4: isOnly ? 6 : 0
        default: 0
        }
    }

    /// Folds what telephones add, where nothing but that follows.
    private mutating func foldDevices() {
        for index in lines.indices.reversed() where kinds[index] == .reply {
            switch looks[index] {
            case .device, .divider: kinds[index] = .signature
            case .empty: continue
            case .text, .quote, .introduction, .original, .header: return
            }
        }
    }
}
