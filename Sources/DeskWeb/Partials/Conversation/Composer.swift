package import DeskCore

/// Where the answer is written. Its form works without JavaScript; the hidden fields make a second send harmless.
package struct Composer: PartialModel {
    package static let template = "partials.composer"

    package let conversationID: String
    /// The inbound message that the reply answers; nil when there is none to answer, and then nothing can be sent.
    package let answers: String?
    /// The conversation's version that the writer saw.
    package let version: String
    /// The place of the newest message that the writer saw.
    package let seenThrough: String
    package let idempotencyKey: String
    package let draft: String
    /// The message that can be shown to the contact above the answer.
    package let quote: ComposerQuote?
    /// Where the browser tells that somebody writes; nil where contacts are not to be shown it.
    package let typingPath: String?
    /// Whether a reply can be written now.
    package let canReply: Bool
    /// Why not.
    package let blockedWords: String?
    /// Why the last try was not sent; the draft was kept.
    package let errorWords: String?
    package let stale: StaleNotice?
    package let undo: UndoBar?
    package let dismissal: DismissalBar?
    package let isOwed: Bool
    /// "Hasta 4096 letras."
    package let limitWords: String?
    package let maximumLength: Int?
    /// Media types for the file chooser: `image/*,application/pdf`.
    package let acceptedTypes: String
    package let snoozeChoices: [Choice]
    package let reasonChoices: [Choice]
    package let promise: PromiseForm
    /// Of a mail: to whom it goes.
    package let recipientWords: String?
    /// Who may get it as well.
    package let copies: [CopyChoice]
    package let hasCopies: Bool
    /// Promises that the reply may keep.
    package let promises: [PromiseView]
    package let hasPromises: Bool

    /// - Parameters:
    ///   - answers: the latest inbound message; nil blocks writing.
    ///   - seenThrough: the position of the last message on the writer's screen.
    ///   - idempotencyKey: fresh for each rendering of an empty composer; the same again when the form comes back with an error.
    ///   - blocked: why no reply can go now, in words (the window is closed, the workspace is frozen); nil when one can.
    ///   - snoozeChoices: see `Wording.snoozeChoices`.
    package init(
        conversationID: String, answers: String?, quote: ComposerQuote? = nil, showsTyping: Bool = false, version: Int,
        seenThrough: Int = 0,
        idempotencyKey: String, draft: String = "", blocked: String? = nil, error: String? = nil, stale: StaleNotice? = nil,
        undo: UndoBar? = nil, dismissal: DismissalBar? = nil, promiseText: String = "", promises: [PromiseView] = [],
        recipient: String? = nil, copies: [MailParty] = [], isOwed: Bool,
        maximumLength: Int? = 4_096, acceptedTypes: String = "", wording: Wording
    ) {
        self.conversationID = conversationID
        self.answers = answers
        self.version = String(version)
        self.seenThrough = String(seenThrough)
        self.idempotencyKey = idempotencyKey
        self.draft = draft
        self.quote = quote
        typingPath = showsTyping ? "/conversations/\(conversationID)/typing" : nil
        canReply = answers != nil && blocked == nil
        blockedWords = blocked ?? (answers == nil ? wording.text("composer.nothingToAnswer") : nil)
        errorWords = error
        self.stale = stale
        self.undo = undo
        self.dismissal = dismissal
        promise = PromiseForm(text: promiseText, wording: wording)
        recipientWords = recipient.map { wording.text("composer.mailTo", ["name": $0]) }
        self.copies = copies.prefix(CopyChoice.most).enumerated().map { CopyChoice(index: $0, party: $1) }
        hasCopies = !copies.isEmpty
        self.promises = promises
        hasPromises = !promises.isEmpty
        self.isOwed = isOwed
        limitWords = maximumLength.map { wording.text("composer.limit", ["count": String($0)]) }
        self.maximumLength = maximumLength
        self.acceptedTypes = acceptedTypes
        snoozeChoices = wording.snoozeChoices
        reasonChoices = NoReplyReason.allCases.map { reason in
            Choice(value: reason.rawValue, label: wording.text("noReply.reason.\(reason.rawValue)"), isChosen: reason == .thanks)
        }
    }
}

/// Somebody else whom the answered mail names: gets the reply only if their box is ticked.
package struct CopyChoice: Sendable {
    /// More people than this are answered from a mail program.
    package static let most = 30

    package let field: String
    package let address: String
    package let name: String

    package init(index: Int, party: MailParty) {
        field = Self.field(index)
        address = party.address
        name = party.name
    }

    /// The name of the box of the how manieth person.
    package static func field(_ index: Int) -> String { "copy_\(index)" }
}

/// A message that the contact can be shown above the answer: offered, or chosen already. A box to tick, so that it can be taken back.
package struct ComposerQuote: Sendable {
    package let messageID: String
    /// "Citar a Ana:"
    package let label: String
    package let words: String
    package let isChosen: Bool

    package init(messageID: String, author: String, words: String, isChosen: Bool, wording: Wording) {
        self.messageID = messageID
        label = wording.text("script.quote", ["name": author])
        self.words = words
        self.isChosen = isChosen
    }
}

/// The usual reasons why a message needs no answer; the raw value is what the form sends, beside any words in `note`.
package enum NoReplyReason: String, Sendable, CaseIterable {
    case thanks, resolved, greeting, duplicate
    case answeredElsewhere = "answered_elsewhere"
    case spam, other
}

/// The conversation changed while somebody wrote: nothing was sent, the draft is kept, and this is new.
package struct StaleNotice: Sendable {
    package struct Item: Sendable {
        package let author: String
        package let words: String
        package let time: String

        package init(author: String, words: String, time: String) {
            self.author = author
            self.words = words
            self.time = time
        }
    }

    package let title: String
    package let items: [Item]

    package init(items: [Item], wording: Wording) {
        title = items.isEmpty ? wording.problem(.staleConversation) : wording.text("composer.stale.title", count: items.count)
        self.items = items
    }
}

/// A reply that has not left yet.
package struct UndoBar: Sendable {
    package let path: String
    package let snippet: String
    package let seconds: Int
    package let untilMilliseconds: Int64

    /// - Parameter until: when the hold ends and the reply goes.
    package init(messageID: String, snippet: String, until: Instant, wording: Wording) {
        path = "/messages/\(messageID)/undo"
        self.snippet = snippet
        seconds = max(0, Int((until - wording.now).wholeSeconds))
        untilMilliseconds = until.microseconds / 1_000
    }
}

/// Somebody just said that no answer is needed: it can be brought back.
package struct DismissalBar: Sendable {
    package let path: String
    /// "Ana Beltrán: no hace falta responder".
    package let words: String

    package init(conversationID: String, contactName: String, wording: Wording) {
        path = "/conversations/\(conversationID)/no-reply-needed/undo"
        words = wording.text("dismissal.words", ["name": contactName])
    }
}

extension Wording {
    /// When a conversation may come back: in an hour, in three, tomorrow at nine. The values are RFC 3339, in UTC.
    package var snoozeChoices: [Choice] {
        let tomorrow = nextMorning(hour: 9)
        return [
            Choice(value: machineTime(now + .hours(1)), label: text("snooze.oneHour")),
            Choice(value: machineTime(now + .hours(3)), label: text("snooze.threeHours")),
            Choice(value: machineTime(tomorrow), label: text("snooze.tomorrow", ["time": timeOfDay(tomorrow)])),
        ]
    }
}
