import DeskCore
import DeskServices
import DeskWeb

/// Puts a conversation that was read into view models, for one viewer and their language.
struct ConversationViewing {
    let reading: ConversationReading
    let viewer: User.ID
    let limits: ChannelLimits?
    let abilities: Set<ChannelAbility>
    let wording: Wording

    init(reading: ConversationReading, viewer: User.ID, channels: any ChannelGateway, wording: Wording) {
        let channel = reading.row.summary.inbox.channel
        self.reading = reading
        self.viewer = viewer
        limits = channels.limits(of: channel)
        abilities = channels.abilities(of: channel)
        self.wording = wording
    }

    private var conversation: Conversation { reading.row.summary.conversation }
    private var contact: Contact { reading.row.summary.contact }
    private var inbox: Inbox { reading.row.summary.inbox }

    /// What came back from a send that was stopped.
    struct Returned {
        var text: String
        var idempotencyKey: String
        var error: String?
        var stale: StaleNotice?
        var promise = ""
    }

    var header: ConversationHeader {
        ConversationHeader(
            conversationID: conversation.id.text, contactName: contact.displayName, contactAddress: address,
            channelName: wording.channelName(inbox.channel), inboxName: inbox.name, subject: subject,
            owed: reading.row.owed,
            assignee: reading.row.assignee(for: viewer), snoozedUntil: conversation.snoozedUntil, window: windowView,
            promises: promises, escalation: reading.row.summary.escalation, wording: wording)
    }

    /// What the newest mail is about; nil where there is none.
    private var subject: String? {
        reading.messages.last { $0.content.mail != nil }.flatMap(\.content.mail).map { mail in
            let shared = MailSubject.shared(mail.subject)
            return shared.isEmpty ? wording.text("mail.noSubject") : shared
        }
    }

    /// Whether a mail is about something else than the one before it, or, as the first on the page, than the heading says.
    private func changesSubject(_ message: Message) -> Bool {
        guard let mail = message.content.mail else { return false }
        let before = reading.messages.last { $0.position < message.position && $0.content.mail != nil }.flatMap(\.content.mail)
        let newest = reading.messages.last { $0.content.mail != nil }.flatMap(\.content.mail)
        return MailSubject.shared(mail.subject) != MailSubject.shared((before ?? newest)?.subject ?? "")
    }

    private var promises: [PromiseView] {
        reading.commitments.map { PromiseView(commitmentID: $0.id.text, text: $0.text, due: $0.dueAt, wording: wording) }
    }

    var timeline: [TimelineEntry] {
        TimelineEntry.entries(for: reading.messages.map { (message: bubble($0), at: $0.sentAt) }, wording: wording)
    }

    var panel: ContextPanel {
        ContextPanel(
            header: header, facts: facts,
            notes: reading.notes.suffix(5).reversed().map { note in
                NoteView(author: name(of: note.author), text: note.content.text, at: note.sentAt, wording: wording)
            },
            receiptPath: reading.lastReply.map { "/ledger/receipts/\($0.id.text)" },
            covered: reading.sight.isMasked ? ContextPanel.Covered(mayReveal: reading.sight.mayReveal) : nil,
            classification: ContextPanel.Classification(
                topic: conversation.topic, contactClass: contact.contactClass, classes: reading.sight.classes, wording: wording))
    }

    func composer(idempotencyKey: String, returned: Returned? = nil) -> Composer {
        Composer(
            conversationID: conversation.id.text, answers: reading.answers?.id.text, quote: quoteBox,
            showsTyping: reading.showsTyping && abilities.contains(.typing), version: conversation.version,
            seenThrough: conversation.lastPosition,
            idempotencyKey: returned?.idempotencyKey ?? idempotencyKey,
            draft: returned?.text ?? reading.draft, blocked: blockedWords, error: returned?.error, stale: returned?.stale, undo: undoBar,
            dismissal: reading.dismissed.map {
                DismissalBar(conversationID: $0.conversation.text, contactName: $0.contactName, wording: wording)
            }, promiseText: returned?.promise ?? "", promises: promises,
            recipient: answeredMail.map { _ in reading.row.summary.contact.recipientName }, copies: otherPeople,
            isOwed: reading.row.summary.obligation != nil, maximumLength: limits?.maximumTextLength,
            acceptedTypes: "image/jpeg,image/png,audio/*,video/mp4,application/pdf,text/plain", wording: wording)
    }

    private var answeredMail: MailContent? { reading.answered?.content.mail }

    /// Whom a reply can go to besides the contact; nobody for a viewer to whom addresses are covered.
    private var otherPeople: [MailParty] {
        guard let answeredMail, !reading.sight.isMasked else { return [] }
        let summary = reading.row.summary
        return MailReply.people(
            in: answeredMail, without: Set([summary.inbox.account] + summary.contact.identities.map(\.value)).lowercased)
    }

    func bubble(_ message: Message) -> MessageBubble {
        MessageBubble(
            id: message.id.text, direction: direction(of: message), content: message.content, sentAt: message.sentAt,
            quote: message.content.quotedProviderID.flatMap(quote), changes: changes(of: message),
            failedAttachments: Set(message.content.attachments.indices.filter { message.content.attachments[$0].failure != nil }),
            delivery: delivery(of: message), acts: acts(on: message),
            showsSubject: changesSubject(message), wording: wording)
    }

    /// What came after the last message that the writer had seen, for a send that was stopped because of it.
    func stale(after position: Int) -> StaleNotice {
        let items = reading.messages.filter { $0.position > position }.map { message in
            StaleNotice.Item(
                author: authorName(of: message), words: MessageSummary.words(message.content, wording: wording),
                time: wording.timeOfDay(message.sentAt))
        }
        return StaleNotice(items: items, wording: wording)
    }

