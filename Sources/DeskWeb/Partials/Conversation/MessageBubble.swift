package import DeskCore

/// One message as it is shown: the bubble, and all that hangs on it.
package struct MessageBubble: PartialModel {
    package static let template = "partials.message"

    package let elementID: String
    /// `inbound`, `outbound`, `echo`, `note` or `system`: the style's modifier.
    package let direction: String
    package let isNote: Bool
    package let isSystem: Bool
    /// Who wrote it, before the words: the contact to a screen reader, the member's name on a reply, "Desde el teléfono" on an echo.
    package let author: String
    package let showsAuthor: Bool
    package let time: String
    package let machineTime: String
    /// Day and hour, for the title of the hour.
    package let fullTime: String
    /// The language of the message itself, when known (BCP 47).
    package let languageTag: String?
    package let quote: Quote?
    package let referral: ReferralView?
    package let isForwarded: Bool
    /// Of a mail: instead of `text`.
    package let mail: MailView?
    package let text: [TextRun]
    package let hasText: Bool
    /// "Eligió una opción" over the words of a pressed button or chosen row.
    package let choiceLabel: String?
    /// What a list's row said beneath its title.
    package let choiceDetail: String?
    /// The answers of a form that the contact filled in.
    package let form: [Fact]
    package let hasForm: Bool
    package let images: [MediaView]
    package let stickers: [MediaView]
    package let videos: [MediaView]
    package let sounds: [SoundView]
    package let documents: [DocumentView]
    package let missingFiles: [MissingFileView]
    package let location: LocationView?
    package let contacts: [ContactCard]
    package let order: OrderView?
    package let reactions: [ReactionView]
    package let hasReactions: Bool
    /// Reactions of ours of which something is to be told.
    package let reactionNotices: [ReactionNotice]
    /// Nil where nothing can be done with it: our own messages, and those that were taken back.
    package let acts: MessageActs?
    /// "Editado" / "Editado 10:45".
    package let editedWords: String?
    package let isDeleted: Bool
    /// What kind of thing it was that we cannot show, and where to look.
    package let unsupportedWords: String?
    /// Nil for what did not go out from here.
    package let delivery: DeliveryView?

    /// Whose words a message carries.
    package enum Direction: Sendable {
        case inbound(contactName: String)
        /// A reply from this desk, by a member.
        case outbound(authorName: String)
        /// The principal answered from their own phone.
        case echo
        /// Internal; the contact never sees it.
        case note(authorName: String)
    }

    /// What happened to a message after it was written.
    package struct Changes: Sendable {
        package var editedAt: Instant?
        package var isDeleted: Bool
        package var reactions: [ReactionView]
        package var notices: [ReactionNotice]

        package init(
            editedAt: Instant? = nil, isDeleted: Bool = false, reactions: [ReactionView] = [], notices: [ReactionNotice] = []
        ) {
            self.editedAt = editedAt
            self.isDeleted = isDeleted
            self.reactions = reactions
            self.notices = notices
        }
    }

    /// - Parameters:
    ///   - id: our id of the message; its files are at `/attachments/{id}/{index}`.
    ///   - content: as the channel gave it. An attachment without `blob` is shown as still arriving.
    ///   - sentAt: by the provider's time.
    ///   - quote: the message that it answers, found by `quotedProviderID`; nil when it quotes none.
    ///   - failedAttachments: indexes of files that could not be fetched for good.
    ///   - delivery: nil for inbound, echo and note.
    ///   - acts: what can be done with it; nil for nothing.
    ///   - showsSubject: of a mail, whether its subject is told here.
    package init(
        id: String, direction: Direction, content: MessageContent, sentAt: Instant, languageTag: String? = nil, quote: Quote? = nil,
        changes: Changes = Changes(), failedAttachments: Set<Int> = [], delivery: DeliveryView? = nil, acts: MessageActs? = nil,
        showsSubject: Bool = false, wording: Wording
    ) {
        let files = AttachedFiles(content.attachments, messageID: id, failed: failedAttachments, wording: wording)
        let look = Look(direction, kind: content.kind, wording: wording)
        elementID = Self.elementID(of: id)
        self.direction = look.modifier
        isNote = look.modifier == "note"
        isSystem = look.modifier == "system"
        author = look.author
        showsAuthor = look.showsAuthor
        time = wording.timeOfDay(sentAt)
        machineTime = wording.machineTime(sentAt)
        fullTime = wording.moment(sentAt)
        self.languageTag = languageTag
        self.quote = quote
        referral = content.referral.map { ReferralView($0) }
        isForwarded = content.isForwarded
        isDeleted = changes.isDeleted
        let shown = changes.isDeleted ? MessageContent(kind: content.kind) : content
        mail = shown.mail.map {
            MailView(
                $0, text: shown.text, messageID: id, isInbound: look.modifier == "inbound", showsSubject: showsSubject, wording: wording)
        }
        text = shown.mail == nil ? TextRun.runs(of: shown.text) : []
        hasText = !text.isEmpty
        choiceLabel = Self.choiceLabel(content.kind, wording)
        let answers = content.form ?? []
        choiceDetail = answers.first { $0.name == Self.detailName }?.value
        form = answers.filter { $0.name != Self.detailName }.map { Fact(label: $0.name, value: $0.value) }
        hasForm = !form.isEmpty
        images = files.images
        stickers = files.stickers
        videos = files.videos
        sounds = files.sounds
        documents = files.documents
        missingFiles = files.missing
        location = content.location.map { LocationView($0) }
        contacts = content.sharedContacts.map { ContactCard($0, wording: wording) }
        order = content.order.map { OrderView($0, wording: wording) }
        reactions = changes.reactions
        hasReactions = !changes.reactions.isEmpty
        reactionNotices = changes.notices
        self.acts = acts
        editedWords = changes.editedAt.map { wording.text("message.edited", ["moment": wording.moment($0)]) }
        unsupportedWords = content.kind == .unsupported ? Self.unsupportedWords(content, wording) : nil
        self.delivery = delivery
    }

    /// The id of the message's element, the target of live updates and of links to it.
    package static func elementID(of messageID: String) -> String { "message-\(messageID)" }

    private static let detailName = "description"

    private static func choiceLabel(_ kind: MessageKind, _ wording: Wording) -> String? {
        switch kind {
        case .button: wording.text("message.choice.button")
        case .interactive: wording.text("message.choice.interactive")
        default: nil
        }
    }

    private static func unsupportedWords(_ content: MessageContent, _ wording: Wording) -> String {
        let codes = content.providerErrorCodes.map(String.init).joined(separator: ", ")
        return codes.isEmpty ? wording.text("message.unsupported") : wording.text("message.unsupportedCode", ["codes": codes])
    }
}

/// How a direction looks and is announced.
private struct Look {
    let modifier: String
    let author: String
    let showsAuthor: Bool

    init(_ direction: MessageBubble.Direction, kind: MessageKind, wording: Wording) {
        switch direction {
        case .inbound(let contactName):
            (modifier, author, showsAuthor) = (kind == .system ? "system" : "inbound", contactName, false)
        case .outbound(let authorName):
            (modifier, author, showsAuthor) = ("outbound", authorName, true)
        case .echo:
            (modifier, author, showsAuthor) = ("echo", wording.text("message.fromPhone"), true)
        case .note(let authorName):
            (modifier, author, showsAuthor) = ("note", wording.text("message.noteBy", ["name": authorName]), true)
        }
    }
}
