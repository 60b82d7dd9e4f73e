/// The frame of a mail that answers another one: to whom it goes, under which subject, in which thread, and what it repeats. All of it is
/// fixed when the reply is recorded (promise P4).
package struct MailReply: Sendable {
    /// More ids than this are trimmed in the middle: the first says where the thread began.
    private static let mostReferences = 20
    /// In characters: what a reply repeats of a longer mail ends there.
    private static let longestQuote = 50_000

    /// - Parameters:
    ///   - copies: further people who were named in the answered mail, as somebody chose them; nobody else can be given.
    ///   - introduction: the line above what is repeated: who wrote it, and when.
    /// - Throws: `wrong_recipient` for a copy to somebody who is not in the answered mail.
    package static func content(
        answering answered: MailContent, text: String, to recipient: MailParty, copies: [String], from own: MailParty, introduction: String,
        repeating original: String
    ) throws(DeskError) -> MailContent {
        let named = people(in: answered, without: [recipient.key, own.key])
        let chosen = Set(copies.map { $0.lowercased() })
        let unknown = chosen.subtracting(named.map(\.key))
        guard unknown.isEmpty else {
            throw DeskError(
                .wrongRecipient, message: "A copy can go only to people whom the answered mail names. Nothing was sent; the text is kept.")
        }
        return MailContent(
            subject: subject(answering: answered.subject), from: [own], to: [recipient], cc: named.filter { chosen.contains($0.key) },
            references: references(answering: answered), blocks: [MailBlock(.reply, text)] + quote(original, under: introduction))
    }

    /// Whom a reply to all goes to beside the contact: everybody named in the mail but the contact and ourselves, each once.
    package static func people(in mail: MailContent, without keys: Set<String>) -> [MailParty] {
        var known = keys
        return (mail.from + mail.replyTo + mail.to + mail.cc).filter { known.insert($0.key).inserted && $0.address.contains("@") }
    }

    /// With one “Re:”, whatever there was before, in whatever language.
    static func subject(answering subject: String) -> String {
        var rest = Substring(subject)
        while let prefix = answerPrefix(of: rest) { rest = rest.dropFirst(prefix).drop(while: \.isWhitespace) }
        return rest.isEmpty ? "Re:" : "Re: \(rest)"
    }

    /// The length of `Re:`, `RE[2]:`, `RV:`, `AW:` and their like at the beginning.
    private static func answerPrefix(of subject: Substring) -> Int? {
        guard let colon = subject.firstIndex(of: ":") else { return nil }
        let word = subject[..<colon].prefix { $0 != "[" && $0 != "(" }.lowercased()
        guard ["re", "aw", "sv", "rif", "res", "r"].contains(word) else { return nil }
        let rest = subject[..<colon].dropFirst(word.count)
        guard rest.allSatisfy({ $0.isNumber || "[]()".contains($0) }) else { return nil }
        return subject.distance(from: subject.startIndex, to: colon) + 1
    }

    private static func references(answering answered: MailContent) -> [String] {
        let all = answered.references + [answered.messageID].compactMap(\.self)
        guard all.count > mostReferences, let first = all.first else { return all }
        return [first] + all.suffix(mostReferences - 1)
    }

    private static func quote(_ original: String, under introduction: String) -> [MailBlock] {
        let kept = original.prefix(longestQuote)
        guard kept.contains(where: { !$0.isWhitespace }) else { return [] }
        let lines = kept.split(separator: "\n", omittingEmptySubsequences: false).map { $0.hasPrefix(">") ? ">\($0)" : "> \($0)" }
        return [MailBlock(.quoted, ([introduction] + lines).joined(separator: "\n"))]
    }
}

/// The line above a repeated mail, as mail programs of the language write it, so that all of them fold what is below.
package enum QuoteIntroduction {
    /// - Parameters:
    ///   - language: BCP 47; anything but Portuguese and English gives Spanish.
    ///   - date: as `2026-11-22`, with the time of day as `10:21`, where the workspace is.
    package static func text(in language: String, author: MailParty, date: String, time: String) -> String {
        let person = author.name.isEmpty ? "<\(author.address)>" : "\(author.name) <\(author.address)>"
        let day = date.split(separator: "-").reversed().joined(separator: "/")
        return switch language.prefix(2) {
        case "pt": "Em \(day) às \(time), \(person) escreveu:"
        case "en": "On \(date) at \(time), \(person) wrote:"
        default: "El \(day) a las \(time), \(person) escribió:"
        }
    }
}