    /// Why a reply was not taken.
    /// - Parameters:
    ///   - hasFiles: the words would have gone beneath a file, where channels take fewer.
    ///   - maximumBytes: of the largest kind of file that was attached.
    func problem(_ code: DeskError.Code, hasFiles: Bool, maximumBytes: Int?) -> String {
        let limit: String? =
            switch code {
            case .replyTooLong: limits.map { String(hasFiles ? $0.maximumCaptionLength : $0.maximumTextLength) }
            case .attachmentTooLarge: maximumBytes.map { wording.byteCount($0) }
            default: nil
            }
        return wording.problem(code, ["limit": limit ?? ""])
    }

    // MARK: - Parts

    private var windowView: ReplyWindowView? {
        window.closesAt.map { ReplyWindowView(channelName: wording.channelName(inbox.channel), closesAt: $0, wording: wording) }
    }

    private var window: ReplyWindow {
        ReplyWindow(length: limits?.replyWindow, lastInboundAt: conversation.lastInboundAt, now: wording.now)
    }

    private var blockedWords: String? {
        guard case .closed(let since) = window else { return nil }
        return ReplyWindowView(channelName: wording.channelName(inbox.channel), closesAt: since, wording: wording).words
    }

    /// What was asked for, or the offer to quote what is answered.
    private var quoteBox: ComposerQuote? {
        guard let message = reading.quote ?? reading.answered, message.quotableProviderID != nil else { return nil }
        return ComposerQuote(
            messageID: message.id.text, author: authorName(of: message), words: quotedWords(message), isChosen: reading.quote != nil,
            wording: wording)
    }

    private func quotedWords(_ message: Message) -> String { MessageSummary.words(message.content, limit: 80, wording: wording) }

    private func acts(on message: Message) -> MessageActs? {
        guard message.direction == .inbound, message.quotableProviderID != nil, window.isOpen else { return nil }
        return MessageActs(
            messageID: message.id.text, conversationID: conversation.id.text, author: contact.displayName, words: quotedWords(message),
            standing: message.standingReaction?.emoji, canReact: abilities.contains(.reactions), wording: wording)
    }

    private var undoBar: UndoBar? {
        reading.held.map { held in
            UndoBar(
                messageID: held.message.id.text, snippet: MessageSummary.words(held.message.content, limit: 60, wording: wording),
                until: held.until, wording: wording)
        }
    }

    /// The number, where there is one: the ids by which a provider names people tell nobody anything.
    private var address: String {
        (contact.identities.first { $0.scheme == .phone } ?? contact.identities.first)?.value ?? ""
    }

    private var facts: [Fact] {
        [
            Fact(.address, address, wording: wording), Fact(.channel, wording.inbox(inbox), wording: wording),
        ]
    }

    private func direction(of message: Message) -> MessageBubble.Direction {
        switch message.direction {
        case .inbound: .inbound(contactName: contact.displayName)
        case .outbound: .outbound(authorName: name(of: message.author))
        case .echo: .echo
        case .note:
            message.content.kind == .system ? .inbound(contactName: contact.displayName) : .note(authorName: name(of: message.author))
        }
    }

    private func name(of author: User.ID?) -> String { author.flatMap { reading.authors[$0] } ?? "?" }

    private func authorName(of message: Message) -> String {
        switch message.direction {
        case .inbound: contact.displayName
        case .echo: wording.text("message.fromPhone")
        case .outbound, .note: name(of: message.author)
        }
    }

    private func quote(_ providerID: String) -> Quote? {
        reading.quoted[providerID].map { quoted in
            Quote(
                author: authorName(of: quoted), snippet: MessageSummary.words(quoted.content, limit: 80, wording: wording),
                path: "#" + MessageBubble.elementID(of: quoted.id.text))
        }
    }

    private func changes(of message: Message) -> MessageBubble.Changes {
        MessageBubble.Changes(
            editedAt: message.editedAt, isDeleted: message.deletedAt != nil, reactions: message.reactions.map(reaction),
            notices: message.reactions.compactMap { ReactionNotice($0, of: message.id.text, wording: wording) })
    }

    private func reaction(_ reaction: MessageReaction) -> ReactionView {
        let author = reaction.attempt.map { name(of: $0.author) } ?? wording.text("message.fromPhone")
        let isSure = reaction.attempt.map { $0.state == .accepted } ?? true
        return ReactionView(
            emoji: reaction.emoji, authorName: reaction.author == .contact ? contact.displayName : author, isOurs: reaction.author == .us,
            isUnsure: !isSure, wording: wording)
    }

    private func delivery(of message: Message) -> DeliveryView? {
        guard let state = message.delivery, let status = DeliveryView.Status(rawValue: state.name) else { return nil }
        let failure: DeliveryFailure? = if case .failed(let failure) = state { failure } else { nil }
        return DeliveryView(
            messageID: message.id.text, status: status, calls: reading.calls[message.id] ?? 0, failure: failure.map(wording.failure),
            canRetry: failure != nil && window.isOpen, wording: wording)
    }
}

extension Contact {
    /// The name with the address, as a mail is addressed.
    fileprivate var recipientName: String {
        let address = identities.first?.value ?? "?"
        return name.map { "\($0) <\(address)>" } ?? address
    }
}

extension Set<String> {
    fileprivate var lowercased: Set<String> { Set(map { $0.lowercased() }) }
}
