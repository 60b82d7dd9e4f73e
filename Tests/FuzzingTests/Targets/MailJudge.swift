import MailFormat

/// What strangers send by mail.
enum MailJudge {
    /// A mail is read within bounds, no word of its text is lost when its history is folded, and its HTML is safe at once.
    static func mail(_ bytes: [UInt8]) throws {
        let mail = MailReader.mail(in: bytes)
        try Broken.unless(mail.parts.count <= 1_000, "\(mail.parts.count) parts")
        try Broken.unless(mail.subject?.contains { $0.isNewline } != true, "a subject of several lines")
        try Broken.unless(mail.text?.unicodeScalars.contains("\0") != true, "a text with U+0000")
        let judgement = MailClassifier(ownAddresses: ["desk@hotel.example"]).judge(mail)
        try Broken.unless(!judgement.mayAutoReply || judgement.class == .normal, "a machine would be answered by a machine")
        try Broken.unless(!judgement.mayAutoReply || !mail.from.isEmpty, "nobody would be answered")
        _ = (MailProtection(mail), AuthenticationResults(mail.headers), mail.references, mail.date, mail.to, mail.cc, mail.replyTo)
        try reply(mail.flowingText ?? "")
        if let html = mail.html { try page(html) }
    }

    private static func reply(_ text: String) throws {
        let joined = ReplyTrimmer.parts(of: text).blocks.map(\.text).joined(separator: "\n")
        try Broken.unless(joined == text, "a line was lost between reply, history and signature")
    }

    private static func page(_ html: String) throws {
        let once = HTMLSanitizer().sanitized(html).html
        try Broken.unless(HTMLSanitizer().sanitized(once).html == once, "safe at the second time only")
        let lowered = once.lowercased()
        try Broken.unless(
            ["<script", "<style", "<svg", "<iframe", "<object", "<form"].allSatisfy { !lowered.contains($0) }, "what runs is left")
    }
}
