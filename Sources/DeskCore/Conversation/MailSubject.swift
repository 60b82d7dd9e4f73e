/// What mails are about, without the marks that programs set before it each time somebody answers or passes it on.
package enum MailSubject {
    /// "Re", "Fwd" and their kin in the languages of the common programs, in lower case.
    private static let marks: Set<String> = [
        "aw", "enc", "fw", "fwd", "i", "re", "ref", "res", "resp", "rif", "rm", "rv", "sv", "tr", "vb", "vs", "wg",
    ]
    private static let mostMarks = 20

    /// The subject that a whole thread shares: `Re: RV[2]: Presupuesto` is `Presupuesto`.
    package static func shared(_ subject: String) -> String {
        var rest = subject[...].trimmingSpace
        for _ in 0..<mostMarks {
            guard let colon = rest.prefix(12).firstIndex(of: ":") else { break }
            let mark = rest[..<colon].prefix { $0 != "[" && $0 != "(" }.trimmingSpace.lowercased()
            guard marks.contains(mark) else { break }
            rest = rest[rest.index(after: colon)...].trimmingSpace
        }
        return String(rest)
    }
}

extension Substring {
    fileprivate var trimmingSpace: Substring {
        var rest = drop { $0.isWhitespace }
        while rest.last?.isWhitespace ?? false { rest.removeLast() }
        return rest
    }
}

extension MessageContent {
    /// What it says where there is room for little: of a mail, its subject before its text.
    package var firstWords: String {
        guard let subject = mail?.subject, !subject.isEmpty else { return text }
        return text.isEmpty ? subject : "\(subject) — \(text)"
    }

    /// The names in the blob store of all that belongs to it.
    package var storedFiles: [String] { attachments.compactMap(\.blob) + [mail?.source].compactMap(\.self) }
}
