import DeskCore
import DeskServices
import DeskTesting

/// Calls that change something. Those that don't find what they need give nil, and another is drawn.
extension RandomDesk {
    typealias Draw = @Sendable (inout RandomDesk) -> Step?

    static let writes: [Draw] = [
        { $0.foundWorkspace() }, { $0.addUser() }, { $0.addMembership() }, { $0.addInbox() }, { $0.meetContact() }, { $0.meetContact() },
        { $0.changeContact() }, { $0.say() }, { $0.say() }, { $0.say() }, { $0.editMessage() }, { $0.assign() }, { $0.endObligation() },
        { $0.draft() }, { $0.attempt() }, { $0.moveAttempt() }, { $0.appendToLedger() }, { $0.appendEvent() }, { $0.pruneEvents() },
        { $0.keepRawEvent() }, { $0.concludePending() }, { $0.claimKey() }, { $0.park() }, { $0.takeParked() }, { $0.addFile() },
        { $0.prefer() }, { $0.signIn() },
        { $0.failToSignIn() }, { $0.invite() }, { $0.redeem() }, { $0.failHalfway() },
    ]

    private mutating func foundWorkspace() -> Step? {
        guard workspaces.count < 4 else { return nil }
        let workspace = build.workspace(text())
        let agreement = build.agreement(of: workspace)
        return Self.write("found a workspace") { session in
            try session.workspaces.insert(workspace)
            try session.workspaces.insert(agreement, at: workspace.createdAt)
            return true
        }.learning { $0.workspaces.append(workspace) }
    }

    private mutating func addUser() -> Step? {
        let user = build.user(text(), email: number(below: 4) == 0 ? "UNO@example.org" : nil)
        let now = instant()
        return Self.write("add a user") { try $0.people.insert(user, at: now) }.learning { $0.users.append(user) }
    }

    private mutating func addMembership() -> Step? {
        guard let workspace = one(of: workspaces), let user = one(of: users) else { return nil }
        var membership = Membership(workspace: workspace.id, user: user.id, role: .assistant)
        membership.signedAgreement = number(below: 2) == 0 ? nil : 1
        let (added, now) = (membership, instant())
        return Self.write("add a member") { try $0.people.insert(added, at: now) }
    }

    private mutating func addInbox() -> Step? {
        guard inboxes.count < 6, let workspace = one(of: workspaces) else { return nil }
        let inbox = build.inbox(in: workspace, name: text(), account: "\(inboxes.count)")
        let (key, value, now) = (text(), text(), instant())
        return Self.write("add an inbox") { session throws in
            try session.inboxes.insert(inbox, settings: [key: value], secrets: ["token": Secret(value)], at: now)
        }.learning { $0.inboxes.append(inbox) }
    }

    private mutating func meetContact() -> Step? {
        guard let inbox = one(of: inboxes), let workspace = workspaces.first(where: { $0.id == inbox.workspace }) else { return nil }
        // Sometimes one that somebody else has: a conflict.
        let identities = number(below: 5) == 0 ? [ProviderIdentity(.opaque, text())] : nil
        let contact = build.contact(in: workspace, name: number(below: 4) == 0 ? nil : text(), identities: identities)
        let conversation = build.conversation(with: contact, in: inbox)
        let now = instant()
        let learn: @Sendable (inout RandomDesk) -> Void = { desk in
            desk.contacts.append(contact)
            desk.inboxOfContact[contact.id] = inbox
            desk.conversations.append(conversation)
        }
        return Self.write("meet a contact") { session in
            try session.contacts.insert(contact, in: inbox.id, at: now)
            try session.conversations.insert(conversation)
            return true
        }.learning(learn)
    }

    private mutating func changeContact() -> Step? {
        guard var contact = one(of: contacts), let inbox = inboxOfContact[contact.id] else { return nil }
        contact.name = text()
        if number(below: 2) == 0 { contact.identities.insert(ProviderIdentity(.businessScoped, text()), at: 0) }
        let changed = contact
        return Self.write("change a contact") { try $0.contacts.update(changed, in: inbox.id) }.learning { $0.replace(changed) }
    }

