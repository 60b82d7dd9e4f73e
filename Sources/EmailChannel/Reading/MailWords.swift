import DeskCore
import MailFormat

/// What a mail says and brings along: its text parted into what was written for it and what is repeated, and its files.
struct MailWords {
    private let mail: Mail
    private let source: String?

    /// - Parameter source: the file of the blob store that holds the mail.
    init(_ mail: Mail, source: String?) {
        self.mail = mail
        self.source = source
    }

    func content(_ frame: MailContent) -> MessageContent {
        let parts = ReplyTrimmer.parts(of: mail)
        let stray = mail.strayText.map { [MailBlock(.reply, $0)] } ?? []
        let blocks = parts.blocks.map { MailBlock(kind(of: $0.kind), $0.text) } + stray
        let whole = blocks.map(\.text).joined(separator: "\n")
        var frame = frame
        // One block says nothing that the text doesn't.
        frame.blocks = blocks.contains { $0.kind != .reply } ? blocks : []
        let written = ([parts.reply] + stray.map(\.text)).filter { !$0.isEmpty }.joined(separator: "\n")
        return MessageContent(kind: .email, text: written.isEmpty ? whole : written, attachments: attachments, mail: frame)
    }

    private func kind(of kind: ReplyText.Kind) -> MailBlock.Kind {
        switch kind {
        case .reply: .reply
        case .quoted: .quoted
        case .signature: .signature
        }
    }

    private var attachments: [Attachment] {
        mail.attachments.enumerated().map { index, part in
            let handle = part.isMessage ? nil : source.map { MailPartHandle(source: $0, index: index).text }
            return Attachment(
                kind: MessageKind(mediaType: part.mediaType), providerMediaID: handle, mediaType: part.mediaType, fileName: name(of: part),
                byteCount: part.isMessage ? nil : part.content.count, failure: handle == nil ? "only_in_source" : nil)
        }
    }

    private func name(of part: MailPart) -> String? {
        if let name = part.fileName { return name }
        return part.isMessage ? part.enclosedHeaders?.text("Subject") : nil
    }
}

/// Where a file of a mail is: in which mail, and the how manieth attachment.
struct MailPartHandle {
    let source: String
    let index: Int

    init(source: String, index: Int) {
        self.source = source
        self.index = index
    }

    init?(_ text: String) {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let index = Int(parts[1]), index >= 0 else { return nil }
        self.init(source: String(parts[0]), index: index)
    }

    var text: String { "\(source)/\(index)" }
}
