import DeskCore
import DeskServices
import DeskTesting

/// Calls that record: deliveries, the ledger, events, what providers sent, and who came in.
extension RandomDesk {
    mutating func attempt() -> Step? {
        let outbound = messages.filter { $0.direction == .outbound }
        guard let message = one(of: outbound), let conversation = conversation(of: message),
            let contact = contacts.first(where: { $0.id == conversation.contact })
        else { return nil }
        let attempt = build.attempt(of: message, to: contact, in: conversation, dueAt: instant())
        let now = instant()
        return Self.write("prepare an attempt") { try $0.attempts.insert(attempt, at: now) }.learning { $0.attempts.append(attempt) }
    }

    mutating func moveAttempt() -> Step? {
        guard var attempt = one(of: attempts) else { return nil }
        let failure = DeliveryFailure(.content, code: "1", text: text())
        let events: [Attempt.Event] = [
            .claimed, .called(.accepted(providerID: "w\(number(below: 30))")), .called(.unknown(reason: text())),
            .called(.rejected(failure)),
        ]
        guard let event = one(of: events), (try? attempt.handle(event, at: instant())) != nil else { return nil }
        let (moved, now) = (attempt, instant())
        let learn: @Sendable (inout RandomDesk) -> Void = { $0.attempts = $0.attempts.map { $0.id == moved.id ? moved : $0 } }
        return Self.write("move an attempt") { session in
            try session.attempts.update(moved, at: now)
            return try session.attempts.due(at: now, limit: 5)
        }.learning(learn)
    }

    mutating func appendToLedger() -> Step? {
        guard let workspace = one(of: workspaces), let kind = one(of: Array(LedgerEntry.Kind.allCases)) else { return nil }
        let fact = LedgerFact(kind, text(), number(below: 2) == 0 ? [:] : [text(): text(), "b": text()])
        let now = instant()
        return Self.write("append to the ledger") { try $0.ledger.append(fact, in: workspace.id, at: now) }
    }

    mutating func appendEvent() -> Step? {
        guard let conversation = one(of: conversations) else { return nil }
        let event = DeskEvent(
            workspace: conversation.workspace, kind: .conversationChanged, conversation: conversation.id, at: instant())
        return Self.write("append an event") { try $0.events.append(event) }
    }

    mutating func pruneEvents() -> Step? {
        guard number(below: 4) == 0 else { return nil }
        let now = instant()
        return Self.write("prune events") { try $0.events.prune(before: now) }
    }

    mutating func keepRawEvent() -> Step? {
        guard let inbox = one(of: inboxes) else { return nil }
        let outcomes = [RawEventOutcome.pending, .projected, .ignored(reason: text()), .quarantined(reason: text())]
        let event = RawEvent(
            id: build.id(), workspace: inbox.workspace, inbox: inbox.id, receivedAt: instant(),
            body: (0..<number(below: 40)).map { _ in UInt8.random(in: .min ... .max, using: &chance) }, outcome: outcomes[number(below: 4)])
        return Self.write("keep a raw event") { try $0.rawEvents.insert(event) }
    }

    mutating func concludePending() -> Step? {
        let (count, reason) = (number(below: 4) + 1, text())
        return Self.write("conclude what is pending") { session in
            let waiting = try session.rawEvents.pending(limit: 3)
            try session.rawEvents.countStart(ofOldest: count)
            if var oldest = waiting.first?.raw {
                oldest.outcome = .ignored(reason: reason)
                try session.rawEvents.conclude(oldest)
            }
            return waiting.map { "\($0)" } + ["\(try session.rawEvents.backlog())"]
        }
    }

    mutating func claimKey() -> Step? {
        guard let inbox = one(of: inboxes) else { return nil }
        let (key, now) = (text(), instant())
        return Self.write("claim a key") { try $0.rawEvents.claimKey(key, inbox: inbox.id, workspace: inbox.workspace, at: now) }
    }

    mutating func park() -> Step? {
        guard let inbox = one(of: inboxes) else { return nil }
        let status = StatusUpdate(providerID: "w\(number(below: 5))", stage: .delivered, callbackData: text())
        let now = instant()
        return Self.write("park a status") { try $0.rawEvents.park(status, inbox: inbox.id, workspace: inbox.workspace, at: now) }
    }

    mutating func takeParked() -> Step? {
        guard let inbox = one(of: inboxes) else { return nil }
        let id = "w\(number(below: 5))"
        return Self.write("take parked statuses") { try $0.rawEvents.takeParked(providerID: id, inbox: inbox.id) }
    }

    mutating func addFile() -> Step? {
        guard let message = one(of: messages), let conversation = conversation(of: message) else { return nil }
        let job = MediaJob(
            message: message.id, attachmentIndex: number(below: 2), inbox: conversation.inbox,
            attachment: Attachment(kind: .image, providerMediaID: text(), mediaType: "image/jpeg"), tries: 0, dueAt: instant())
        let (isDone, now) = (number(below: 3) == 0, instant())
        return Self.write("fetch a file") { session in
            if isDone { try session.media.remove(message: job.message, attachmentIndex: job.attachmentIndex) }
            if !isDone { try session.media.insert(job, workspace: conversation.workspace) }
            return try session.media.due(at: now, limit: 200).map(\.message.text).sorted()
        }
    }

    mutating func prefer() -> Step? {
        guard let user = one(of: users) else { return nil }
        let choices = [text(): text()]
        return Self.write("prefer") { try $0.people.setPreferences(choices, of: user.id) }
    }

    mutating func signIn() -> Step? {
        guard let user = one(of: users) else { return nil }
        let token = "t\(number(below: 20))"
        let session = SignInSession(
            tokenDigest: token, user: user.id, csrfToken: text(), device: text(), place: text(), createdAt: instant(),
            lastSeenAt: instant(),
            expiresAt: instant(), confirmedAt: instant(), awaitsCode: number(below: 2) == 1)
        return Self.write("sign in") { try $0.credentials.insert(session) }.learning { $0.tokens.append(token) }
    }

    mutating func failToSignIn() -> Step? {
        let (key, now) = (text(), instant())
        return Self.write("fail to sign in") { session in
            try session.credentials.recordFailure(of: key, at: now)
            return try session.credentials.failures(of: key, since: now - .seconds(5))
        }
    }

    mutating func invite() -> Step? {
        guard let workspace = one(of: workspaces) else { return nil }
        let token = "t\(number(below: 20))"
        let invitation = Invitation(
            tokenDigest: token, workspace: workspace.id, email: text(), role: .sales, createdAt: instant(), expiresAt: instant())
        return Self.write("invite") { try $0.credentials.insert(invitation) }.learning { $0.tokens.append(token) }
    }

    mutating func redeem() -> Step? {
        guard let token = one(of: tokens) else { return nil }
        let now = instant()
        return Self.write("redeem an invitation") { try $0.credentials.redeemInvitation(tokenDigest: token, at: now) }
    }
}
