package import DeskCore

/// A mail as it is shown: what was written for it, whom it names, and what to know before it is answered.
package struct MailView: Sendable {
    /// Only where it is another one than that of the mail before.
    package let subject: String?
    /// "De Ana Beltrán · Para soporte@…", over the whole of it.
    package let partiesLine: String
    package let parties: [PartyRow]
    /// Each with what to do about it.
    package let warnings: [String]
    package let hasWarnings: Bool
    /// What is no warning but good to know: that a machine wrote it, that it is signed, that it is cut off.
    package let marks: [String]
    package let calendar: MailCalendarView?
    package let blocks: [MailBlockView]
    /// Nil for mails of ours, of which it is known.
    package let sender: MailSenderView?
    package let design: MailDesignView?
    /// Where the mail is as it came; nil if it isn't kept, or not for this reader.
    package let sourcePath: String?

    /// - Parameters:
    ///   - mail: as the reader may see it, covered or not.
    ///   - showsSubject: whether the subject is to be told here.
    package init(
        _ mail: MailContent, text: String, messageID: String, isInbound: Bool, showsSubject: Bool, wording: Wording
    ) {
        subject = showsSubject ? (mail.subject.isEmpty ? wording.text("mail.noSubject") : mail.subject) : nil
        partiesLine = PartyRow.line(of: mail, isWhole: !isInbound, wording: wording)
        parties = PartyRow.rows(of: mail, wording: wording)
        warnings = mail.warnings.map { wording.mailWarning($0, of: mail) }
        hasWarnings = !warnings.isEmpty
        marks = wording.mailMarks(mail)
        calendar = mail.calendar.map { MailCalendarView($0, wording: wording) }
        blocks = MailBlockView.blocks(of: mail, text: text, wording: wording)
        sender = isInbound ? MailSenderView(mail, wording: wording) : nil
        design = mail.hasHTML ? MailDesignView(mail, messageID: messageID, wording: wording) : nil
        sourcePath = mail.source.map { _ in MailPaths.source(of: messageID) }
    }
}

/// Where the server shows mails.
package enum MailPaths {
    package static func frame(of messageID: String) -> String { "/messages/\(messageID)/mail" }
    package static func source(of messageID: String) -> String { "/messages/\(messageID)/source" }
    package static func file(of messageID: String) -> String { "/messages/\(messageID)/source/file" }
}

/// A field of a mail's header that names people.
package struct PartyRow: Sendable {
    package let label: String
    package let people: [Person]

    package struct Person: Sendable {
        /// Nil where only an address is given.
        package let name: String?
        /// In angle brackets after a name, so that no name can pass for it.
        package let address: String

        init(_ party: MailParty) {
            let isNamed = !party.name.isEmpty && party.name != party.address
            name = isNamed ? party.name : nil
            address = isNamed ? "<\(party.address)>" : party.address
        }
    }

    private static let mostNames = 3

    private init?(_ key: Key, _ parties: [MailParty], wording: Wording) {
        guard !parties.isEmpty else { return nil }
        label = wording.text("mail.party.\(key.rawValue)")
        people = parties.map(Person.init)
    }

    private enum Key: String {
        case from, to, cc, replyTo
    }

    static func rows(of mail: MailContent, wording: Wording) -> [PartyRow] {
        let isElsewhere = Set(mail.replyTo.map(\.key)) != Set(mail.from.map(\.key))
        return [
            PartyRow(.from, mail.from, wording: wording), PartyRow(.to, mail.to, wording: wording),
            PartyRow(.cc, mail.cc, wording: wording),
            isElsewhere ? PartyRow(.replyTo, mail.replyTo, wording: wording) : nil,
        ].compactMap(\.self)
    }

    /// - Parameter isWhole: whether everybody is named, as whoever looks at a mail of ours must see who gets it.
    static func line(of mail: MailContent, isWhole: Bool, wording: Wording) -> String {
        let fields: [(key: Key, parties: [MailParty])] = [(.from, isWhole ? [] : mail.from), (.to, mail.to), (.cc, mail.cc)]
        let words = fields.filter { !$0.parties.isEmpty }.map { field in
            "\(wording.text("mail.party.\(field.key.rawValue)")) \(names(field.parties, isWhole: isWhole, wording: wording))"
        }
        return words.isEmpty ? wording.text("mail.nobodyNamed") : words.joined(separator: " · ")
    }

    private static func names(_ parties: [MailParty], isWhole: Bool, wording: Wording) -> String {
        let shown = parties.count <= mostNames || isWhole ? parties[...] : parties.prefix(mostNames - 1)
        let names = shown.map(shortName).joined(separator: ", ")
        let rest = parties.count - shown.count
        return rest > 0 ? "\(names) \(wording.text("mail.more", count: rest))" : names
    }

    /// A name that looks like an address says nothing true.
    static func shortName(_ party: MailParty) -> String { party.name.isEmpty || party.name.contains("@") ? party.address : party.name }
}

