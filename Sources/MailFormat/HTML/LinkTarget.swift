/// Where a link leads, read as browsers read it, so that what is shown is where somebody would really arrive.
struct LinkTarget {
    /// What the link leads to, in one spelling only: without the account that can make one host look like another.
    let address: String
    /// The host, the mail address or the telephone number.
    let place: String
    private let isHost: Bool

    /// Nil for every address that a person may not follow.
    init?(_ value: String) {
        let written = value.withoutControls.trimmed
        guard written.utf8.count <= 8_192, let colon = written.firstIndex(of: ":") else { return nil }
        let rest = written[written.index(after: colon)...]
        switch written[..<colon].lowercased() {
        case "http": self.init(scheme: "http", rest)
        case "https": self.init(scheme: "https", rest)
        case "mailto": self.init(address: "mailto:" + rest, place: String(rest.prefix { $0 != "?" }), isHost: false)
        case "tel": self.init(address: "tel:" + rest, place: String(rest), isHost: false)
        default: return nil
        }
    }

    private init(address: String, place: String, isHost: Bool) {
        self.address = address
        self.place = place
        self.isHost = isHost
    }

    /// Slashes may lean either way, and there may be any number of them (WHATWG URL, “special authority ignore slashes state”).
    private init?(scheme: String, _ rest: Substring) {
        let beginning = rest.drop { $0 == "/" || $0 == "\\" }
        let authority = beginning.prefix { !"/\\?#".contains($0) }
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        guard let name = HostName(host) else { return nil }
        self.init(address: "\(scheme)://\(host)\(beginning[authority.endIndex...])", place: name.text, isHost: true)
    }

    /// Whether it is a name of the public net, and no machine of the reader's own surroundings.
    var isPublic: Bool { place.last?.isLetter == true && place.contains(".") && !place.contains(":") && !place.hasSuffix(".local") }

    /// What to say beside a link's words: nothing where they are the very place, and with emphasis where they name another one.
    /// - Parameter words: what a reader sees of the link.
    func label(beside words: String) -> (text: String, contradicts: Bool)? {
        guard isHost else { return words.lowercased().contains(place.lowercased()) ? nil : (place, false) }
        let named = HostName.named(in: words)
        if !named.isEmpty && named.allSatisfy({ $0.isSame(as: place) }) { return nil }
        return (place, named.contains { !$0.isRelated(to: place) })
    }
}

/// The name of a host, in lower case and in ASCII, where no letter can look like another one.
struct HostName {
    let text: String

    /// - Parameter authority: perhaps with a port.
    init?(_ authority: Substring) {
        var host = authority.lowercased()[...]
        if let colon = host.lastIndex(of: ":"), host[host.index(after: colon)...].allSatisfy(\.isNumber) { host = host[..<colon] }
        guard !host.isEmpty, host.count <= 255 else { return nil }
        let isPlain = host.utf8.allSatisfy { $0 < 0x80 }
        let labels = isPlain ? [] : host.split(separator: ".", omittingEmptySubsequences: false).map { Punycode.label(String($0)) }
        let text = isPlain ? String(host) : labels.joined(separator: ".")
        guard text.utf8.allSatisfy({ $0.isLetter || $0.isDigit || "-._[]:".utf8.contains($0) }) else { return nil }
        self.text = text
    }

    /// Endings of files, which words name more often than hosts of that ending.
    private static let fileEndings: Set<Substring> = [
        "csv", "doc", "docx", "gif", "htm", "html", "jpeg", "jpg", "pdf", "png", "ppt", "pptx", "txt", "xls", "xlsx", "xml",
    ]

    /// What in a link's words reads like a host: `www.banco.example/entrar` and the like.
    static func named(in words: String) -> [HostName] {
        guard words.utf8.contains(UInt8(ascii: ".")) else { return [] }
        return words.prefix(2_000).split { $0.isWhitespace || "<>()[]{}\"'“”‘’«»,;|".contains($0) }.prefix(40).compactMap { word in
            var word = word[...]
            if let slashes = word.firstRange(of: "://") { word = word[slashes.upperBound...] }
            word = word.prefix { !"/\\?#".contains($0) }
            if let at = word.lastIndex(of: "@") { word = word[word.index(after: at)...] }
            while word.last == "." || word.last == ":" || word.last == "!" { word.removeLast() }
            let labels = word.split(separator: ".", omittingEmptySubsequences: false)
            guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }), let last = labels.last?.prefix(while: { $0 != ":" }),
                last.count > 1, last.allSatisfy(\.isLetter), !fileEndings.contains(last)
            else { return nil }
            return HostName(word)
        }
    }

    private static func bare(_ host: String) -> Substring { host.hasPrefix("www.") ? host.dropFirst(4) : host[...] }

    func isSame(as host: String) -> Bool { Self.bare(text) == Self.bare(host) }

    /// Whether one is within the domain of the other.
    func isRelated(to host: String) -> Bool {
        let (own, other) = (Self.bare(text), Self.bare(host))
        return own == other || own.hasSuffix("." + other) || other.hasSuffix("." + own)
    }
}

/// Names of hosts in letters beyond ASCII, in the letters that the net uses (RFC 3492).
enum Punycode {
    /// - Returns: the label itself if it is ASCII.
    static func label(_ label: String) -> String {
        let scalars = Array(label.unicodeScalars)
        let basic = scalars.filter(\.isASCII)
        guard basic.count < scalars.count else { return label }
        var output = "xn--" + String(String.UnicodeScalarView(basic)) + (basic.isEmpty ? "" : "-")
        var (code, delta, bias, handled) = (128, 0, 72, basic.count)
        while handled < scalars.count {
            let next = scalars.filter { $0.value >= code }.map { Int($0.value) }.min() ?? code
            delta += (next - code) * (handled + 1)
            code = next
            for scalar in scalars {
                if scalar.value < code { delta += 1 }
                guard scalar.value == code else { continue }
                write(delta, bias, to: &output)
                bias = adapted(delta, count: handled + 1, isFirst: handled == basic.count)
                (delta, handled) = (0, handled + 1)
            }
            (delta, code) = (delta + 1, code + 1)
        }
        return output
    }

    private static let digits = Array("abcdefghijklmnopqrstuvwxyz0123456789".unicodeScalars)

    private static func write(_ delta: Int, _ bias: Int, to output: inout String) {
        var rest = delta
        for weight in stride(from: 36, through: .max, by: 36) {
            let threshold = min(max(weight - bias, 1), 26)
            guard rest >= threshold else { break }
            output.unicodeScalars.append(digits[threshold + (rest - threshold) % (36 - threshold)])
            rest = (rest - threshold) / (36 - threshold)
        }
        output.unicodeScalars.append(digits[rest])
    }

    private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var rest = isFirst ? delta / 700 : delta / 2
        rest += rest / count
        var weight = 0
        while rest > 455 {
            rest /= 35
            weight += 36
        }
        return weight + 36 * rest / (rest + 38)
    }
}
