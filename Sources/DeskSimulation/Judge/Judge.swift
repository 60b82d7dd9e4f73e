import DeskCore
import DeskServices
import Synchronization

/// Compares what happened outside with what the desk has, after every step, and keeps what must not be.
final class Judge: Sendable {
    private struct State {
        var model = ReferenceModel()
        var violations: [Violation] = []
        var touched: Set<Conversation.ID> = []
        var views: [Conversation.ID: ConversationView] = [:]
        /// Since when the desk knows each conversation's contact by the number of now.
        var phones: [Conversation.ID: (phone: ProviderIdentity, since: Instant)] = [:]
        var lattice = Lattice()
        var chain: LedgerChain
        var escalations: Set<[String]> = []
        var isDirty = false
        var checks = 0

        /// How often each message is in the desk, by provider's id.
        var stored: [String: Int] {
            views.values.lazy.flatMap(\.received).reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
    }

    private let state: Mutex<State>
    private let cast: Cast
    private let time: SimulatedTime
    private let story: Story

    init(_ cast: Cast, _ time: SimulatedTime, _ story: Story) {
        state = Mutex(State(chain: LedgerChain(of: cast.workspace.id)))
        self.cast = cast
        self.time = time
        self.story = story
    }

    var violations: [Violation] { state.withLock { $0.violations } }
    var checks: Int { state.withLock { $0.checks } }

    func complain(_ found: [Violation]) {
        guard !found.isEmpty else { return }
        for violation in found { story.tell("‼ \(violation)") }
        state.withLock { $0.violations += found }
    }

    func committed(_ events: [DeskEvent]) {
        state.withLock { state in
            state.isDirty = true
            state.touched.formUnion(events.compactMap(\.conversation))
        }
    }

    /// Looks at what changed since the last time.
    /// - Parameter messages: provider's ids of the messages in a request's body.
    func check(_ session: any StorageSession, messages: ([UInt8]) -> [String]) throws {
        guard state.withLock({ $0.isDirty }) else { return }
        let touched = state.withLock { state in
            defer { state.touched = [] }
            state.isDirty = false
            state.checks += 1
            return state.touched
        }
        let unread = try givenUp(session, messages)
        state.withLock { $0.model.unread = unread }
        for id in touched.sorted() {
            guard let view = try ConversationView(id, cast, session) else { continue }
            note(view)
        }
        complain(try inspect(touched.sorted(), session) + lost(session, messages))
    }

    private func note(_ view: ConversationView) {
        let (id, now) = (view.conversation.id, time.now())
        state.withLock { state in
            state.views[id] = view
            guard let phone = view.phone, state.phones[id]?.phone != phone else { return }
            state.phones[id] = (phone, now)
        }
    }

    private func inspect(_ touched: [Conversation.ID], _ session: any StorageSession) throws -> [Violation] {
        let workspace = cast.workspace.id
        let known = state.withLock { $0.chain.head.sequence }
        let entries = try session.ledger.entries(of: workspace, after: known, limit: 10_000)
        return state.withLock { state in
            let views = touched.compactMap { state.views[$0] }
            var found = views.flatMap { state.model.violations(in: $0, contact: cast.contacts[$0.contact]) }
            found += Self.follow(entries, &state)
            found += views.flatMap { state.lattice.violations(in: $0, state.model.answers) }
            return found + Self.accounting(state)
        }
    }

    private static func follow(_ entries: [LedgerEntry], _ state: inout State) -> [Violation] {
        for entry in entries {
            do {
                try state.chain.follow(entry)
            } catch {
                return [Violation(.ledger, "\(error)")]
            }
            state.lattice.note(entry)
            if let repeated = repeatedEscalation(entry, &state) { return [repeated] }
        }
        return []
    }

    /// Each step is made once for each wait, whatever died and came back in between. What remains after a partial answer is another wait.
    private static func repeatedEscalation(_ entry: LedgerEntry, _ state: inout State) -> Violation? {
        guard [.obligationEscalated, .commitmentEscalated].contains(entry.kind), let level = entry.details["level"] else { return nil }
        guard !state.escalations.insert([entry.subject, level, entry.details["due_at"] ?? ""]).inserted else { return nil }
        return Violation(.owed, "the \(level) was told twice of \(entry.subject)")
    }

    /// Once each over all conversations.
    private static func accounting(_ state: State) -> [Violation] {
        state.stored.filter { $0.value > 1 }.sorted { $0.key < $1.key }.map {
            Violation(.storedOnce, "\($0.key) is in the desk \($0.value) times")
        }
    }

