/// How a command ended, or what a server says of its own accord.
struct IMAPStatus: Hashable, Sendable {
    enum Condition: String, Sendable { case done = "OK", refused = "NO", misunderstood = "BAD", leaving = "BYE", known = "PREAUTH" }

    let condition: Condition
    /// What stands in brackets, in upper case: `UIDVALIDITY`, `AUTHENTICATIONFAILED`, … (RFC 9051 section 7.1, RFC 5530).
    let code: String?
    let arguments: [String]
    /// For people.
    let text: String
}

/// What a server says (RFC 9051 section 7).
enum IMAPResponse: Hashable, Sendable {
    case goAhead(String)
    case completed(tag: String, IMAPStatus)
    case status(IMAPStatus)
    case capabilities([String])
    case exists(Int)
    case expunged(Int)
    case fetched([String: IMAPValue])
    case listed(attributes: [String], delimiter: String?, name: [UInt8])
    case found([Int])
    /// Something that nobody here asks for.
    case other(String)

    /// - Throws: `garbled`.
    init(_ pieces: [IMAPPiece]) throws(MailFault) {
        var values = IMAPValues(pieces)
        guard let tag = try values.next()?.atom else { throw MailFault(.garbled, "The server says something without a tag.") }
        switch tag {
        case "+": self = .goAhead(values.rest())
        case "*": self = try Self.untagged(&values)
        default: self = .completed(tag: tag, try Self.status(try values.next()?.atom, &values))
        }
    }

    private static func untagged(_ values: inout IMAPValues) throws(MailFault) -> IMAPResponse {
        guard let word = try values.next()?.atom?.uppercased() else { return .other("") }
        if let number = Int(word) { return try numbered(number, &values) }
        switch word {
        case "OK", "NO", "BAD", "BYE", "PREAUTH": return .status(try status(word, &values))
        case "CAPABILITY": return .capabilities(try values.all().compactMap { $0.atom?.uppercased() })
        case "LIST", "LSUB": return try listed(&values)
        case "SEARCH": return .found(try values.all().compactMap(\.number))
        default: return .other(word)
        }
    }

    private static func numbered(_ number: Int, _ values: inout IMAPValues) throws(MailFault) -> IMAPResponse {
        let word = try values.next()?.atom?.uppercased() ?? ""
        switch word {
        case "EXISTS": return .exists(number)
        case "EXPUNGE": return .expunged(number)
        case "FETCH": return .fetched(pairs(try values.next()?.list ?? []))
        default: return .other(word)
        }
    }

    private static func pairs(_ values: [IMAPValue]) -> [String: IMAPValue] {
        var pairs: [String: IMAPValue] = [:]
        for index in stride(from: 0, to: values.count - 1, by: 2) {
            if let name = values[index].atom { pairs[name.uppercased()] = values[index + 1] }
        }
        return pairs
    }

    private static func listed(_ values: inout IMAPValues) throws(MailFault) -> IMAPResponse {
        let attributes = try values.next()?.list ?? []
        let delimiter = try values.next()?.text
        guard let name = try values.next()?.bytes else { throw MailFault(.garbled, "The server lists a folder without a name.") }
        return .listed(attributes: attributes.compactMap { $0.atom?.lowercased() }, delimiter: delimiter, name: name)
    }

    private static func status(_ word: String?, _ values: inout IMAPValues) throws(MailFault) -> IMAPStatus {
        guard let condition = word.map({ $0.uppercased() }).flatMap(IMAPStatus.Condition.init) else {
            throw MailFault(.garbled, "The server ends a command with a word that is no ending.")
        }
        let text = values.rest()
        guard text.hasPrefix("["), let end = text.firstIndex(of: "]") else {
            return IMAPStatus(condition: condition, code: nil, arguments: [], text: text)
        }
        let words = text[text.index(after: text.startIndex)..<end].split(separator: " ").map(String.init)
        let said = text[text.index(after: end)...].drop { $0 == " " }
        return IMAPStatus(
            condition: condition, code: words.first?.uppercased(), arguments: Array(words.dropFirst()), text: String(said))
    }
}
