/// What a line of a reply looks like, before anything is decided.
enum ReplyLine: Equatable {
    case empty
    case text
    /// Begins with ">", or with initials and ">".
    case quote
    /// A line of those that introduce a quotation: "On 3 May 2026, Ana wrote:".
    case introduction
    /// "-----Original Message-----" and its like.
    case original
    /// A line of a block "From: … Sent: … To: … Subject: …".
    case header
    /// A line of hyphens or underscores.
    case divider
    /// "Sent from my iPhone".
    case device

    /// The look of each line.
    static func looks(of lines: [Substring]) -> [ReplyLine] {
        let plain = lines.map { String($0.prefix(2_000)).spacesUnified.trimmed }
        var looks = zip(plain, lines).map { look($0, isIndented: $1.hasPrefix("  ") || $1.hasPrefix("\t")) }
        Introductions.mark(&looks, plain)
        MailHeaderBlocks.mark(&looks, plain)
        return looks
    }

    private static func look(_ line: String, isIndented: Bool) -> ReplyLine {
        if line.isEmpty { return .empty }
        if !isIndented && isQuote(line) { return .quote }
        if QuoteWords.isOriginal(line) { return .original }
        if isDivider(line) { return .divider }
        return SignatureWords.isDevice(line) ? .device : .text
    }

    private static func isQuote(_ line: String) -> Bool {
        guard let mark = line.firstIndex(of: ">") else { return false }
        let initials = line[..<mark]
        return initials.isEmpty || (initials.count <= 3 && initials.allSatisfy { $0.isASCII && $0.isUppercase })
    }

    /// Two or more of one kind and nothing else; a single em dash too.
    private static func isDivider(_ line: String) -> Bool {
        guard let first = line.first, "-_—–=*".contains(first) else { return false }
        return line.allSatisfy { $0 == first } && (line.count >= 2 || first == "—")
    }
}

extension String {
    /// With every kind of space as the common one, and without marks of direction and width.
    var spacesUnified: String {
        var scalars = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0xA0, 0x202F, 0x2000...0x200A, 0x3000: scalars.append(" ")
            case 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: break
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
