import DeskCore
import DeskServices
import Synchronization

/// A store that makes every attempt's recipient look intact, and theirs whose conversation it is: what comes of it when neither the digest
/// nor the contact is compared.
struct TrustingSession: WrappingSession {
    let session: any StorageSession
    private let last = LastRecipient()

    init(session: any StorageSession) { self.session = session }

    var attempts: any AttemptRepository { TrustingAttempts(attempts: session.attempts, last: last) }
    var contacts: any ContactRepository { TrustingContacts(contacts: session.contacts, last: last) }
}

/// To whom the reply goes that was looked at last.
private final class LastRecipient: Sendable {
    let identity = Mutex<ProviderIdentity?>(nil)
}

private struct TrustingContacts: ContactRepository {
    let contacts: any ContactRepository
    let last: LastRecipient

    func contact(in inbox: Inbox.ID, anyOf identities: [ProviderIdentity]) throws -> Contact? {
        try contacts.contact(in: inbox, anyOf: identities)
    }

    func contact(_ id: Contact.ID) throws -> Contact? {
        guard var contact = try contacts.contact(id) else { return nil }
        if let identity = last.identity.withLock({ $0 }) { contact.identities.insert(identity, at: 0) }
        return contact
    }

    func insert(_ contact: Contact, in inbox: Inbox.ID, at instant: Instant) throws { try contacts.insert(contact, in: inbox, at: instant) }
    func update(_ contact: Contact, in inbox: Inbox.ID) throws { try contacts.update(contact, in: inbox) }
}

private struct TrustingAttempts: AttemptRepository {
    let attempts: any AttemptRepository
    let last: LastRecipient

    func insert(_ attempt: Attempt, at instant: Instant) throws { try attempts.insert(attempt, at: instant) }
    func update(_ attempt: Attempt, at instant: Instant) throws { try attempts.update(attempt, at: instant) }
    func attempt(_ id: Attempt.ID) throws -> Attempt? {
        let attempt = try attempts.attempt(id)?.trusted
        last.identity.withLock { $0 = attempt?.recipient.identity }
        return attempt
    }
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
