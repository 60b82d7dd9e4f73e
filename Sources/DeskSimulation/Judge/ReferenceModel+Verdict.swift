import DeskCore

/// What follows from what happened outside, for one conversation as the desk has it.
extension ReferenceModel {
    func violations(in view: ConversationView, contact: SimulatedContact) -> [Violation] {
        membership(view, contact) + order(view) + outbound(view) + owed(view, contact) + promised(view) + reacted(view)
    }

    /// Everything that was acknowledged, by provider's id.
    var acknowledged: [WrittenMessage] {
        written.values.filter(\.isAcknowledged).sorted { $0.id < $1.id }
    }

    /// Only what this contact wrote, once each.
    private func membership(_ view: ConversationView, _ contact: SimulatedContact) -> [Violation] {
        (view.inbound + view.echoes).compactMap { message in
            guard let id = message.providerID, let known = written[id] else {
                return Violation(.storedOnce, "\(message.providerID ?? "a message without an id") was never written")
            }
            guard known.contact == view.contact, known.isEcho == (message.direction == .echo) else {
                return Violation(.storedOnce, "\(id) is in the conversation of \(contact.name), or on the wrong side of it")
            }
            return nil
        }
    }

    private func order(_ view: ConversationView) -> [Violation] {
        let places = view.messages.map(\.position)
        guard places != Array(1...max(1, places.count)).prefix(places.count).map({ $0 }) else { return [] }
        return [Violation(.orderAndLattice, "the places are \(places)")]
    }

    private func outbound(_ view: ConversationView) -> [Violation] {
        view.outbound.flatMap { message -> [Violation] in
            let text = message.content.text
            guard let answer = answers[text], let attempt = view.attempts[message.id] else {
                return [Violation(.sentOnce, "“\(text)” is in the desk, and was never written or has no attempt")]
            }
            return claims(of: attempt, message, answer) + unseen(by: answer, message, view)
        } + twins(view) + overtaken(view)
    }

    /// Replies reach the contact in the order in which they were written; but for those that a person sent again, and those that the
    /// network brought long after we had given up on them.
    private func overtaken(_ view: ConversationView) -> [Violation] {
        let texts = view.outbound.map(\.content.text).filter { answers[$0]?.allowed == 1 }
        let arrivals = texts.compactMap { text in receipts.firstIndex { $0.text == text && !$0.isLate }.map { (text: text, place: $0) } }
        return zip(arrivals, arrivals.dropFirst()).filter { $0.place > $1.place }.map { earlier, later in
            Violation(.sentOnce, "“\(later.text)” overtook “\(earlier.text)”")
        }
    }

    private func claims(of attempt: Attempt, _ message: Message, _ answer: Answer) -> [Violation] {
        var found: [Violation] = []
        if message.delivery != attempt.state {
            found.append(Violation(.orderAndLattice, "“\(answer.text)” shows another state than its attempt has"))
        }
        if attempt.state.isTaken, answer.receipts == 0, !answer.isSaidToBeSent {
            found.append(Violation(.sentOnce, "“\(answer.text)” is called \(attempt.state.name), and nobody received it"))
        }
        return found
    }

    private func unseen(by answer: Answer, _ message: Message, _ view: ConversationView) -> [Violation] {
        let before = view.inbound.filter { $0.position < message.position }.compactMap(\.providerID)
        let unseen = before.filter { !answer.seen.contains($0) }
        guard !unseen.isEmpty else { return [] }
        return [Violation(.seenBeforeAnswering, "“\(answer.text)” was taken, though its author had not seen \(unseen)")]
    }

    private func twins(_ view: ConversationView) -> [Violation] {
        let texts = view.outbound.map(\.content.text)
        guard Set(texts).count < texts.count else { return [] }
        return [Violation(.sentOnce, "the desk has a reply twice: \(texts.sorted())")]
    }
}

extension ReferenceModel {
    /// What passes for a reaction of ours was really put.
    private func reacted(_ view: ConversationView) -> [Violation] {
        view.inbound.compactMap { message in
            guard let standing = message.standingReaction, standing.attempt?.state == .accepted, let id = message.providerID,
                reactions[id]?.called ?? 0 == 0
            else { return nil }
            return Violation(.sentOnce, "our reaction to \(id) is called accepted, and the provider was never called")
        }
    }
}