    /// What was acknowledged is in its conversation, or waits to be projected, or stands before a person's eyes as it came.
    private func lost(_ session: any StorageSession, _ messages: ([UInt8]) -> [String]) throws -> [Violation] {
        let missing = state.withLock { state in
            let stored = state.stored
            return state.model.acknowledged.filter { stored[$0.id] == nil }.map(\.id)
        }
        guard !missing.isEmpty else { return [] }
        let waiting = try session.rawEvents.pending(limit: 10_000).flatMap { messages($0.raw.body) }
        let kept = try givenUp(session, messages).union(waiting)
        return missing.filter { !kept.contains($0) }.map {
            Violation(.acknowledgedIsKept, "\($0) was acknowledged, and is not in the desk")
        }
    }

    /// Messages in what stands before a person's eyes as it came, because the program stopped over it again and again.
    private func givenUp(_ session: any StorageSession, _ messages: ([UInt8]) -> [String]) throws -> Set<String> {
        guard try session.rawEvents.quarantinedCount() > 0 else { return [] }
        let shown = try session.rawEvents.quarantined(scope: cast.scope, limit: 10_000).filter { $0.outcome == Self.givenUp }
        return Set(shown.flatMap { messages($0.body) })
    }

    private static let givenUp = RawEventOutcome.quarantined(reason: "The program stopped over it again and again.")

    // MARK: What people and the provider report

    func written(_ message: WrittenMessage) { change { $0.write(message) } }
    func acknowledged(_ webhook: Webhook) { change { $0.acknowledge(webhook) } }
    func mayReact(to id: String) { change { $0.askForReaction(to: id) } }
    func providerReacted(to id: String) { complain([change { $0.react(to: id) }].compactMap(\.self)) }
    func moves(_ contact: Int, with notice: String) -> Int? { change { $0.move(contact, with: notice) } }
    func composed(_ answer: Answer) { change { $0.compose(answer) } }
    func approved(_ text: String, as message: Message.ID) { complain([change { $0.approve(text, as: message) }].compactMap(\.self)) }
    func refused(_ text: String) { change { $0.refuse(text) } }
    func undone(_ text: String) { change { $0.undo(text) } }
    func mayGoOnceMore(_ text: String) { change { $0.allowAnother(text) } }
    func mayBeSettled(_ text: String) { change { $0.settlePromise(of: text) } }
    func saidToBeSent(_ text: String) { change { $0.sayItWasSent(text) } }
    func mayBeDismissed(contact: Int, seen: Set<String>) -> Int { change { $0.dismiss(contact: contact, seen: seen) } }
    func dismissal(_ number: Int, isCertain: Bool) { change { $0.settleDismissal(number, isCertain: isCertain) } }
    func revoked(_ user: User.ID, at instant: Instant) { change { $0.revoke(user, at: instant) } }
    func restored(_ user: User.ID) { change { $0.restore(user) } }

    func providerTook(_ receipt: Receipt) {
        let (contacts, now) = (cast.contacts, time.now())
        complain(change { $0.take(receipt, contacts: contacts, now: now) } + outdated(receipt, now))
    }

    /// A number that the contact gave up, which the desk has known for a while: somebody else may have it.
    private func outdated(_ receipt: Receipt, _ now: Instant) -> [Violation] {
        guard receipt.recipient.scheme == .phone, !receipt.isLate else { return [] }
        let known = state.withLock { state in
            let place = state.views.values.first { view in view.outbound.contains { $0.content.text == receipt.text } }
            return place.flatMap { state.phones[$0.conversation.id] }
        }
        guard let known, known.phone != receipt.recipient, now - known.since > .minutes(3) else { return [] }
        return [Violation(.rightRecipient, "“\(receipt.text)” went to \(receipt.recipient.value), which the contact gave up")]
    }

    private func change<Value>(_ body: (inout ReferenceModel) -> Value) -> Value {
        state.withLock { state in
            state.isDirty = true
            return body(&state.model)
        }
    }

    // MARK: What people look up

    /// Provider's ids of what a contact wrote, in order.
    func messages(of contact: Int) -> [String] {
        model.written.values.filter { $0.contact == contact && !$0.isEcho }.map(\.id).sorted()
    }

    var approvedAnswers: [(text: String, message: Message.ID)] {
        model.answers.values.sorted { $0.text < $1.text }.compactMap { answer in
            answer.word == .approved ? answer.message.map { (answer.text, $0) } : nil
        }
    }

    /// Replies that surely did not arrive.
    var failedAnswers: [(text: String, message: Message.ID)] {
        views.flatMap(\.outbound).compactMap { message in
            if case .failed = message.delivery { (message.content.text, message.id) } else { nil }
        }
    }

    func moves(of contact: Int) -> Int { model.moves[contact, default: 0] }
    func answer(_ text: String) -> Answer? { model.answers[text] }
    func text(of message: Message.ID) -> String? { model.answers.values.filter { $0.message == message }.map(\.text).min() }
    func wasReceived(_ text: String) -> Bool { (model.answers[text]?.receipts ?? 0) > 0 }

    var model: ReferenceModel { state.withLock { $0.model } }
    var views: [ConversationView] { state.withLock { $0.views.sorted { $0.key < $1.key }.map(\.value) } }
}
