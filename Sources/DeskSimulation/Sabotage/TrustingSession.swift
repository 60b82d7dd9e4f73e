import DeskCore
import DeskServices

/// A store that makes every attempt's recipient look intact, which is what not comparing the digest comes to.
struct TrustingSession: WrappingSession {
    let session: any StorageSession
    var attempts: any AttemptRepository { TrustingAttempts(attempts: session.attempts) }
}

private struct TrustingAttempts: AttemptRepository {
    let attempts: any AttemptRepository

    func insert(_ attempt: Attempt, at instant: Instant) throws { try attempts.insert(attempt, at: instant) }
    func update(_ attempt: Attempt, at instant: Instant) throws { try attempts.update(attempt, at: instant) }
    func attempt(_ id: Attempt.ID) throws -> Attempt? { try attempts.attempt(id)?.trusted }
    func attempt(of message: Message.ID) throws -> Attempt? { try attempts.attempt(of: message)?.trusted }
    func attempt(providerID: String, in inbox: Inbox.ID) throws -> Attempt? {
        try attempts.attempt(providerID: providerID, in: inbox)?.trusted
    }
    func due(at now: Instant, limit: Int, except busy: Set<Inbox.ID>) throws -> [Attempt] {
        try attempts.due(at: now, limit: limit, except: busy).map(\.trusted)
    }
    func nextDueAt(except busy: Set<Inbox.ID>) throws -> Instant? { try attempts.nextDueAt(except: busy) }
    func restartWaits(at now: Instant) throws { try attempts.restartWaits(at: now) }
    func sending() throws -> [Attempt] { try attempts.sending().map(\.trusted) }
    func inFlight() throws -> [Attempt] { try attempts.inFlight().map(\.trusted) }
    func counts() throws -> [String: Int] { try attempts.counts() }
    func undecidedCount(in workspace: Workspace.ID) throws -> Int { try attempts.undecidedCount(in: workspace) }
    func undecided(scope: Scope, limit: Int) throws -> [Attempt] { try attempts.undecided(scope: scope, limit: limit).map(\.trusted) }
}

extension Attempt {
    /// Frozen anew, as it is now.
    fileprivate var trusted: Attempt {
        Attempt(
            id: id, workspace: workspace, message: message, conversation: conversation, obligation: obligation,
            recipient: FrozenRecipient(inbox: recipient.inbox, conversation: recipient.conversation, identity: recipient.identity),
            seenThrough: seenThrough, state: state, dueAt: dueAt, calls: calls, providerID: providerID)
    }
}