    private mutating func replace(_ contact: Contact) {
        contacts = contacts.map { $0.id == contact.id ? contact : $0 }
    }

    private mutating func say() -> Step? {
        guard var conversation = one(of: conversations), let direction = one(of: [Message.Direction.inbound, .outbound, .echo, .note])
        else { return nil }
        let providerID = number(below: 3) == 0 ? "w\(number(below: 30))" : nil
        let message = build.message(direction, text(), in: &conversation, sentAt: instant(), providerID: providerID)
        let (after, build) = (conversation, build)
        let obligation = InboundMessage(message).map { build.obligation(for: $0, in: after.workspace) }
        let learn: @Sendable (inout RandomDesk) -> Void = { desk in
            desk.conversations = desk.conversations.map { $0.id == after.id ? after : $0 }
            desk.messages.append(message)
            if let obligation { desk.obligations.append(obligation) }
        }
        return Self.write("say something") { session in
            guard try session.messages.insert(message, workspace: after.workspace, inbox: after.inbox, replyKey: nil) else { return false }
            try session.conversations.update(after)
            if let obligation, try session.obligations.open(in: after.id) == nil {
                try session.obligations.insert(obligation, at: build.now)
            }
            return true
        }.learning(learn)
    }

    private mutating func editMessage() -> Step? {
        guard var message = one(of: messages) else { return nil }
        message.content.text = text()
        if number(below: 3) == 0 { message.deletedAt = instant() }
        if message.direction == .outbound { message.delivery = .unknown(reason: text()) }
        let edited = message
        let learn: @Sendable (inout RandomDesk) -> Void = { $0.messages = $0.messages.map { $0.id == edited.id ? edited : $0 } }
        return Self.write("edit a message") { try $0.messages.update(edited) }.learning(learn)
    }

    private mutating func assign() -> Step? {
        guard var conversation = one(of: conversations) else { return nil }
        conversation.assignee = number(below: 3) == 0 ? nil : one(of: users)?.id
        conversation.snoozedUntil = number(below: 3) == 0 ? instant() : nil
        let after = conversation
        let learn: @Sendable (inout RandomDesk) -> Void = { $0.conversations = $0.conversations.map { $0.id == after.id ? after : $0 } }
        return Self.write("assign") { try $0.conversations.update(after) }.learning(learn)
    }

    private mutating func endObligation() -> Step? {
        guard let conversation = one(of: conversations), let user = one(of: users) else { return nil }
        let (now, reason) = (instant(), text())
        return Self.write("end an obligation") { session in
            guard var obligation = try session.obligations.open(in: conversation.id) else { return false }
            let word = try NoAnswerNeeded(member: user.id, reason: reason, at: now)
            _ = obligation.handle(.noAnswerNeeded(word, seenThrough: conversation.lastPosition), answerTarget: .minutes(60))
            try session.obligations.update(obligation, at: now)
            return obligation
        }
    }

    private mutating func draft() -> Step? {
        guard let conversation = one(of: conversations), let user = one(of: users) else { return nil }
        let (words, now) = (number(below: 4) == 0 ? nil : text(), instant())
        return Self.write("write a draft") { try $0.conversations.setDraft(words, of: conversation.id, by: user.id, at: now) }
    }

    /// Stops after having written: nothing of it may be there.
    private mutating func failHalfway() -> Step? {
        guard let workspace = one(of: workspaces) else { return nil }
        let (now, user) = (instant(), build.user("Nadie"))
        return Self.write("fail halfway") { (session) -> Bool in
            try session.people.insert(user, at: now)
            try session.ledger.append(LedgerFact(.messageReceived, "never"), in: workspace.id, at: now)
            throw DeskError.nothingThere
        }
    }
}
