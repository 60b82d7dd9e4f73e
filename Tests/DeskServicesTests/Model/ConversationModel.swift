import DeskCore

/// What the desk must know of one conversation, in the simplest form that could be right: each of the contact's messages, and what
/// answered it. The desk keeps ranges and states in tables; this keeps a list, and is compared with it after every step.
struct ConversationModel {
    struct Inbound {
        let position: Int
        let sentAt: Instant
        var answeredBy: Answer?
    }

    enum Answer: Hashable {
        case reply(Message.ID)
        case echo
        case dismissal
    }

    private(set) var inbound: [Inbound] = []
    private(set) var places = 0
    private(set) var replies: [ReplyModel] = []

    var isOwed: Bool { inbound.contains { $0.answeredBy == nil } }
    var owedSince: Instant? { inbound.filter { $0.answeredBy == nil }.map(\.sentAt).min() }
    /// Whether the contact's messages arrived in the order in which they were sent, and no reply failed: what is owed has exactly its
    /// age then; else it may pass for older than it is, and never for younger.
    var isPlain: Bool { zip(inbound, inbound.dropFirst()).allSatisfy { $0.sentAt <= $1.sentAt } && replies.allSatisfy { $0.failures == 0 } }

    mutating func contactWrites(at instant: Instant) {
        places += 1
        inbound.append(Inbound(position: places, sentAt: instant))
    }

    mutating func principalAnswers(at instant: Instant) {
        places += 1
        answer(by: .echo) { $0.sentAt <= instant }
    }

    mutating func note() { places += 1 }

    mutating func dismiss() {
        answer(by: .dismissal) { _ in true }
    }

    mutating func record(_ id: Message.ID) {
        replies.append(ReplyModel(id: id, seenThrough: places))
        places += 1
    }

    /// Something happens to a reply; what it means for what is owed follows from how far the reply was and is.
    mutating func change(_ id: Message.ID, _ event: (inout ReplyModel) -> Void) {
        guard let index = replies.firstIndex(where: { $0.id == id }) else { return }
        var reply = replies[index]
        let before = reply.progress
        event(&reply)
        if reply.progress == .failed, before != .failed {
            reply.failures += 1
            for place in inbound.indices where inbound[place].answeredBy == .reply(id) { inbound[place].answeredBy = nil }
        }
        if reply.progress.isTaken, !before.isTaken { answer(by: .reply(id)) { $0.position <= reply.seenThrough } }
        replies[index] = reply
    }

    private mutating func answer(by answer: Answer, where isMeant: (Inbound) -> Bool) {
        for place in inbound.indices where inbound[place].answeredBy == nil && isMeant(inbound[place]) {
            inbound[place].answeredBy = answer
        }
    }
}

/// How far one reply got.
struct ReplyModel {
    enum Progress: Hashable {
        case waiting, sending, unknown, failed, undone
        /// 1 accepted, 2 delivered, 3 read.
        case taken(Int)

        var isTaken: Bool { if case .taken = self { true } else { false } }
    }

    let id: Message.ID
    let seenThrough: Int
    private(set) var progress = Progress.waiting
    /// Whether it waits for the end of the undo time, and was never taken up.
    private(set) var isHeld = true
    private(set) var providerID: String?
    var failures = 0
    /// How often the provider may be called: once for the author's decision, once for each later decision, and once more for each
    /// time that it surely did not take it.
    private(set) var allowedCalls = 1
    private var waiting: [(providerID: String, stage: StatusUpdate.Stage)] = []

    init(id: Message.ID, seenThrough: Int) {
        self.id = id
        self.seenThrough = seenThrough
    }

    mutating func claim() {
        progress = .sending
        isHeld = false
    }

    mutating func undo() { progress = .undone }

    /// The channel's rate was used up.
    mutating func postpone() { progress = .waiting }

    /// The program stopped while it was being sent.
    mutating func interrupt() {
        if progress == .sending { progress = .unknown }
    }

    mutating func confirm() { progress = .taken(1) }

    mutating func conclude(_ outcome: SendOutcome) {
        switch outcome {
        case .accepted(let accepted):
            if progress == .failed, providerID != accepted { progress = .taken(1) }
            providerID = accepted
            apply(.accepted)
            applyWaiting()
        case .rejected(let failure):
            if failure.isRetryable { allowedCalls += 1 }
            if progress == .sending { progress = failure.isRetryable ? .waiting : .failed }
        case .unknown:
            if progress == .sending { progress = .unknown }
        }
    }

    /// - Parameter isOurs: whether the report says which of our attempts it is about; else it waits until the provider's id is known.
    mutating func report(_ stage: StatusUpdate.Stage, of reported: String, isOurs: Bool) {
        guard isOurs || providerID == reported else { return waiting.append((reported, stage)) }
        guard !(progress == .waiting && stage == .failed) else { return }
        providerID = providerID ?? reported
        apply(stage)
        applyWaiting()
    }

    mutating func sendAgain() {
        progress = .waiting
        providerID = nil
        allowedCalls += 1
    }

    private mutating func applyWaiting() {
        guard let providerID else { return }
        let now = waiting.filter { $0.providerID == providerID }
        waiting.removeAll { $0.providerID == providerID }
        for (_, stage) in now { apply(stage) }
    }

    private mutating func apply(_ stage: StatusUpdate.Stage) {
        guard progress != .undone else { return }
        switch stage {
        case .accepted, .sent: if rank < 1 { progress = .taken(1) }
        case .failed: if rank < 2 { progress = .failed }
        case .delivered: if rank < 3 { progress = .taken(2) }
        case .read, .played, .deleted: if rank < 4 { progress = .taken(3) }
        }
    }

    private var rank: Int {
        switch progress {
        case .waiting, .sending, .unknown, .undone: 0
        case .taken(1): 1
        case .failed: 2
        case .taken(2): 3
        case .taken: 4
        }
    }
}