/// What is owed: everything of the contact's that no taken reply, no answer from the phone and no dismissal covers.
extension ReferenceModel {
    private func owed(_ view: ConversationView, _ contact: SimulatedContact) -> [Violation] {
        let surely = uncovered(view) { $0 != false }
        let perhaps = uncovered(view) { $0 == true }
        guard surely.isEmpty || view.open != nil else {
            return [Violation(.owed, "\(contact.name) waits for an answer to \(surely.map(\.id)), and nothing is owed")]
        }
        // Of one that is known by its edit only, the desk can't know the age yet.
        let known = surely.filter { $0.isAcknowledged && !unread.contains($0.id) }
        if let open = view.open, let oldest = known.map(\.sentAt).min() {
            guard open.owedSince <= oldest, open.dueAt <= oldest + .minutes(60) else {
                return [Violation(.owed, "what is owed to \(contact.name) passes for younger than it is: \(surely.map(\.id))")]
            }
        }
        guard isPlain(view) else { return [] }
        guard let open = view.open else { return [] }
        guard let oldest = perhaps.map(\.sentAt).min() else {
            return [Violation(.owed, "\(contact.name) has every answer, and something is owed")]
        }
        guard open.owedSince >= oldest else {
            return [Violation(.owed, "what is owed to \(contact.name) passes for older than it is")]
        }
        return []
    }

    /// - Parameter counts: whether a dismissal counts, by what is known of it.
    private func uncovered(_ view: ConversationView, dismissal counts: (Bool?) -> Bool) -> [WrittenMessage] {
        let replies = view.outbound.filter { $0.delivery?.isTaken == true }.compactMap { answers[$0.content.text]?.seen }
        let words = dismissals.filter { $0.contact == view.contact && counts($0.isCertain) }.map(\.seen)
        let covered = (replies + words).reduce(into: Set<String>()) { $0.formUnion($1) }
        return view.inbound.compactMap { message in
            guard let id = message.providerID, let known = written[id], !covered.contains(id) else { return nil }
            let isAnsweredByPhone = view.echoes.contains { echo in
                echo.position > message.position && echo.providerID.flatMap { written[$0] }.map { $0.sentAt >= known.sentAt } ?? false
            }
            return isAnsweredByPhone ? nil : known
        }
    }

    /// Whether the contact's messages came in the order in which they were written, each with its own time (one that is known by its
    /// edit only has the edit's), and no reply failed: what is owed has exactly its age then. Else it may pass for older than it is, or be owed too much: the desk forgets nothing, rather than too little.
    private func isPlain(_ view: ConversationView) -> Bool {
        let sent = view.inbound.compactMap { $0.providerID.flatMap { written[$0]?.sentAt } }
        guard sent == view.inbound.map(\.sentAt) else { return false }
        let hasFailed = view.outbound.contains { message in
            if case .failed = message.delivery { return true }
            return (answers[message.content.text]?.allowed ?? 1) > 1
        }
        return zip(sent, sent.dropFirst()).allSatisfy { $0 <= $1 } && !hasFailed
    }
}

/// What was promised is owed from when the contact may have read it until a taken reply keeps it, or a person says otherwise.
extension ReferenceModel {
    private func promised(_ view: ConversationView) -> [Violation] {
        view.outbound.compactMap { message -> Violation? in
            let text = message.content.text
            guard let answer = answers[text], answer.promise == .given, let state = message.delivery else { return nil }
            let keepers = view.outbound.filter { answers[$0.content.text]?.keeps.contains(message.id) == true }
            let isKept = keepers.contains { $0.delivery?.isTaken == true }
            let isOwed = view.promises.contains(message.id)
            if state.isTaken, !isKept, !isOwed {
                return Violation(.owed, "what “\(text)” promised is not kept, and not owed")
            }
            guard answer.allowed == 1, isOwed else { return nil }
            switch state {
            case .held, .queued, .undone, .failed: return Violation(.owed, "“\(text)” is \(state.name), and its promise is owed")
            case .sending, .unknown, .accepted, .delivered, .read: break
            }
            guard !keepers.isEmpty, keepers.allSatisfy({ $0.delivery?.isTaken == true }) else { return nil }
            return Violation(.owed, "what “\(text)” promised was kept, and is owed")
        }
    }
}
