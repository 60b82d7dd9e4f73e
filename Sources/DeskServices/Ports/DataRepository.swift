package import DeskCore

/// What the laws on personal data ask of whoever keeps it: giving it out, erasing it, and not keeping it for ever.
package protocol DataRepository {
    /// Contacts of a workspace, by id.
    /// - Parameter id: the last of the stretch before; nil for the first.
    func contacts(in workspace: Workspace.ID, after id: Contact.ID?, limit: Int) throws -> [ContactPlace]
    func contact(_ id: Contact.ID) throws -> ContactPlace?
    /// Contacts whose last word, and everybody's to them, is older than an instant, to whom nothing is owed, and for whom nothing is on
    /// its way.
    func idle(in workspace: Workspace.ID, since instant: Instant, limit: Int) throws -> [ContactPlace]
    /// Removes a contact with everything that was said, and destroys the keys that it was sealed with. The ledger stays as it is.
    func erase(_ place: ContactPlace) throws
    /// Raw events of an inbox that are understood, oldest first, for those who look for a contact in them.
    func understoodEvents(of inbox: Inbox.ID, after id: RawEvent.ID?, limit: Int) throws -> [RawEvent]
    func removeEvents(_ ids: [RawEvent.ID], in workspace: Workspace.ID, at instant: Instant) throws
    /// Removes what was understood and received before an instant.
    /// - Returns: how many there were, of at most `limit`.
    func removeEvents(in workspace: Workspace.ID, before instant: Instant, limit: Int, at now: Instant) throws -> Int
    /// When raw events of a workspace were removed last; nil when they are all there.
    func eventsRemovedAt(in workspace: Workspace.ID) throws -> Instant?
    func retention(of workspace: Workspace.ID) throws -> Retention
    func setRetention(_ retention: Retention, of workspace: Workspace.ID) throws
}

/// A contact, and where they are talked to.
package struct ContactPlace: Hashable, Sendable {
    package let contact: Contact
    package let inbox: Inbox.ID
    /// Empty for somebody with whom nothing was ever said.
    package let conversations: [Conversation.ID]

    package init(contact: Contact, inbox: Inbox.ID, conversations: [Conversation.ID]) {
        self.contact = contact
        self.inbox = inbox
        self.conversations = conversations
    }
}
