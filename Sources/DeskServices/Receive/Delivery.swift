import DeskCore

/// One delivery, within its transaction.
struct Delivery {
    let context: DeskContext
    let session: any StorageSession
    let inbox: Inbox
    let workspace: Workspace
    let now: Instant

    enum Result: Equatable {
        case projected
        case repeated
        case ignored(String)
        case quarantined(String)
    }

    func project(_ events: [ChannelEvent]) throws -> Receive.Receipt {
        let results = try events.map(isolated)
        let isRepetition = !results.isEmpty && results.allSatisfy { $0 == .repeated }
        return Receive.Receipt(outcome: Self.outcome(of: results), isRepetition: isRepetition)
    }

    /// What waits for a person is in the proof log too.
    func recordProblem(with raw: RawEvent) throws {
        guard case .quarantined = raw.outcome else { return }
        // The reason stays with the event: it may name accounts, and the ledger never forgets.
        try session.ledger.append(LedgerFact(.eventQuarantined, raw.id.text, ["inbox": inbox.id.text]), in: workspace.id, at: now)
        try session.events.append(DeskEvent(workspace: workspace.id, kind: .inboxChanged, at: now))
    }

    /// An event that is left to a person leaves no trace but itself, so that it can be tried again.
    private struct NotUnderstood: Error {
        let reason: String
    }

    /// One bad event must not take its siblings along; a store that fails must.
    private func isolated(_ event: ChannelEvent) throws -> Result {
        do {
            defer { context.faults.reach(.projected) }
            return try session.savepoint {
                let result = try project(event)
                if case .quarantined(let reason) = result { throw NotUnderstood(reason: reason) }
                return result
            }
        } catch let refusal as NotUnderstood {
            return .quarantined(refusal.reason)
        } catch let error as DeskError where error.isTransient {
            throw error
        } catch {
            return .quarantined((error as? DeskError)?.code.rawValue ?? "unexpected")
        }
    }

    private func project(_ event: ChannelEvent) throws -> Result {
        if let account = event.account, account != inbox.account, !event.isIgnored {
            return .quarantined("It concerns another account (\(account)) than this inbox's.")
        }
        let sentAt = min(event.occurredAt ?? now, now)
        switch event.payload {
        case .message(let message): return try IncomingMessage(self, message, sentAt: sentAt).project(as: .inbound)
        case .echo(let message): return try IncomingMessage(self, message, sentAt: sentAt).project(as: .echo)
        case .history(let message):
            let direction: Message.Direction = message.isFromPrincipal ? .echo : .inbound
            return try IncomingMessage(self, message, sentAt: sentAt).project(as: direction, isHistory: true)
        case .accountProblem(let codes, let text): return .quarantined("The provider reports a problem with the account: \(codes) \(text)")
        case .ignored(let reason): return .ignored(reason)
        case .malformed(let reason): return .quarantined(reason)
        case .edit, .deletion, .reaction, .status, .system: return try once(event) { try change(event.payload, sentAt: sentAt) }
        }
    }

    private func change(_ payload: ChannelEvent.Payload, sentAt: Instant) throws -> Result {
        switch payload {
        case .edit(let revision): try IncomingChange(self, at: sentAt).edit(revision)
        case .deletion(let revision): try IncomingChange(self, at: sentAt).delete(revision)
        case .reaction(let reaction): try IncomingChange(self, at: sentAt).react(reaction)
        case .system(let notice): try IncomingChange(self, at: sentAt).notify(notice)
        case .status(let status): try report(status)
        case .message, .echo, .history, .accountProblem, .ignored, .malformed: .ignored("not a change")
        }
    }

    private func once(_ event: ChannelEvent, _ body: () throws -> Result) throws -> Result {
        if let key = event.key {
            let isNew = try session.rawEvents.claimKey(key, inbox: inbox.id, workspace: workspace.id, at: now)
            guard isNew else { return .repeated }
        }
        return try body()
    }

    private func report(_ status: StatusUpdate) throws -> Result {
        if let reaction = status.callbackData.flatMap(ReactionReference.init) { return try report(status, of: reaction) }
        guard let attempt = try attempt(for: status) else {
            try session.rawEvents.park(status, inbox: inbox.id, workspace: workspace.id, at: now)
            return .projected
        }
        guard try !concernsCopiesOnly(status, attempt) else { return .ignored("a copy to somebody else did not arrive") }
        let book = AttemptBook(session: session, identifiers: context.identifiers, targets: context.answerTargets(of: workspace), now: now)
        try book.record(.reported(status.stage, providerID: status.providerID, status.failure), for: attempt)
        return .projected
    }

    /// Of a mail to several, the reply is what went to the contact.
    private func concernsCopiesOnly(_ status: StatusUpdate, _ attempt: Attempt) throws -> Bool {
        guard status.stage == .failed, let named = status.recipient?.identities, !named.contains(attempt.recipient.identity),
            let mail = try session.messages.message(attempt.message)?.content.mail
        else { return false }
        return named.allSatisfy(mail.cc.map(\.identity).contains)
    }

    private func report(_ status: StatusUpdate, of reaction: ReactionReference) throws -> Result {
        let message = try session.messages.message(reaction.message)
        let conversation = try message.flatMap { try session.conversations.conversation($0.conversation) }
        guard conversation?.inbox == inbox.id else { return .ignored("status of a reaction that is none of this inbox's") }
        _ = try ReactionBook(session: session, now: now).conclude(reaction, as: status.reactionState)
        return .projected
    }

    private func attempt(for status: StatusUpdate) throws -> Attempt? {
        if let attempt = try session.attempts.attempt(providerID: status.providerID, in: inbox.id) { return attempt }
        guard let data = status.callbackData, let attempt = try session.attempts.attempt(Attempt.ID(data)) else { return nil }
        return attempt.recipient.inbox == inbox.id ? attempt : nil
    }

    static func outcome(of results: [Result]) -> RawEventOutcome {
        let problems = results.compactMap { if case .quarantined(let reason) = $0 { reason } else { nil } }
        if !problems.isEmpty { return .quarantined(reason: problems.joined(separator: " · ")) }
        if results.contains(.projected) || results.contains(.repeated) { return .projected }
        let reasons = results.compactMap { if case .ignored(let reason) = $0 { reason } else { nil } }
        return .ignored(reason: reasons.isEmpty ? "empty" : reasons.joined(separator: " · "))
    }
}

extension StatusUpdate {
    fileprivate var reactionState: ReactionAttempt.State {
        guard stage == .failed else { return .accepted }
        return .failed(failure ?? DeliveryFailure(.transient, code: "unspecified", text: "The provider gave no reason."))
    }
}

extension ChannelEvent {
    fileprivate var isIgnored: Bool {
        if case .ignored = payload { true } else { false }
    }
}