/// A stretch of a mail: what was written for it, or what is folded.
package struct MailBlockView: Sendable {
    package let runs: [TextRun]
    /// "Texto citado", to unfold it by; nil for what was written for this mail.
    package let label: String?
    /// It is all that there is.
    package let isOpen: Bool

    static func blocks(of mail: MailContent, text: String, wording: Wording) -> [MailBlockView] {
        guard !mail.blocks.isEmpty else {
            return text.isEmpty ? [] : [MailBlockView(runs: TextRun.addresses(in: text), label: nil, isOpen: false)]
        }
        let hasOwnWords = mail.blocks.contains { $0.kind == .reply && $0.text.contains { !$0.isWhitespace } }
        return mail.blocks.filter { $0.text.contains { !$0.isWhitespace } }.map { block in
            MailBlockView(
                runs: TextRun.addresses(in: block.text), label: wording.fold(block),
                isOpen: !hasOwnWords && block.kind == .quoted)
        }
    }
}

/// What is known of who really sent a mail.
package struct MailSenderView: Sendable {
    package let facts: [Fact]
    /// Who found that out, or that nobody did.
    package let words: String

    init(_ mail: MailContent, wording: Wording) {
        let results = mail.authentication
        let findings: [(key: String, word: String?)] = [("dmarc", results?.dmarc), ("spf", results?.spf), ("dkim", results?.dkim)]
        facts = findings.compactMap { finding in
            finding.word.map { Fact(label: wording.text("mail.check.\(finding.key)"), value: wording.mailCheck($0)) }
        }
        words =
            facts.isEmpty
            ? wording.text("mail.unchecked") : wording.text("mail.checkedBy", ["server": results?.server ?? ""])
    }
}

/// A mail's HTML, in a frame that is filled when somebody unfolds it.
package struct MailDesignView: Sendable {
    package let frameName: String
    package let framePath: String
    package let frameTitle: String
    /// The same with the pictures from elsewhere; nil where there are none.
    package let imagesPath: String?
    package let imagesWords: String

    init(_ mail: MailContent, messageID: String, wording: Wording) {
        frameName = "mail-\(messageID)"
        framePath = MailPaths.frame(of: messageID)
        let sender = mail.from.first.map(PartyRow.shortName) ?? "?"
        frameTitle = wording.text("mail.frameTitle", ["name": sender])
        imagesPath = mail.remoteImages == 0 ? nil : MailPaths.frame(of: messageID) + "?images=1"
        imagesWords = mail.remoteImages.map { wording.text("mail.images", count: $0) } ?? wording.text("mail.imagesElsewhere")
    }
}

extension Wording {
    fileprivate func fold(_ block: MailBlock) -> String? {
        switch block.kind {
        case .reply: nil
        case .quoted: text("mail.quoted", count: block.text.split(whereSeparator: \.isNewline).count)
        case .signature: text("mail.signature")
        }
    }

    fileprivate func mailWarning(_ warning: MailWarning, of mail: MailContent) -> String {
        let sender = mail.from.first?.address ?? "?"
        return text(
            "mail.warning.\(warning.rawValue)",
            [
                "sender": sender, "elsewhere": mail.replyTo.first?.address ?? "?",
                "domain": sender.split(separator: "@").last.map(String.init) ?? "?",
            ])
    }

    fileprivate func mailMarks(_ mail: MailContent) -> [String] {
        [
            mail.automation.map { text("mail.automation.\($0.rawValue)") }, mail.protection.map { text("mail.protection.\($0.rawValue)") },
            mail.isTruncated ? text("mail.truncated") : nil,
        ].compactMap(\.self)
    }

    /// What a check of the receiving server found, as RFC 8601 names it.
    fileprivate func mailCheck(_ word: String) -> String {
        let key = "mail.found.\(word)"
        return catalogue.has(key) ? text(key) : word
    }

    /// How many pictures a mail's frame leaves out.
    package func blockedImages(_ count: Int) -> String { text("mail.blocked", count: count) }
}
