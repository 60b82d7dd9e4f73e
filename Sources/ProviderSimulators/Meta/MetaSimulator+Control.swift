import DeskCore

/// What the control API offers, and Swift callers use directly.
extension MetaSimulator {
    // MARK: Contacts

    package func addContact(_ contact: NewContact) throws(ControlError) -> MetaContact {
        try change { (world, _) throws(ControlError) in try world.addContact(contact) }
    }

    package func contacts() -> [MetaContact] { world.everyContact }

    package func contact(_ id: String) throws(ControlError) -> MetaContact { try world.contact(id) }

    /// A contact writes one message.
    package func write(_ message: ContactMessage, by contactID: String) throws(ControlError) -> WrittenMessage {
        guard let written = try write([message], by: contactID).first else { throw ControlError("Nothing was written.") }
        return written
    }

    /// A contact writes several messages, told to the webhook in one body.
    package func write(_ messages: [ContactMessage], by contactID: String) throws(ControlError) -> [WrittenMessage] {
        try change { (world, now) throws(ControlError) in try world.write(messages, by: contactID, at: now) }
    }

    package func echo(_ message: ContactMessage, to contactID: String) throws(ControlError) -> WrittenMessage {
        try change { (world, now) throws(ControlError) in try world.echo(message, to: contactID, at: now) }
    }

    /// - Parameter emoji: nil takes it off.
    package func react(
        to messageID: String, with emoji: String?, by side: ChatSide = .contact, contactID: String
    ) throws(ControlError)
        -> WrittenMessage
    {
        try change { (world, now) throws(ControlError) in
            try world.react(to: messageID, with: emoji, by: side, contactID: contactID, at: now)
        }
    }

    package func edit(
        _ messageID: String, to text: String, by side: ChatSide = .contact, contactID: String
    ) throws(ControlError)
        -> WrittenMessage
    {
        try change { (world, now) throws(ControlError) in
            try world.edit(messageID, to: text, by: side, contactID: contactID, at: now)
        }
    }

    package func revoke(_ messageID: String, by side: ChatSide = .contact, contactID: String) throws(ControlError) -> WrittenMessage {
        try change { (world, now) throws(ControlError) in
            try world.revoke(messageID, by: side, contactID: contactID, at: now)
        }
    }

    /// The contact opens the chat.
    /// - Returns: what is reported as read.
    package func read(by contactID: String) throws(ControlError) -> [String] {
        try change { (world, now) throws(ControlError) in try world.read(by: contactID, at: now) }
    }

    /// Reports a status now.
    package func setStatus(_ status: String, of messageID: String, errorCode: Int? = nil) throws(ControlError) {
        try change { (world, now) throws(ControlError) in
            try world.setStatus(status, of: messageID, errorCode: errorCode, at: now)
        }
    }

    // MARK: Faults and behaviour

    package func inject(_ fault: Fault) -> Fault { world.add(fault) }

    package func pendingFaults() -> [Fault] { world.pendingFaults }

    package func clearFaults() { world.clearFaults() }

    package func behaviour() -> MetaBehaviour { world.behaviour }

    package func adopt(_ behaviour: MetaBehaviour) { world.adopt(behaviour) }
}
