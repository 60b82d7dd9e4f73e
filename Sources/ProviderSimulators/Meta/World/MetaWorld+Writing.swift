package import DeskCore

/// What contacts, and the principal on their own phone, do in the simulated WhatsApp.
extension MetaWorld {
    /// A contact writes; several messages go to the webhook in one body.
    package mutating func write(
        _ messages: [ContactMessage], by contactID: String, at now: Instant
    ) throws(ControlError)
        -> [WrittenMessage]
    {
        var notices: [WebhookNotice] = []
        var written: [WrittenMessage] = []
        for message in messages {
            let contact = try contact(contactID)
            let filed = file(message.content, at: now)
            let messageID = identifiers.messageID(.incoming, correspondent: contact.phone ?? contact.businessScopedID)
            let timestamp = message.timestamp ?? now
            let item = head(messageID, timestamp, filed.content.type, from: contact)
                .merging(try body(of: filed, contact: contact)).merging(surroundings(of: message, by: contact))
            notices.append(.message(item, contact: filed.content.isSystem ? nil : contact.webhookItem))
            note(messageID, side: .contact, contactID: contactID)
            settle(filed.content, contactID: contactID, timestamp: timestamp)
            written.append(WrittenMessage(messageID: messageID, timestamp: timestamp, mediaID: filed.mediaID))
        }
        plan(notices, contactID: contactID, due: now)
        return written
    }

    /// The principal writes to a contact from their own phone: an echo. Opens no window.
    package mutating func echo(_ message: ContactMessage, to contactID: String, at now: Instant) throws(ControlError) -> WrittenMessage {
        let contact = try contact(contactID)
        let filed = file(message.content, at: now)
        guard !filed.content.isSystem else { throw ControlError("The principal can't write this kind of message.") }
        let messageID = identifiers.messageID(.outgoing, correspondent: contact.phone ?? contact.businessScopedID)
        let timestamp = message.timestamp ?? now
        let item = echoHead(messageID, timestamp, filed.content.type, to: contact)
            .merging(try body(of: filed, contact: contact)).merging(surroundings(of: message, by: nil))
        note(messageID, side: .principal, contactID: contactID)
        plan([.echo(item, contact: contact.webhookItem)], contactID: contactID, due: now)
        return WrittenMessage(messageID: messageID, timestamp: timestamp, mediaID: filed.mediaID)
    }

    /// Somebody puts an emoji on a message, or takes it off (nil).
    package mutating func react(
        to messageID: String, with emoji: String?, by side: ChatSide, contactID: String, at now: Instant
    ) throws(ControlError) -> WrittenMessage {
        let reaction = JSONValue.object(present: ["message_id": .string(messageID), "emoji": emoji.map(JSONValue.string)])
        if side == .contact { update(contactID) { $0.wrote(at: now) } }
        return try act("reaction", reaction, on: messageID, by: side, contactID: contactID, at: now)
    }

    /// Somebody changes the text of a message of theirs.
    package mutating func edit(
        _ messageID: String, to text: String, by side: ChatSide, contactID: String, at now: Instant
    ) throws(ControlError) -> WrittenMessage {
        let message: JSONValue = ["type": "text", "text": ["body": .string(text)]]
        let edit: JSONValue = ["original_message_id": .string(messageID), "message": message]
        return try act("edit", edit, on: messageID, by: side, contactID: contactID, at: now)
    }

    /// Somebody takes back a message of theirs.
    package mutating func revoke(
        _ messageID: String, by side: ChatSide, contactID: String, at now: Instant
    ) throws(ControlError) -> WrittenMessage {
        try act("revoke", ["original_message_id": .string(messageID)], on: messageID, by: side, contactID: contactID, at: now)
    }

