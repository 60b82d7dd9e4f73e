import DeskCore

/// A message that really was written, by a contact or (echo) by the principal on the phone.
struct WrittenMessage: Sendable {
    let id: String
    let contact: Int
    let sentAt: Instant
    let isEcho: Bool
    var isAcknowledged = false
}

/// A reply that somebody really meant to send.
struct Answer: Sendable {
    enum Word: Sendable { case none, approved, refused, undone }

    let text: String
    let contact: Int
    let author: User.ID
    /// The contact's messages that the author had seen.
    let seen: Set<String>
    /// What the desk told its author last.
    var word = Word.none
    var message: Message.ID?
    /// How often the contact may receive it: once, and once more for each decision to send it again.
    var allowed = 1
    var receipts = 0
    /// A person said that the contact has it.
    var isSaidToBeSent = false
    /// Whether it promised something, and a person tried to say that it need not be kept.
    var promise = PromiseWord.none
    /// The earlier replies whose promises it was to keep.
    var keeps: Set<Message.ID> = []

    enum PromiseWord: Sendable { case none, given, perhapsSettled }
}

/// Somebody's word that no answer is needed.
struct Dismissal: Sendable {
    let contact: Int
    let seen: Set<String>
    /// Nil while nobody knows whether it was recorded.
    var isCertain: Bool?
}

/// What is true outside of the desk, in the simplest form that could be right: lists of what people did. The desk keeps ranges, states
/// and tables; this keeps none of them, and says what follows.
struct ReferenceModel: Sendable {
    private(set) var written: [String: WrittenMessage] = [:]
    private(set) var answers: [String: Answer] = [:]
    private(set) var dismissals: [Dismissal] = []
    private(set) var receipts: [Receipt] = []
    private(set) var revocations: [User.ID: Instant] = [:]
    /// Acknowledged requests with something unreadable in them.
    private(set) var unreadable: Set<String> = []
    /// Acknowledged messages that the desk could not read so far, and shows to a person as they came.
    var unread: Set<String> = []
    /// How often each contact took another number.
    private(set) var moves: [Int: Int] = [:]
    /// Who is about to, by the provider's id of the notice that says so.
    private var movers: [String: Int] = [:]
    /// How often a person asked for our reaction to a message, or for none, and how often the provider was called for it.
    private(set) var reactions: [String: (asked: Int, called: Int)] = [:]

    // MARK: What happens outside

    mutating func write(_ message: WrittenMessage) { written[message.id] = message }

    mutating func acknowledge(_ webhook: Webhook) {
        for id in webhook.messages { written[id]?.isAcknowledged = true }
        for mover in webhook.notices.compactMap({ movers.removeValue(forKey: $0) }) { moves[mover, default: 0] += 1 }
        let hasUnreadable = webhook.events.contains { if case .malformed = $0.payload { true } else { false } }
        if hasUnreadable { unreadable.insert(webhook.words) }
    }

    /// The number changes for everybody once the desk has acknowledged the notice.
    /// - Returns: how often it was changed before; nil while an earlier change is on its way.
    mutating func move(_ contact: Int, with notice: String) -> Int? {
        guard !movers.values.contains(contact) else { return nil }
        movers[notice] = contact
        return moves[contact, default: 0]
    }

    mutating func askForReaction(to id: String) { reactions[id, default: (0, 0)].asked += 1 }

    /// - Returns: what is wrong with it.
    mutating func react(to id: String) -> Violation? {
        reactions[id, default: (0, 0)].called += 1
        guard let count = reactions[id], count.called > count.asked else { return nil }
        return Violation(.sentOnce, "the provider was called \(count.called) times for a reaction to \(id), asked for \(count.asked) times")
    }

    mutating func compose(_ answer: Answer) { answers[answer.text] = answer }

    /// - Returns: what is wrong with it.
    mutating func approve(_ text: String, as message: Message.ID) -> Violation? {
        defer {
            answers[text]?.message = message
            if answers[text]?.word != .undone { answers[text]?.word = .approved }
        }
        guard let known = answers[text]?.message, known != message else { return nil }
        return Violation(.sentOnce, "“\(text)” was recorded twice under one key")
    }

    mutating func refuse(_ text: String) {
        if answers[text]?.message == nil { answers[text]?.word = .refused }
    }

    mutating func undo(_ text: String) { answers[text]?.word = .undone }

    mutating func allowAnother(_ text: String) { answers[text]?.allowed += 1 }

    mutating func settlePromise(of text: String) { answers[text]?.promise = .perhapsSettled }

    mutating func sayItWasSent(_ text: String) { answers[text]?.isSaidToBeSent = true }

    /// - Returns: its number, to be told later what became of it.
    mutating func dismiss(contact: Int, seen: Set<String>) -> Int {
        dismissals.append(Dismissal(contact: contact, seen: seen))
        return dismissals.count - 1
    }

    mutating func settleDismissal(_ number: Int, isCertain: Bool) { dismissals[number].isCertain = isCertain }

    mutating func revoke(_ user: User.ID, at instant: Instant) { revocations[user] = instant }

    mutating func restore(_ user: User.ID) { revocations[user] = nil }

    /// The provider took a message: nothing can take this back.
    /// - Returns: what is wrong with it.
    mutating func take(_ receipt: Receipt, contacts: [SimulatedContact], now: Instant) -> [Violation] {
        receipts.append(receipt)
        guard var answer = answers[receipt.text] else {
            return [Violation(.sentOnce, "“\(receipt.text)” was never written by anybody")]
        }
        answer.receipts += 1
        answers[receipt.text] = answer
        return objections(to: receipt, of: answer, contacts[answer.contact], now)
    }

    private func objections(to receipt: Receipt, of answer: Answer, _ contact: SimulatedContact, _ now: Instant) -> [Violation] {
        var found: [Violation] = []
        if answer.receipts > answer.allowed {
            found.append(Violation(.sentOnce, "the contact got “\(answer.text)” \(answer.receipts) times, allowed \(answer.allowed)"))
        }
        if !contact.owns(receipt.recipient) {
            found.append(Violation(.rightRecipient, "“\(answer.text)” went to \(receipt.recipient.value)"))
        }
        switch answer.word {
        case .none, .approved: break
        case .refused: found.append(Violation(.sentOnce, "“\(answer.text)” went out, and its author had been told that it can't"))
        case .undone: found.append(Violation(.sentOnce, "“\(answer.text)” went out, and had been taken back"))
        }
        if let revokedAt = revocations[answer.author], now - revokedAt > .minutes(3), !receipt.isLate {
            found.append(Violation(.covered, "“\(answer.text)” went out, and its author had lost access"))
        }
        return found
    }
}