    private mutating func act(
        _ type: String, _ content: JSONValue, on target: String, by side: ChatSide, contactID: String, at now: Instant
    ) throws(ControlError) -> WrittenMessage {
        let contact = try contact(contactID)
        guard messages[target] != nil else { throw .unknown("message", target) }
        let correspondent = contact.phone ?? contact.businessScopedID
        let messageID = identifiers.messageID(side == .contact ? .incoming : .outgoing, correspondent: correspondent)
        let body = JSONValue.object([type: content])
        switch side {
        case .contact:
            let item = head(messageID, now, type, from: contact).merging(body)
            plan([.message(item, contact: contact.webhookItem)], contactID: contactID, due: now)
        case .principal:
            let item = echoHead(messageID, now, type, to: contact).merging(body)
            plan([.echo(item, contact: contact.webhookItem)], contactID: contactID, due: now)
        }
        return WrittenMessage(messageID: messageID, timestamp: now, mediaID: nil)
    }

    // MARK: Words of the webhook

    private func head(_ id: String, _ timestamp: Instant, _ type: String, from contact: MetaContact) -> JSONValue {
        .object(present: [
            "id": .string(id), "timestamp": .string("\(timestamp.unixSeconds)"), "type": .string(type),
            "from": contact.visiblePhone.map(JSONValue.string), "from_user_id": contact.visibleUserID.map(JSONValue.string),
            "from_parent_user_id": contact.parentBusinessScopedID.map(JSONValue.string),
        ])
    }

    private func echoHead(_ id: String, _ timestamp: Instant, _ type: String, to contact: MetaContact) -> JSONValue {
        .object(present: [
            "id": .string(id), "timestamp": .string("\(timestamp.unixSeconds)"), "type": .string(type),
            "from": .string(account.displayPhoneNumber), "to": contact.visiblePhone.map(JSONValue.string),
            "to_user_id": contact.visibleUserID.map(JSONValue.string),
        ])
    }

    /// Context and referral. Whoever presses something presses it on a message of ours: the latest, if none is named.
    /// - Parameter contact: the author; nil for the principal.
    private mutating func surroundings(of message: ContactMessage, by contact: MetaContact?) -> JSONValue {
        var context: [String: JSONValue] = [:]
        let pressed = message.content.isPress ? contact.map { latestMessage(to: $0) } : nil
        if let pressed, message.context == nil {
            context = ["id": .string(pressed), "from": .string(account.displayPhoneNumber)]
        }
        if let quoted = message.context {
            let author = messages[quoted].flatMap { known in
                known.side == .principal ? account.displayPhoneNumber : self.contact(id: known.contactID)?.visiblePhone
            }
            context = ["id": .string(quoted)]
            if let author { context["from"] = .string(author) }
        }
        if message.isForwarded { context["forwarded"] = true }
        return .object(present: ["context": context.isEmpty ? nil : .object(context), "referral": message.referral])
    }

    private mutating func latestMessage(to contact: MetaContact) -> String {
        let latest = receipts.last { $0.contactID == contact.id && $0.outcome == .accepted }?.messageID
        return latest ?? identifiers.messageID(.outgoing, correspondent: contact.phone ?? contact.businessScopedID)
    }

    // MARK: What a message changes

    private mutating func note(_ messageID: String, side: ChatSide, contactID: String) {
        messages[messageID] = KnownMessage(contactID: contactID, side: side, receipt: nil)
    }

    private mutating func settle(_ content: ContactMessage.Content, contactID: String, timestamp: Instant) {
        update(contactID) { contact in
            switch content {
            case .numberChange(let newPhone): contact.phone = MetaWorld.digits(newPhone)
            case .userIDChange(let newID): contact.businessScopedID = newID
            default: contact.wrote(at: timestamp)
            }
        }
    }
}

extension MetaContact {
    mutating func wrote(at timestamp: Instant) {
        lastWroteAt = max(lastWroteAt ?? timestamp, timestamp)
    }

    /// The member of `contacts` in a webhook.
    var webhookItem: JSONValue {
        .object(present: [
            "profile": .object(present: ["name": .string(name), "username": username.map(JSONValue.string)]),
            "wa_id": visiblePhone.map(JSONValue.string), "user_id": visibleUserID.map(JSONValue.string),
            "parent_user_id": parentBusinessScopedID.map(JSONValue.string),
        ])
    }
}
